// The lines of an article's box: a paragraph, heading or list item each, and table rows with their cells side
// by side, because a scorecard that falls apart into cells tells nothing.
import { type Box, isBox } from './page-boxes.js';
import { isHeading, type Weights } from './page-weight.js';

export interface TextLine {
  text: string;
  /** 1 to 6 in a heading, else 0. */
  level: number;
  /** Of a heading: the lines that follow it in the innermost box that holds more than the heading. */
  following?: number;
}

/** Share of a box's characters that stand in links from which it is a list of links, and the prose that saves it. */
const LINKED = 0.7;
const ENOUGH_PROSE = 100;
/** Lines up to which a table cell is a cell and not a piece of layout. */
const CELL_LINES = 2;

export function linesOf(box: Box, weights: Weights): TextLine[] {
  if (box.tag === 'figcaption' || isLinkList(box, weights)) {
    return [];
  }
  if (box.tag === 'tr') {
    return rowOf(box, weights);
  }
  const level = isHeading(box) ? Number(box.tag[1]) : 0;
  let items = 0;
  const lines = box.parts.flatMap((part): TextLine[] => {
    if (!isBox(part)) {
      return [{ text: part.text, level }];
    }
    items += part.tag === 'li' ? 1 : 0;
    const [first, ...rest] = linesOf(part, weights);
    const mark = part.tag !== 'li' ? '' : box.tag === 'ol' ? `${items}. ` : '- ';
    return first ? [{ ...first, text: mark + first.text }, ...rest] : [];
  });
  return lines.map((line, i) => {
    const following = lines.length - i - 1;
    return line.level > 0 && !line.following && following > 0 ? { ...line, following } : line;
  });
}

function rowOf(row: Box, weights: Weights): TextLine[] {
  const cells = row.parts.filter(isBox).map((cell) => linesOf(cell, weights));
  if (cells.some((lines) => lines.length > CELL_LINES)) {
    return cells.flat();
  }
  const texts = cells.map((lines) => lines.map((line) => line.text).join(' '));
  const text = texts
    .join(' | ')
    .replace(/ {2,}/g, ' ')
    .replace(/^[\s|]+|[\s|]+$/g, '');
  return text ? [{ text, level: 0 }] : [];
}

const NEVER_LINKS_ALONE = new Set('p h1 h2 h3 h4 h5 h6 li td tr blockquote'.split(' '));

function isLinkList(box: Box, weights: Weights): boolean {
  const { characters = 0, linked = 0, prose = 0 } = weights.get(box) ?? {};
  return linked > characters * LINKED && prose < ENOUGH_PROSE && !NEVER_LINKS_ALONE.has(box.tag);
}
