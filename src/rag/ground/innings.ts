// The order of innings. A bowler's second innings is the third or the fourth of the match, and often a source only
// lists figures ("4-109 and 6-75"): there the order is right unless the source binds the figure to another innings.
import type { NumberFact } from './facts.js';
import type { Told } from './match-claims.js';
import { bearsOut } from './match-numbers.js';

const SENTENCE_ENDS = /^[.!?]$/;

/** `isHeld` tells whether the text bears out a number of the sentence as it stands. */
export function isInningsBorneOut(
  said: Told,
  claim: NumberFact,
  text: Told,
  isHeld: (one: NumberFact) => boolean,
): boolean {
  const beside = isInnings(claim) ? figureOf(said, claim) : undefined;
  if (!beside || !isHeld(beside)) {
    return false;
  }
  const bound = text.numbers
    .filter(isInnings)
    .map((ordinal) => ({ ordinal, figure: figureOf(text, ordinal) }));
  const own = bound.filter(({ figure }) => figure && bearsOut(figure, beside));
  if (own.length > 0) {
    return own.some(({ ordinal }) => isSameInnings(ordinal.value, claim.value));
  }
  return bound.every(({ figure }) => figure !== undefined);
}

function isInnings({ kind, unit }: NumberFact): boolean {
  return kind === 'ordinal' && unit === 'innings';
}

/** The figure that an innings is told of: the one before it in its sentence, else the one after. */
function figureOf({ numbers, tokens }: Told, ordinal: NumberFact): NumberFact | undefined {
  const isApart = (from: number, to: number) =>
    tokens.slice(from, to).some(({ text }) => SENTENCE_ENDS.test(text));
  const figures = numbers.filter(({ kind }) => kind === 'score' || kind === 'count');
  const before = figures.findLast(
    ({ next, start }) => start < ordinal.start && !isApart(next, ordinal.start),
  );
  return before ?? figures.find(({ start }) => start > ordinal.start && !isApart(ordinal.next, start));
}

/** A side's second innings is the third or the fourth of the match. */
function isSameInnings(one: number, other: number): boolean {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  return low === high || (low === 2 && high <= 4);
}
