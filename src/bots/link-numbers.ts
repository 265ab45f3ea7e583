// The numbers of an answer's text become links to the articles; all else is escaped by the platform's own rule.
import type { Citation } from '../domain.js';
import { linkTarget } from './untrusted-text.js';

export type Citations = ReadonlyMap<number, Citation>;

const MARKER = /\[(\d{1,3})\]/g;

/** Numbers that no citation is known for are text as all other. `link` gets an address that is safe in a link. */
export function linkNumbers(
  text: string,
  citations: Citations,
  { escaped, link }: { escaped: (text: string) => string; link: (n: number, url: string) => string },
): string {
  let rendered = '';
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    const n = Number(match[1]);
    const url = linkTarget(citations.get(n)?.url ?? '');
    if (url) {
      rendered += escaped(text.slice(from, match.index)) + link(n, url);
      from = match.index + match[0].length;
    }
  }
  return rendered + escaped(text.slice(from));
}

/** How much of the end may be the beginning of a number that is still being written: "[", "[1". */
export function unfinishedNumber(text: string): number {
  return /\[\d{0,3}$/.exec(text)?.[0].length ?? 0;
}
