// An answer's text as Discord's markdown: escaped, its numbers linked to the articles.
import { type Citations, linkNumbers } from '../link-numbers.js';
import { escapeMarkdown } from './escape.js';

export function renderMarkdown(text: string, citations: Citations): string {
  return linkNumbers(text, citations, { escaped: escapeMarkdown, link: numberLink });
}

/** "[1]" that leads to `url`, which comes from `linkTarget`. */
export const numberLink = (n: number, url: string): string => `[[${n}]](<${url}>)`;
