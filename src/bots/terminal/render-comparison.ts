// The same question without and with the articles: two columns where a terminal is wide enough, else one below
// the other.
import type { Answer } from '../../domain.js';
import { factsOf } from '../sources.js';
import { sourceLines } from './render-answer.js';
import { plain, type Style } from './style.js';

const NARROWEST = 80;
const GAP = ' │ ';

export function renderComparison(without: Answer, withArticles: Answer, style: Style, now: Date): string {
  const blocks = [
    { title: 'Without the articles', answer: without },
    { title: 'With the articles', answer: withArticles },
  ].map(({ answer, title }) => ({ title, text: plain(answer.text), facts: factsOf(answer, now) }));
  const sources = sourceLines(withArticles, style, now);
  const tail = sources.length > 0 ? `\n${sources.join('\n')}\n` : '';
  if (!style.isRich || style.width < NARROWEST) {
    const parts = blocks.map(
      ({ facts, text, title }) => `${style.paint('bold', title)}\n${text}\n${facts}\n`,
    );
    return `${parts.join('\n')}${tail}`;
  }
  const width = Math.floor((style.width - GAP.length) / 2);
  const [left = [], right = []] = blocks.map(({ facts, text, title }) => [
    title,
    ...wrap(text, width),
    '',
    ...wrap(facts, width),
  ]);
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const row = `${(left[i] ?? '').padEnd(width)}${GAP}${right[i] ?? ''}`;
    return i === 0 ? style.paint('bold', row) : row;
  });
  return `${rows.join('\n')}\n${tail}`;
}

/** Lines of at most `width` characters, cut between words; a longer word stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    }
  }
  return lines;
}
