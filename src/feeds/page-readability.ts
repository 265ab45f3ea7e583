// Readability over linkedom: the second opinion for pages in which we find no article, ten times as dear.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** HTML of the article as Readability sees it; '' when it sees none or the page is too broken for it. */
export function readableHtml(html: string): string {
  const { document } = parseHTML(/<body/i.test(html) ? html : `<html><body>${html}</body></html>`);
  try {
    return new Readability(document as unknown as Document).parse()?.content ?? '';
  } catch {
    // It trips over elements at odd places; it was only asked for a second opinion.
    return '';
  }
}
