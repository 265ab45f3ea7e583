// Numbers that no source writes and that follow from what it says by counting, adding or taking away. Each wants a
// word in the sentence that says so ("in all", "chasing", "years later"), or the things that were counted.
import { isCountOfList, isCountOfRun } from './counted.js';
import { DERIVED, type Reckoned, type Way } from './derived.js';
import type { NumberFact } from './facts.js';
import type { Token } from './tokens.js';
import { TOLD_SUMS } from './told-sums.js';

/** Tokens around a number among which the word stands that says what was reckoned. */
const NEAR = 4;
/** Numbers of a sentence that are reckoned at most. */
const MOST_RECKONED = 30;

export function isReckoned(said: Reckoned, claim: NumberFact, texts: Reckoned[]): boolean {
  if (said.numbers.indexOf(claim) >= MOST_RECKONED) {
    return false;
  }
  return (
    isCountOfList(said, claim) ||
    isCountOfRun(said, claim) ||
    texts.some((text) => WAYS.some((way) => way(said, claim, text)))
  );
}

/** "Chasing 135" after the others' 134. */
const isTarget: Way = (said, claim, text) =>
  isPlain(claim) &&
  /\b(?:chas(?:e|ed|ing)|target|set|need(?:ed|ing)?|require[ds]?|pursuit|pursuing|asked)\b/.test(
    around(said.tokens, claim, NEAR),
  ) &&
  text.numbers.some(
    (fact) => fact.value === claim.value - 1 && (fact.kind === 'score' || isPlain(fact)) && fact.value > 20,
  );

/** "Five years later, in 2009" of what happened in 2004 and in 2009. */
const isYearsBetween: Way = (said, claim, text) => {
  const years = text.dates.flatMap(({ year }) => year ?? []);
  const own = said.dates.flatMap(({ year }) => year ?? []);
  return (
    claim.kind === 'count' &&
    claim.unit === 'year' &&
    years.some(
      (year) =>
        own.includes(year) && (years.includes(year - claim.value) || years.includes(year + claim.value)),
    )
  );
};

/** "Nine wickets in the match" of five and four. */
const isSum: Way = (said, claim, text) =>
  claim.kind === 'count' &&
  claim.unit !== undefined &&
  /\b(?:in all|in total|altogether|between them|combined|together|overall|in the match)\b/.test(
    around(said.tokens, claim, 2 * NEAR),
  ) &&
  text.numbers.some((one, i) =>
    text.numbers.slice(i + 1).some((other) => partOf(one, claim) + partOf(other, claim) === claim.value),
  );

/** "The third and last match" of a three-match series. */
const isLast: Way = (said, claim, text) =>
  claim.kind === 'ordinal' &&
  claim.value > 1 &&
  /\b(?:last|final|deciding|decider|decisive)\b/.test(around(said.tokens, claim, NEAR)) &&
  text.numbers.some((fact) => fact.kind === 'count' && fact.unit === 'match' && fact.value === claim.value);

const WAYS = [isTarget, isYearsBetween, isSum, isLast, ...TOLD_SUMS, ...DERIVED];

function partOf(fact: NumberFact, claim: NumberFact): number {
  if (fact.kind === 'score' && claim.unit === 'wicket') {
    return Math.min(fact.value, fact.second ?? fact.value);
  }
  return fact.kind === 'count' && (fact.unit ?? claim.unit) === claim.unit ? fact.value : Number.NaN;
}

function isPlain({ figure, kind, unit }: NumberFact): boolean {
  return kind === 'count' && figure === undefined && (!unit || unit === 'run');
}

function around(tokens: Token[], { next, start }: NumberFact, width: number): string {
  return tokens
    .slice(Math.max(0, start - width), next + width)
    .map(({ lower }) => lower)
    .join(' ');
}
