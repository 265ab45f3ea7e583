// Numbered sources: each opens to the words that the answer rests on, and links the article.
import type { Piece, SourceView } from '../views.js';
import { el, outward } from './dom.js';

export function sourceList(owner: string, title: string, sources: SourceView[]): HTMLElement {
  const items = sources.map(({ about, href, n, quote, title: headline }) =>
    el(
      'li',
      {},
      el(
        'details',
        { id: sourceId(owner, n) },
        el(
          'summary',
          {},
          el('span', { class: 'n' }, `[${n}]`),
          el('span', {}, headline, ' ', el('small', {}, about)),
        ),
        quote !== '' && el('blockquote', {}, quote),
        el('p', {}, outward(href, 'Read the article')),
      ),
    ),
  );
  return el('section', { class: 'sources' }, el('h3', {}, title), el('ol', {}, ...items));
}

/** Text with its numbers as links to the sources of `owner`. */
export function textOf(owner: string, pieces: Piece[]): Node[] {
  return pieces.map(({ n, text }) =>
    n === undefined
      ? document.createTextNode(text)
      : el(
          'a',
          { class: 'n', href: `#${sourceId(owner, n)}`, 'aria-label': `Source ${n}`, click: openSource },
          text,
        ),
  );
}

const sourceId = (owner: string, n: number) => `source-${owner}-${n}`;

function openSource(event: Event): void {
  const link = event.currentTarget as HTMLAnchorElement;
  const details = document.getElementById(link.hash.slice(1));
  if (details instanceof HTMLDetailsElement) {
    event.preventDefault();
    details.open = true;
    const summary = details.querySelector('summary');
    summary?.scrollIntoView({ block: 'nearest' });
    summary?.focus({ preventScroll: true });
  }
}
