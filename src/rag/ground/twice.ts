// A figure that a sentence tells twice ("his 48 and an unbeaten 48") must be told of two things in what it cites.
import type { NumberFact } from './facts.js';
import type { Source, Told } from './match-claims.js';
import { bearsOut, isSameUnit } from './match-numbers.js';

/** Tokens between the two figures at most. */
const MOST_BETWEEN = 8;
const JOINTS = /^(?:and|&|then|plus|followed|,)$/;
/** "made 48, and his 48 came fast" tells it once. */
const SAME_AGAIN = /^(?:the|that|this|those|these|his|her|their|its)$/;
const BOTH = /^(?:both|twice|each|apiece|pair|twin|identical|same|successive|consecutive|again|another)$/;
const SENTENCE_ENDS = /^[.!?]$/;

/** Whether the sentence has told the same figure of something else just before. */
export function isRepeated({ numbers, tokens }: Told, claim: NumberFact): boolean {
  const before = numbers[numbers.indexOf(claim) - 1];
  const isAgain = SAME_AGAIN.test(tokens[claim.start - 1]?.lower ?? '');
  return before !== undefined && !isAgain && isSame(before, claim) && isJoined(tokens, before, claim);
}

/** Two facts of the body; "48 and 63" speaks against "48 and 48". */
export function isToldTwice({ body, numbers, tokens }: Source, claim: NumberFact): boolean {
  const facts = numbers.filter((fact) => fact.start >= body && bearsOut(fact, claim));
  const isBoth = facts.some(({ next, start }) => {
    const from = tokens.findLastIndex(({ text }, i) => i < start && SENTENCE_ENDS.test(text)) + 1;
    const end = tokens.findIndex(({ text }, i) => i >= next && SENTENCE_ENDS.test(text));
    const sentence = tokens.slice(from, end < 0 ? tokens.length : end);
    return tokens[next]?.lower === 's' || sentence.some(({ lower }) => BOTH.test(lower));
  });
  const pairs = numbers.flatMap((one, i) => {
    const other = numbers[i + 1];
    const isPair = other && one.kind === other.kind && isJoined(tokens, one, other);
    return isPair ? [[one, other].filter((fact) => bearsOut(fact, claim)).length] : [];
  });
  const isAgainst = pairs.includes(1) && !pairs.includes(2);
  return isBoth || (facts.length > 1 && !isAgainst);
}

function isSame(one: NumberFact, other: NumberFact): boolean {
  const isFigure = one.kind === 'count' || one.kind === 'score';
  return (
    isFigure &&
    one.kind === other.kind &&
    one.value === other.value &&
    one.second === other.second &&
    isSameUnit(one, other)
  );
}

function isJoined(tokens: Told['tokens'], one: NumberFact, other: NumberFact): boolean {
  const between = tokens.slice(one.next, other.start);
  return between.length <= MOST_BETWEEN && between.some(({ lower }) => JOINTS.test(lower));
}
