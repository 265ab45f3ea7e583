// The places of a text that hold a figure, a day or a name, and which of them a false sentence may have been filled
// from: a rival is of the same kind, so that it could stand there.
import type { ReadText } from '../check.js';
import { isSameName } from '../clauses.js';
import type { DateFact, NumberFact } from '../facts.js';
import { bearsOut } from '../match-numbers.js';
import type { NameSpan } from '../names.js';
import type { Span } from '../pieces.js';
import { isOtherDay, isSameDay } from './days.js';

export type SlotKind = 'number' | 'date' | 'name';

export interface Slots<Fact extends Span> {
  kind: SlotKind;
  factsIn: (text: ReadText) => Fact[];
  isSame: (fact: Fact, claim: Fact) => boolean;
  /** Whether another fact of a source could stand in the place of the claim. */
  isRival: (fact: Fact, claim: Fact, text: ReadText, said: ReadText) => boolean;
}

const NUMBERS: Slots<NumberFact> = {
  kind: 'number',
  factsIn: ({ names, numbers }) =>
    numbers.filter(
      (fact) =>
        !(fact.isSpelt && fact.kind === 'count' && fact.value <= 1) &&
        !names.some(({ next, start }) => fact.start >= start && fact.next <= next),
    ),
  isSame: (fact, claim) => bearsOut(fact, claim) || bearsOut(claim, fact),
  isRival: (fact, claim, text, said) =>
    fact.kind === claim.kind &&
    isAge(text, fact) === isAge(said, claim) &&
    (fact.unit === claim.unit ||
      (claim.kind === 'ordinal' && (!fact.unit || !claim.unit) && isSmall(fact) === isSmall(claim)) ||
      isAgeOf(fact, claim)) &&
    (fact.figure === undefined) === (claim.figure === undefined) &&
    (!fact.currency || !claim.currency || fact.currency === claim.currency) &&
    isIndian(fact) === isIndian(claim) &&
    isResult(fact) === isResult(claim),
};

/** "Vale, 24," and "the 24-year-old" tell an age, "a three-year contract" and "for 24 years" none. */
function isAge({ tokens }: ReadText, { kind, next, start, unit }: NumberFact): boolean {
  const [before, after] = [tokens[start - 1]?.lower ?? '', tokens[next]?.lower ?? ''];
  if (kind !== 'count') {
    return false;
  }
  const rest = tokens.slice(next, next + 4).map(({ lower }) => lower);
  if (unit === 'year') {
    return rest.includes('old') || before === 'aged' || /^(?:turn(?:s|ed)?|age)$/.test(before);
  }
  const isBare = !unit && /^(?:,|\.|\)|and|when|but|or|has|will)$/.test(after);
  return (
    !unit &&
    (/^(?:aged|turns|turned)$/.test(before) ||
      (isBare && /^(?:is|at)$/.test(before)) ||
      (before === ',' && tokens[start - 2]?.isCapital === true && isBare))
  );
}

/** A place in an order, no count of wickets. */
function isSmall({ value }: NumberFact): boolean {
  return value <= 12;
}

/** Crore and lakh count another money than millions. */
function isIndian({ figure, value }: NumberFact): boolean {
  return figure !== undefined && /^(?:100000|10000000)$/.test(String(Math.round(value / figure)));
}

/** "4-1" in matches is of another kind than "3-32". */
function isResult({ kind, second = 0, value }: NumberFact): boolean {
  return kind === 'score' && Math.max(value, second) <= 10;
}

/** "At 23", "29 years old". */
function isAgeOf({ unit: one }: NumberFact, { unit: other }: NumberFact): boolean {
  return (!one && other === 'year') || (one === 'year' && !other);
}

const DATES: Slots<DateFact> = {
  kind: 'date',
  factsIn: ({ dates }) => dates.filter(({ gap, minutes }) => (gap ?? minutes) === undefined),
  isSame: isSameDay,
  isRival: isOtherDay,
};

const NAMES: Slots<NameSpan> = {
  kind: 'name',
  factsIn: (text) =>
    text.names.filter(
      (name) =>
        text.tokens[name.start]?.isCapital &&
        (name.kind !== 'other' || isPlace(text, name)) &&
        !isPart(text, name),
    ),
  isSame: (fact, claim) => isSameName(fact, claim) || isTownOf(fact, claim) || isTownOf(claim, fact),
  isRival: (fact, claim, text, said) => {
    const [one, other] = [sortOf(fact, text, said), sortOf(claim, said, text)];
    return (
      one === other && !isOpening(text, fact) && !isDescription(text, fact) && !isDescription(said, claim)
    );
  },
};

/** A single word that begins a sentence and is no known name may be any word. */
function isOpening({ names, tokens }: ReadText, { groups, next, start, words }: NameSpan): boolean {
  const isAlone = groups.length === 0 && tokens[start]?.isFirst === true && next === start + 1;
  return isAlone && !names.some((name) => name.start !== start && name.words.at(-1) === words[0]);
}

/** "Cricket" of "Cricket Queensland": one name read as two. */
function isPart({ names, tokens }: ReadText, { groups, next, start }: NameSpan): boolean {
  const isOwner = (end: number) => /'s$/.test(tokens[end - 1]?.lower ?? '');
  return (
    groups.length === 0 &&
    names.some((name) => (name.next === start && !isOwner(start)) || (name.start === next && !isOwner(next)))
  );
}

/** What a name names, as far as either text shows it. */
function sortOf(name: NameSpan, own: ReadText, other: ReadText): 'place' | 'person' | 'team' | 'unknown' {
  if (isPlace(own, name)) {
    return 'place';
  }
  if (name.groups.length > 0) {
    return name.kind === 'other' ? 'unknown' : name.kind;
  }
  const mentions = [own, other].flatMap((text) =>
    text.names.filter(
      (each) =>
        (each.groups.length === 0 || each.kind === 'person') && each.words.at(-1) === name.words.at(-1),
    ),
  );
  const isElsewherePlace = [own, other].some((text) =>
    text.names.some((each) => mentions.includes(each) && isPlace(text, each)),
  );
  return !isElsewherePlace && mentions.some(({ words }) => words.length > 1) ? 'person' : 'unknown';
}

/** "The New Zealander", "the Australia captain": somebody who is named elsewhere. */
function isDescription({ tokens }: ReadText, { kind, next, start }: NameSpan): boolean {
  const after = tokens[next];
  const isPeople = /(?:er|an|ish|ese|eshi|stani)$/.test(tokens[next - 1]?.lower ?? '') && next === start + 1;
  const isBeforeRole = after?.isWord === true && !after.isCapital && ROLE.test(after.lower);
  return kind === 'team' && (isPeople || isBeforeRole);
}

const ROLE =
  /^(?:captain|coach|skipper|batter|batsman|bowler|opener|spinner|seamer|wicketkeeper|keeper|all|fast|left|right|leg|off|player|international|side|squad|team|board|selectors?|women|men|under|umpire|dollars|time)$/;

/** Every kind of place that a figure, a day or a name has in a text. */
export const SLOTS = [NUMBERS, DATES, NAMES] as unknown as Slots<Span>[];

function isTownOf({ homes }: NameSpan, { homes: others, words }: NameSpan): boolean {
  return homes.includes(words.join(' ')) || homes.some((home) => others.includes(home));
}

function isPlace({ tokens }: ReadText, { start }: NameSpan): boolean {
  const before = tokens[start - (tokens[start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? '';
  return /^(?:in|at|near)$/.test(before);
}
