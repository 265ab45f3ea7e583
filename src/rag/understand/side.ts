// Which side of the game a report is about: the women's, the men's, the under-19s'. Reports on men seldom say
// so; what names no side is taken for theirs.
import type { Side } from './names.js';

const WOMEN =
  /\b(wom[ae]n'?s?|girls|ladies|female|w(bbl|pl|ncl|odi|t20i?)s?|she|her|hers|herself|batswom[ae]n)\b/i;
const UNDER_19 = /\b(under[- ]?19s?|u-?19s?)\b/i;

/** The sides that a text speaks of; never none. */
export function sidesIn(text: string): Set<Side> {
  const sides = new Set<Side>();
  if (WOMEN.test(text)) {
    sides.add('women');
  }
  if (UNDER_19.test(text)) {
    sides.add('under-19');
  }
  return sides.size > 0 ? sides : new Set(['men']);
}

/** Share of the wanted sides that a text speaks of, 0..1; 0 when none is wanted. */
export function sideMatch(text: string, wanted: Side[]): number {
  if (wanted.length === 0) {
    return 0;
  }
  const spoken = sidesIn(text);
  return wanted.filter((side) => spoken.has(side)).length / wanted.length;
}
