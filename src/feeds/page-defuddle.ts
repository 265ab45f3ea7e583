// Defuddle over linkedom: the last opinion, for pages in which neither we nor Readability find an article. It is
// fifteen times as dear as our own reading, and without network: `useAsync: false`.
import defuddle from 'defuddle';
import { parseHTML } from 'linkedom';

// The package's types speak of an ES module; it is a CommonJS class.
const Defuddle = defuddle as unknown as typeof defuddle.default;

/** Characters from which it is not asked: it can need minutes for a page that is made for that. */
const LONGEST_PAGE = 1_000_000;

/** HTML of the article as Defuddle sees it; '' when it sees none or the page is too broken for it. */
export function defuddledHtml(html: string, url: string): string {
  if (html.length > LONGEST_PAGE) {
    return '';
  }
  const { document } = parseHTML(/<body/i.test(html) ? html : `<html><body>${html}</body></html>`);
  // It reads the page's data, too, which we have done.
  for (const script of document.querySelectorAll('script')) {
    script.remove();
  }
  // It tells the console of whatever it cannot parse; what a page may write there is not for our log.
  const { error, warn } = console;
  console.error = () => {};
  console.warn = () => {};
  try {
    const options = { url: url || 'https://unknown.invalid/', useAsync: false };
    return new Defuddle(document as unknown as Document, options).parse().content;
  } catch {
    // It trips over elements at odd places; it was only asked for another opinion.
    return '';
  } finally {
    console.error = error;
    console.warn = warn;
  }
}
