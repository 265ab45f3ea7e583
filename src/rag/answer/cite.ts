// Numbers sources in the order of their first use, each article once, and keeps the words of each that the
// answer rests on.
import type { Citation, Passage } from '../../domain.js';

export interface Citer {
  /** The marker of the passage's article, "[1]", and the citation when it is used for the first time. */
  cite(passage: Passage, quote: string): { marker: string; added?: Citation };
  /** In the order of their numbers. */
  citations(): Citation[];
}

export function createCiter(): Citer {
  const citations: Citation[] = [];
  return {
    cite(passage, quote) {
      const known = citations.find(({ quote: words, url }) =>
        passage.url ? url === passage.url : words === quote,
      );
      if (known) {
        known.quote = known.quote.includes(quote) ? known.quote : `${known.quote} … ${quote}`;
        return { marker: `[${known.n}]` };
      }
      const { publishedAt, publisher, title, url } = passage;
      const added = { n: citations.length + 1, url, title, publisher, publishedAt, quote };
      citations.push(added);
      return { marker: `[${added.n}]`, added: { ...added } };
    },
    citations: () => citations,
  };
}
