// The numbers of a text as claims: scores, counts, ordinals, money, shares, milestones. The same claim in
// another notation gives the same fact: "five for 43" = "5/43" = "5-43", "24.75 crore" = "Rs 24.75 crore".
import { hedgeAt, isLength, marginAt, wordBefore } from './around-numbers.js';
import type { NumberFact } from './facts.js';
import { isMissed, milestoneAt } from './milestones.js';
import { type ReadNumber, readNumber } from './number-words.js';
import { readScore } from './scores.js';
import type { Token } from './tokens.js';
import { currencyOf, scaleOf, unitAt } from './units.js';

/** Facts in the order of the text; tokens in `taken` belong to dates. */
export function numbersOf(tokens: Token[], taken: Set<number>): NumberFact[] {
  const facts: NumberFact[] = [];
  for (let at = 0; at < tokens.length; ) {
    const fact = taken.has(at) ? undefined : (milestoneAt(tokens, at) ?? numberAt(tokens, at));
    if (!fact) {
      at += 1;
      continue;
    }
    facts.push(fact);
    at = fact.next;
  }
  return spread(facts, tokens);
}

function numberAt(tokens: Token[], at: number): NumberFact | undefined {
  const read = readNumber(tokens, at);
  if (!read) {
    return undefined;
  }
  const isRound = read.isSpelt && /^(?:50|100)$/.test(String(read.value));
  // "Three figures" are a hundred, and none is counted.
  if (/^(?:figures|digits)$/.test(tokens[read.next]?.lower ?? '')) {
    return undefined;
  }
  if ((tokens[at]?.lower === 'one' && isIdle(tokens, read.next)) || (isRound && isMissed(tokens, at))) {
    return undefined;
  }
  return readScore(tokens, at, read) ?? countAt(tokens, at, read);
}

/** "one-day", "one of them", "one another": no count. */
function isIdle(tokens: Token[], next: number): boolean {
  const after = tokens[next];
  if (scaleOf(after)) {
    return false;
  }
  return after?.text === '-'
    ? /^(?:day|off|sided)$/.test(tokens[next + 1]?.lower ?? '')
    : !unitAt(tokens, next);
}

function countAt(tokens: Token[], at: number, read: ReadNumber): NumberFact {
  const { isOrdinal, isSpelt, value } = read;
  const base = { start: at, isSpelt };
  if (isOrdinal) {
    const { sorts, unit } = unitAt(tokens, read.next) ?? {};
    return { ...base, kind: 'ordinal', value, next: read.next, unit, sorts };
  }
  const after = tokens[read.next];
  if (/^(?:%|percent|pc)$/.test(after?.lower ?? '')) {
    return { ...base, kind: 'percent', value, next: read.next + 1 };
  }
  if (after?.lower === 'per' && tokens[read.next + 1]?.lower === 'cent') {
    return { ...base, kind: 'percent', value, next: read.next + 2 };
  }
  const hedge = hedgeAt(tokens, at);
  if (after?.lower === 'm' && isLength(tokens, at, read)) {
    return { ...base, kind: 'count', value, unit: 'metre', sorts: ['m'], hedge, next: read.next + 1 };
  }
  let next = read.next + (after?.text === '-' && scaleOf(tokens[read.next + 1]) ? 1 : 0);
  const before =
    currencyOf(tokens[at - 1]) ?? (tokens[at - 1]?.text === '.' ? currencyOf(tokens[at - 2]) : undefined);
  const scale = scaleOf(tokens[next]);
  next += scale ? 1 : 0;
  const currency = before ?? currencyOf(tokens[next]);
  const full = Math.round(value * (scale ?? 1) * 1e4) / 1e4;
  if (scale || currency) {
    return {
      ...base,
      kind: 'count',
      value: full,
      figure: value,
      currency,
      hedge,
      next: before ? next : next + (currency ? 1 : 0),
    };
  }
  if (isAgeGroup(tokens, at)) {
    return { ...base, kind: 'count', value, unit: 'age group', next };
  }
  const unit = unitAt(tokens, next);
  if (!unit && RANKED.test(wordBefore(tokens, at))) {
    return { ...base, kind: 'ordinal', value, isRank: true, next };
  }
  const isMargin = marginAt(tokens, at, unit?.next);
  return { ...base, kind: 'count', value: full, unit: unit?.unit, sorts: unit?.sorts, isMargin, hedge, next };
}

/** "under-19", "Under 19s". */
function isAgeGroup(tokens: Token[], at: number): boolean {
  return (
    tokens[tokens[at - 1]?.text === '-' ? at - 2 : at - 1]?.lower === 'under' && tokens[at]?.isNumber === true
  );
}

/** "day three" is the third day, "No. 4" the fourth place. */
const RANKED = /^(?:day|game|match|test|odi|number|no|round|session|part|week)$/;

/** The first of "from fourteen matches a club to ten", whose unit is the second's, too. */
function rangeBefore(
  fact: NumberFact,
  before: NumberFact | undefined,
  tokens: Token[],
): NumberFact | undefined {
  const isRange =
    fact.kind === 'count' &&
    !fact.unit &&
    before?.kind === 'count' &&
    fact.start - before.next <= MOST_IN_RANGE &&
    tokens[fact.start - 1]?.lower === 'to' &&
    tokens[before.start - 1]?.lower === 'from';
  return isRange ? before : undefined;
}

const MOST_IN_RANGE = 5;

/** In "18 and 20 crore" the scale, in "five and six wickets" the unit stands for both. */
function spread(facts: NumberFact[], tokens: Token[]): NumberFact[] {
  return facts.map((fact, i) => {
    const range = rangeBefore(fact, facts[i - 1], tokens);
    if (range) {
      return { ...fact, unit: range.unit, sorts: range.sorts };
    }
    const after = facts[i + 1];
    const isJoined =
      fact.kind === 'count' &&
      fact.figure === undefined &&
      !fact.unit &&
      after?.kind === 'count' &&
      after.start === fact.next + 1 &&
      /^(?:and|or|to|-)$/.test(tokens[fact.next]?.lower ?? '');
    if (!isJoined) {
      return fact;
    }
    const scale = after.figure ? after.value / after.figure : 1;
    const figure = after.figure === undefined ? undefined : fact.value;
    return {
      ...fact,
      value: fact.value * scale,
      figure,
      unit: after.unit,
      sorts: after.sorts,
      currency: after.currency,
    };
  });
}
