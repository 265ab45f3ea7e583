// Readability over linkedom: the second opinion, ten times as dear as ours.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** HTML of the article as Readability sees it; '' for none. */
export function readableHtml(html: string): string {
  const { document } = parseHTML(html);
  return new Readability(document as unknown as Document).parse()?.content ?? '';
}
