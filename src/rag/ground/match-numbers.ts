// Whether a number that a sentence claims stands in what it cites.
import { isRounded, isSameAmount } from './amounts.js';
import type { NumberFact } from './facts.js';

/** Whether the fact bears out the claim. */
export function bearsOut(fact: NumberFact, claim: NumberFact): boolean {
  switch (claim.kind) {
    case 'score':
      return fact.kind === 'score' && isSamePair(fact, claim);
    case 'season':
      return fact.kind === 'season' && fact.value === claim.value && fact.second === claim.second;
    case 'percent':
      return fact.kind === 'percent' && fact.value === claim.value;
    case 'ordinal':
      return isSameRank(fact, claim);
    case 'milestone':
      return isMilestone(fact, claim.value);
    default:
      return isSameCount(fact, claim);
  }
}

/** 5/43 and 43/5 are one score, as no side loses more than ten wickets; a result of 2-1 is not 1-2. */
function isSamePair(fact: NumberFact, claim: NumberFact): boolean {
  const isSame = fact.value === claim.value && fact.second === claim.second;
  const [low, high] = [Math.min(claim.value, claim.second ?? 0), Math.max(claim.value, claim.second ?? 0)];
  const isTurned = low <= 10 && high > 10 && fact.value === claim.second && fact.second === claim.value;
  return isSame || isTurned;
}

/** "500th" and "500 wickets", "the 47th over" and "47 overs": only small numbers count and rank apart. */
function isLarge({ value }: NumberFact): boolean {
  return value > 12;
}

/** "The specialists number four" reads as a rank and is a count. */
function isSameRank(fact: NumberFact, claim: NumberFact): boolean {
  const isKind =
    fact.kind === 'ordinal' || isLarge(claim) || (claim.isRank === true && fact.kind === 'count');
  return isKind && fact.value === claim.value && isSameUnit(fact, claim);
}

/** A half-century is 50 to 99; the figure 50 is borne out by 50 alone. */
function isMilestone(fact: NumberFact, value: number): boolean {
  if (fact.kind === 'milestone') {
    return fact.value === value;
  }
  const most = value === 50 ? 99 : value + 99;
  const isScore = fact.kind === 'count' && (!fact.unit || fact.unit === 'run') && fact.figure === undefined;
  return isScore && fact.value >= value && fact.value <= most;
}

function isSameCount(fact: NumberFact, claim: NumberFact): boolean {
  if (fact.kind === 'milestone') {
    return claim.isSpelt === true && !claim.unit && claim.value === fact.value;
  }
  if (fact.kind === 'score') {
    return isPartOf(fact, claim);
  }
  if (fact.kind === 'season') {
    return !claim.unit && (claim.value === fact.value || claim.value === fact.second);
  }
  if (fact.kind === 'ordinal' && !isLarge(claim)) {
    return false;
  }
  const isCurrency = !fact.currency || !claim.currency || fact.currency === claim.currency;
  const isSame =
    fact.value === claim.value ||
    isRounded(fact.value, claim) ||
    isSameAmount(fact, claim) ||
    (claim.figure === undefined && !claim.unit && fact.figure === claim.value);
  return isSame && isCurrency && isSameUnit(fact, claim) && isSameRole(fact, claim);
}

/** A squad's places are filled by players. */
const SLOTS = ['place', 'people'];

/** Whether both may count the same; one that does not say may count anything. */
export function isSameUnit(fact: NumberFact, claim: NumberFact): boolean {
  const isSlot =
    fact.unit !== claim.unit && SLOTS.includes(fact.unit ?? '') && SLOTS.includes(claim.unit ?? '');
  return (
    !fact.unit ||
    !claim.unit ||
    isSlot ||
    isSameAmount(fact, claim) ||
    (fact.unit === claim.unit && isSameSort(fact, claim))
  );
}

/** Whether both may count the same things of their class. */
export function isSameSort({ sorts: one }: NumberFact, { sorts: other }: NumberFact): boolean {
  return !one || !other || one.some((sort) => other.includes(sort));
}

/** What a match was won by is no score; a score is no margin where the unit says what is meant. */
function isSameRole(fact: NumberFact, claim: NumberFact): boolean {
  if (fact.isMargin) {
    return claim.isMargin !== false;
  }
  return !claim.isMargin || fact.isMargin === undefined || !fact.unit || !claim.unit;
}

/** The wickets and the runs of a score, and the games of a result. */
function isPartOf({ second = 0, value }: NumberFact, claim: NumberFact): boolean {
  if (claim.currency || claim.figure !== undefined || (claim.value !== value && claim.value !== second)) {
    return false;
  }
  const [low, high] = [Math.min(value, second), Math.max(value, second)];
  const isResult = high <= 10 || low > 10;
  return !claim.unit || isResult || claim.unit === (claim.value === low ? 'wicket' : 'run');
}
