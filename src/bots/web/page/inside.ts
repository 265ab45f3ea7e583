// A look inside an answer: what was found with its scores, what was left out, and where the time went.
import type { InsideView } from '../views.js';
import { counted, el, outward } from './dom.js';
import { duration, stepsPlot } from './plots.js';

export function insideView(view: InsideView): HTMLElement[] {
  const { answer, dropped, generator, passages, question, steps, thread, warnings } = view;
  const rows = passages.map(({ about, cited, href, score, text, title }) =>
    el(
      'li',
      { class: 'card passage' },
      el(
        'h3',
        {},
        outward(href, title),
        cited.length > 0 && el('span', { class: 'n' }, ` ${cited.map((n) => `[${n}]`).join('')}`),
      ),
      el('p', { class: 'quiet' }, about),
      el(
        'p',
        { class: 'score' },
        el('meter', { min: 0, max: 1, value: score.toFixed(3), 'aria-label': 'Score' }),
        ` ${score.toFixed(3)}`,
      ),
      el(
        'details',
        {},
        el('summary', {}, 'The passage'),
        el('p', {}, text ?? 'The article has changed or gone since.'),
      ),
    ),
  );
  return [
    el('p', {}, el('a', { href: `/t/${thread}` }, 'Back to the thread')),
    el(
      'article',
      { class: 'card' },
      el('h2', {}, question),
      el('p', { class: 'text' }, answer),
      el('p', { class: 'facts' }, writerOf(generator)),
    ),
    el('h2', {}, 'What was left out'),
    el(
      'p',
      {},
      dropped === 0
        ? 'Nothing: each sentence that was written stands in a source.'
        : `${counted(dropped, 'sentence', 'sentences')}: no source bears ${dropped === 1 ? 'it' : 'them'} out.`,
    ),
    ...warnings.map((warning) => el('p', { class: 'warning' }, warning)),
    el('h2', {}, `Where the time went: ${duration(steps.at(-1)?.atMs ?? 0)}`),
    stepsPlot(steps),
    el('h2', {}, `${counted(passages.length, 'passage', 'passages')}, the best first`),
    el('ol', { class: 'cards' }, ...rows),
  ];
}

/** '' = nobody wrote: it was asked back or declined. */
function writerOf(generator: string): string {
  return generator === 'extractive' ? 'Quoted from the sources.' : generator && `Written by ${generator}.`;
}
