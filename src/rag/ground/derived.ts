// Numbers that follow from two others of one kind that a source tells in one or in neighbouring sentences: a difference
// of ranks or sums, what is left of a whole, a score after a collapse. The sentence must have a word that says so.
import type { DateFact, NumberFact } from './facts.js';
import { isSameUnit } from './match-numbers.js';
import type { NameSpan } from './names.js';
import { sentenceAt } from './pieces.js';
import type { Token } from './tokens.js';

/** A text with what a sum may be made of. */
export interface Reckoned {
  tokens: Token[];
  names: NameSpan[];
  numbers: NumberFact[];
  dates: DateFact[];
}

/** Whether a number of a sentence follows from what a source says. */
export type Way = (said: Reckoned, claim: NumberFact, text: Reckoned) => boolean;

/** Operands that are tried at most; a table of figures makes anything follow. */
const MOST_OPERANDS = 60;

/** "Up eight places" of "from 29th to 21st". */
const isRankMove: Way = (said, claim, text) =>
  claim.unit === 'place' &&
  pairsOf(text, ({ kind }) => kind === 'ordinal').some(
    ([one, other]) =>
      text.tokens[other.start - 1]?.lower === 'to' && Math.abs(one.value - other.value) === claim.value,
  ) &&
  said.numbers.some(({ kind }) => kind === 'ordinal');

const APART = /\b(?:less|fewer|more|behind|ahead|clear|short|by|adrift|trails?|leads?|left|remaining)\b/;

/** "Trails McGrath's 563 by 62": one operand is told in the sentence. */
const isApart: Way = (said, claim, text) =>
  claim.kind === 'count' &&
  APART.test(around(said.tokens, claim, 2, 3)) &&
  said.numbers.some((one) => {
    const isOperand = one !== claim && one.kind === 'count' && one.value > claim.value;
    return (
      isOperand &&
      pairsOf(text, ({ kind, value }) => kind === 'count' && value > MOST_TRIVIAL).some(
        ([a, b]) =>
          Math.abs(a.value - b.value) === claim.value && [a, b].some(({ value }) => value === one.value),
      )
    );
  });

/** Small numbers differ by anything. */
const MOST_TRIVIAL = 12;

/** "The rest" of 118 million after 70 and 30. */
const isRest: Way = (_, claim, text) => {
  const at = text.tokens.findIndex(({ lower }) => /^(?:rest|remainder|balance)$/.test(lower));
  if (at < 0 || claim.kind !== 'count') {
    return false;
  }
  const own = sentenceAt(text.tokens, at);
  const before = own.start > 0 ? sentenceAt(text.tokens, own.start - 1) : own;
  const facts = text.numbers.filter(
    (fact) => fact.kind === 'count' && isSameUnit(fact, claim) && !fact.figure === !claim.figure,
  );
  const parts = facts.filter(({ start }) => start >= own.start && start < own.next);
  const wholes = facts.filter(({ start }) => start >= before.start && start < own.next);
  return wholes.some((whole) => {
    const spent = parts.filter((part) => part !== whole).reduce((sum, { value }) => sum + value, 0);
    return spent > 0 && Math.abs(whole.value - spent - claim.value) < 1e-6;
  });
};

/** "155 for three before they lost seven wickets for 52": all out for 207. */
const isCollapse: Way = ({ tokens }, claim, text) => {
  const scores = pairsOf(text, ({ kind }) => kind === 'score');
  return scores.some(([one, other]) => {
    const isLost = text.tokens
      .slice(one.next, other.start)
      .some(({ lower }) => /^(?:lost|losing|lose)$/.test(lower));
    const [from, to] = [sides(one), sides(other)];
    const [runs, wickets] = [from.runs + to.runs, from.wickets + to.wickets];
    const isAllOut = /\ball out\b|\bdismissed\b|\bbowled out\b/.test(around(tokens, claim, 6, 2));
    const isSame =
      claim.kind === 'score'
        ? sides(claim).runs === runs && sides(claim).wickets === wickets
        : claim.value === runs && wickets === 10 && isAllOut;
    return isLost && isSame;
  });
};

/** "Eight minutes left" of the 82nd minute. */
const isMinutesLeft: Way = ({ tokens }, claim, text) =>
  claim.unit === 'minute' &&
  /\b(?:left|remaining|to (?:go|play)|from (?:time|the end))\b/.test(around(tokens, claim, 0, 4)) &&
  text.numbers.some(
    ({ kind, unit, value }) => kind === 'ordinal' && unit === 'minute' && claim.value === FULL_TIME - value,
  );

const FULL_TIME = 90;

/** "Fell ten short of three figures" of a score of 90. */
const isShortOf: Way = ({ tokens }, claim, text) => {
  const round =
    /\bshort of (?:an? |his |her |their )?(\S+ ?figures|half - century|hundred|century|ton|fifty)/.exec(
      around(tokens, claim, 0, 8),
    )?.[1];
  const whole = round === undefined ? 0 : /^(?:half|fifty)/.test(round) ? 50 : 100;
  return (
    whole > 0 && text.numbers.some(({ kind, value }) => kind === 'count' && value === whole - claim.value)
  );
};

/** "Two days ahead" of what happened "two days before". */
const isDaysApart: Way = (_, claim, text) =>
  claim.unit === 'day' && text.dates.some(({ gap }) => gap === claim.value);

export const DERIVED: Way[] = [
  isRankMove,
  isApart,
  isRest,
  isCollapse,
  isMinutesLeft,
  isShortOf,
  isDaysApart,
];

function sides({ second = 0, value }: NumberFact) {
  return { runs: Math.max(value, second), wickets: Math.min(value, second) };
}

/** Neighbouring pairs of one unit, in the order of the text. */
function pairsOf(text: Reckoned, isOperand: (fact: NumberFact) => boolean): [NumberFact, NumberFact][] {
  const facts = text.numbers.filter(isOperand).slice(0, MOST_OPERANDS);
  return facts.flatMap((one, i) =>
    facts
      .slice(i + 1)
      .filter((other) => isSameUnit(one, other) && isNear(text.tokens, one, other))
      .map((other): [NumberFact, NumberFact] => [one, other]),
  );
}

/** In one sentence or in the next. */
function isNear(tokens: Token[], one: NumberFact, other: NumberFact): boolean {
  const own = sentenceAt(tokens, one.start);
  return (
    other.start < own.next || (own.next < tokens.length && other.start < sentenceAt(tokens, own.next).next)
  );
}

function around(tokens: Token[], { next, start }: NumberFact, before: number, after: number): string {
  return tokens
    .slice(Math.max(0, start - before), next + after)
    .map(({ lower }) => lower)
    .join(' ');
}
