// An answer's text as Discord's markdown: escaped, its numbers linked to the articles.
import type { Citation } from '../../domain.js';
import { escapeMarkdown, linkTarget } from './escape.js';

export type Citations = ReadonlyMap<number, Citation>;

const MARKER = /\[(\d{1,3})\]/g;

/** Numbers that no citation is known for stay as they are. */
export function renderMarkdown(text: string, citations: Citations): string {
  let rendered = '';
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    const n = Number(match[1]);
    const url = linkTarget(citations.get(n)?.url ?? '');
    if (url) {
      rendered += escapeMarkdown(text.slice(from, match.index)) + numberLink(n, url);
      from = match.index + match[0].length;
    }
  }
  return rendered + escapeMarkdown(text.slice(from));
}

/** "[1]" that leads to `url`, which comes from `linkTarget`. */
export const numberLink = (n: number, url: string): string => `[[${n}]](<${url}>)`;

/** The text without the beginning of a number that is still being written: "[", "[1". */
export function withoutUnfinished(text: string): string {
  return text.replace(/\[\d{0,3}$/, '');
}
