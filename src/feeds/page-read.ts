// One page to its article: what the page says of itself for title, author and date; for the text, the part of
// the page that holds most of its prose, and Readability where that finds nothing.
import type { ExtractedPage } from '../domain.js';
import { withoutAsides } from './page-asides.js';
import { findBody, findStandfirst } from './page-body.js';
import { type Box, readBoxes } from './page-boxes.js';
import { removeFurniture } from './page-furniture.js';
import { readHead } from './page-head.js';
import { readMetadata } from './page-metadata.js';
import { readableHtml } from './page-readability.js';
import { linesOf } from './page-text.js';
import { weigh } from './page-weight.js';

/** Characters under which a text is a teaser, a cookie wall or an error page rather than an article. */
const SHORTEST_TEXT = 140;

/** `text` is '' when the page holds no article. */
export function readPage(html: string, url: string): ExtractedPage {
  const page = readBoxes(html);
  const metadata = readMetadata(readHead(html), page, url);
  const own = articleOf(page, metadata.title);
  const text = own.length >= SHORTEST_TEXT ? own : articleOf(readBoxes(readableHtml(html)), metadata.title);
  return { ...metadata, text: text.length >= SHORTEST_TEXT ? text : '' };
}

/** Takes the furniture out of `page`. */
function articleOf(page: Box, title: string): string {
  removeFurniture(page);
  const weights = weigh(page);
  const body = findBody(page, weights);
  const lines = withoutAsides([...findStandfirst(page, body, weights), ...linesOf(body, weights)]);
  return lines.filter((line, i) => i > 2 || line.toLowerCase() !== title.toLowerCase()).join('\n');
}
