// Which address of a page is the article's: the one that the page calls its own (rel=canonical), so that its AMP
// form, its mobile form and a link through a counting service are one article. Publishers get this wrong, too:
// every page of a site that calls itself the front page must not become one article.
import { canonicalUrl } from './identify.js';

/** Host names under which one site serves the same page in other forms. */
const FORM = /^(www\d?|m|mobile|amp)\./;

/** The identity of the page read from `url`, which claims `claimed` to be its address. */
export function ownAddress(claimed: string | undefined, url: string): string {
  const read = canonicalUrl(url) ?? url;
  const own = canonicalUrl(claimed ?? '');
  return own && isPlausible(new URL(own), new URL(read)) ? own : read;
}

/** Whether `own` can be another address of the page at `read`: on its site, and neither above it nor less of it. */
function isPlausible(own: URL, read: URL): boolean {
  const siteOf = ({ hostname }: URL) => hostname.replace(FORM, '');
  if (siteOf(own) !== siteOf(read) || own.port !== read.port) {
    return false;
  }
  if (own.pathname === read.pathname) {
    return own.search !== '' || read.search === '';
  }
  return own.pathname !== '/' && !read.pathname.startsWith(`${own.pathname}/`);
}
