// Where the article stands in a page without furniture: the innermost box that still holds most of the
// prose, and the standfirst between the headline and that box.
import { type Box, isBox } from './page-boxes.js';
import type { TextLine } from './page-text.js';
import { isHeading, proseIn, type Weights } from './page-weight.js';

/** Share of a box's prose that one inner box must hold to stand for the whole. */
const MOST = 0.75;
/** Share of a box's prose that stands in paragraphs of its own from which it is the article, not its frame. */
const BESIDE = 0.05;
const NO_ARTICLE_OF_ITS_OWN = new Set(['blockquote', 'li', 'ol', 'p', 'table', 'ul']);

export function findBody(page: Box, weights: Weights): Box {
  const prose = (box: Box) => weights.get(box)?.prose ?? 0;
  let body = page;
  for (;;) {
    const heaviest = body.parts
      .filter(isBox)
      .reduce<Box | undefined>((best, box) => (best && prose(best) >= prose(box) ? best : box), undefined);
    if (
      !heaviest ||
      prose(heaviest) < prose(body) * MOST ||
      NO_ARTICLE_OF_ITS_OWN.has(heaviest.tag) ||
      isHeading(heaviest) ||
      proseBeside(body, prose) > prose(body) * BESIDE
    ) {
      return body;
    }
    body = heaviest;
  }
}

/** Prose of paragraphs right in a box. */
function proseBeside(box: Box, prose: (box: Box) => number): number {
  return box.parts.reduce(
    (sum, part) => sum + (isBox(part) ? (part.tag === 'p' ? prose(part) : 0) : proseIn(part)),
    0,
  );
}

/** Lines of prose after the headline and before the body, when the body does not hold the headline itself. */
export function findStandfirst(page: Box, body: Box, weights: Weights): TextLine[] {
  let lines: TextLine[] | undefined;
  /** True when the body was reached. */
  const visit = (box: Box): boolean =>
    box.parts.some((part) => {
      if (!isBox(part)) {
        if (proseIn(part) > 0) {
          lines?.push({ text: part.text, level: 0 });
        }
        return false;
      }
      if (part.tag === 'h1') {
        lines = [];
        return false;
      }
      return part === body || visit(part);
    });
  const isOutside = (weights.get(body)?.headlines ?? 0) === 0;
  return isOutside && visit(page) ? (lines ?? []) : [];
}
