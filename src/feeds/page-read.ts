// One page to its article: what the page says of itself for title, author and date; for the text, the part of
// the page that holds most of its prose; where that finds nothing, Readability, the text that the page carries for
// programs, and Defuddle, in this order.
import type { ExtractedPage } from '../domain.js';
import { mendMojibake } from './mojibake.js';
import { withoutAsides } from './page-asides.js';
import { findBody, findStandfirst } from './page-body.js';
import { type Box, isBox, readBoxes } from './page-boxes.js';
import { defuddledHtml } from './page-defuddle.js';
import { removeFurniture } from './page-furniture.js';
import { readHead } from './page-head.js';
import { readStructuredData } from './page-json-ld.js';
import { languageOf } from './page-language.js';
import { readMetadata } from './page-metadata.js';
import { readableHtml } from './page-readability.js';
import { linesOf } from './page-text.js';
import { isWall } from './page-wall.js';
import { weigh } from './page-weight.js';

/** Characters under which a text is a teaser or an error page rather than an article. */
const SHORTEST_TEXT = 140;

/**
 * `source` has passed `checkPage`. `text` is '' when the page holds no article: a list of links, an error, a wall
 * that asks for consent, payment or JavaScript.
 */
export function readPage(source: string, url: string): ExtractedPage {
  const html = mendMojibake(source);
  const page = readBoxes(html);
  const head = readHead(html);
  const data = readStructuredData(head.jsonLd);
  const metadata = readMetadata(head, data, page, url);
  const visible = weigh(page).get(page);
  const hasText = (visible?.characters ?? 0) - (visible?.linked ?? 0) >= SHORTEST_TEXT;
  const isShut = isWall(visibleText(page), data.isFree);
  const own = articleOf(page, metadata.title);
  const read = (articleHtml: string) => articleOf(readBoxes(articleHtml), metadata.title);
  const others = [
    () => (hasText ? read(readableHtml(html)) : ''),
    () => (data.isFree ? (data.text ?? '') : ''),
    // It also sees what is hidden until a script shows it; Readability does not, and would look in vain.
    () => read(defuddledHtml(html, url)),
  ];
  const text = isLong(own) || isShut ? own : firstLong(others);
  const isArticle = isLong(text) && !isWall(text, data.isFree);
  return {
    ...metadata,
    text: isArticle ? text : '',
    language: languageOf(text || metadata.title, metadata.language),
  };
}

function isLong(text: string): boolean {
  return text.length >= SHORTEST_TEXT;
}

/** The first text that is long enough; the later ones are not even made. */
function firstLong(texts: (() => string)[]): string {
  for (const make of texts) {
    const text = make();
    if (isLong(text)) {
      return text;
    }
  }
  return '';
}

function visibleText(box: Box): string {
  return box.parts.map((part) => (isBox(part) ? visibleText(part) : part.text)).join('\n');
}

/** Takes the furniture out of `page`. */
function articleOf(page: Box, title: string): string {
  removeFurniture(page);
  const weights = weigh(page);
  const body = findBody(page, weights);
  const lines = withoutAsides([...findStandfirst(page, body, weights), ...linesOf(body, weights)]);
  return withoutTitle(lines, title).join('\n');
}

/** Lines before the text that are a byline or a bare time: short, without an end mark, "By …" or with a year. */
const BYLINE = /^(?=.{1,90}$)(?:by\s|.*\b(?:19|20)\d\d\b).*[^.!?”"]$/i;

/** The headline and the byline often stand before the text, too; neither is a sentence of it. */
function withoutTitle(lines: string[], title: string): string[] {
  return lines.filter(
    (line, i) => i > 2 || (line.toLowerCase() !== title.toLowerCase() && !BYLINE.test(line)),
  );
}
