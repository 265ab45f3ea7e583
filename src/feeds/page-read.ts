// One page to its article: what the page says of itself (structured data, meta tags) for title, author and
// date, and Readability over linkedom for the text.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { ExtractedPage } from '../domain.js';
import { tidy } from './html-text.js';
import { readMetadata } from './page-metadata.js';
import { blockText } from './page-text.js';

/** Characters under which a text is a teaser, a cookie wall or an error page rather than an article. */
const SHORTEST_TEXT = 140;
const HIDDEN =
  'script,style,noscript,template,iframe,[hidden],[aria-hidden="true"],[style*="display:none" i],[style*="display: none" i],[style*="visibility:hidden" i],[style*="visibility: hidden" i]';

export function readPage(html: string, url: string): ExtractedPage {
  const { document } = parseHTML(html);
  const metadata = readMetadata(document as unknown as Document, url);
  for (const element of document.querySelectorAll(HIDDEN)) {
    element.remove();
  }
  const article = new Readability(document as unknown as Document, { charThreshold: 200 }).parse();
  const text = article?.content ? blockText(article.content) : '';
  return {
    ...metadata,
    title: metadata.title || tidy(article?.title ?? ''),
    text: text.length >= SHORTEST_TEXT ? withoutTitle(text, metadata.title) : '',
  };
}

/** The headline often stands first in the text, too. */
function withoutTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n');
  return title && tidy(first).toLowerCase() === title.toLowerCase() ? rest.join('\n') : text;
}
