// Counts moved to the opposite: "won three" where the source has "lost three".

import { bearsOut } from '../match-numbers.js';
import { pieceAt, type Span, telling } from '../pieces.js';
import type { FindContradicted, SourceText } from './contradiction.js';

const OPPOSED = [
  ['=won', '=lost'],
  ['=capped', '=uncapped'],
  ['=retain', '=release'],
] as const;

export const findOpposedCounts: FindContradicted = (said, texts) =>
  said.numbers.filter((claim) => {
    if (claim.unit === 'age group') {
      return false;
    }
    const words = telling(said, pieceAt(said, claim), claim);
    if (!OPPOSED.flat().some((word) => words.has(word))) {
      return false;
    }
    const held = texts.flatMap((text) =>
      text.numbers.filter((fact) => bearsOut(fact, claim)).map((own) => ({ text, own })),
    );
    return held.length > 0 && held.every(({ own, text }) => isOpposed(words, text, own));
  });

function isOpposed(words: Set<string>, text: SourceText, own: Span): boolean {
  const around = telling(text, pieceAt(text, own), own);
  return OPPOSED.some(([one, other]) =>
    [
      [one, other],
      [other, one],
    ].some(([mine = '', opposite = '']) => {
      const isMine = words.has(mine) && !words.has(opposite);
      return isMine && around.has(opposite) && !around.has(mine);
    }),
  );
}
