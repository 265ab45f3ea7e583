// A text cut into what one verb tells of one subject. "Khawaja made 90 and Marsh 63" tells two things, and so does "He
// scored 87 in the first innings, and was player of the match": both of him. What stands in one proposition belongs
// together; who is meant without being named is told from the sentence before.
import type { NameSpan } from '../names.js';
import { namesIn, type Pieced, type Span, sentencesIn } from '../pieces.js';
import type { Token } from '../tokens.js';
import { carried, type Last, PREPOSITION, personAfter, subjectsIn, teamIn, topicOf } from './subjects.js';
import { isBeing, isHelping, isParticiple, isVerb } from './verbs.js';

export interface Proposition extends Span {
  /** Who does what is told, or to whom it is done; [] = the text leaves it open. */
  subjects: NameSpan[];
  /** Whether the subjects are named elsewhere. */
  isCarried: boolean;
  /** "Was caught by": its subject has something done to it. */
  isPassive: boolean;
  /** Token of its verb; absent = that of the proposition before it. */
  verb?: number | undefined;
}

const JOINTS =
  /^(?:[,;:()]|while|whereas|but|as|after|before|when|until|though|although|which|who|whose|whom|where|because|then|since|if)$/;
/** No name is longer, in tokens. */
const LONGEST_NAME = 12;
/** Tokens after "and" among which a subject's verb or figure stands. */
const REACH = 7;

/** All propositions in order; they cover the text. */
export function propositionsOf(text: Pieced, title = 0): Proposition[] {
  const all: Proposition[] = [];
  const last: Last = {};
  const topic = topicOf(text);
  for (const sentence of sentencesIn(text.tokens)) {
    const own: Proposition[] = [];
    for (const span of cut(text, sentence)) {
      own.push(read(text, span, own, last));
    }
    all.push(...own);
    const subjects = own.flatMap(({ subjects: some }) => some);
    if (sentence.start >= title && subjects.length > 0) {
      last.person = personAfter(text, sentence, subjects, last.person, topic);
      last.team = subjects.find(({ kind }) => kind === 'team') ?? teamIn(text, sentence) ?? last.team;
      last.all = own.find(({ subjects: some }) => some.length > 0)?.subjects ?? last.all;
    }
  }
  return all;
}

function cut(text: Pieced, { next, start }: Span): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (let at = start + 1; at < next; at += 1) {
    if (isBorder(text, { start: from, next }, at)) {
      spans.push({ start: from, next: at });
      from = at;
    }
  }
  return [...spans, { start: from, next }];
}

function isBorder({ names, tokens }: Pieced, { next, start }: Span, at: number): boolean {
  const token = tokens[at] as Token;
  const isSecond =
    at <= start + 2 && tokens.slice(start, at).every(({ lower, text }) => text === ',' || JOINTS.test(lower));
  if (
    isSecond ||
    namesIn(names, { start: at - LONGEST_NAME, next: at + LONGEST_NAME }).some(
      (name) => name.start < at && name.next > at,
    )
  ) {
    return false;
  }
  if (JOINTS.test(token.lower) || (token.text === '-' && !token.isGlued)) {
    return true;
  }
  if (token.lower === 'with') {
    return namesIn(names, { start: at + 1, next: at + LONGEST_NAME }).some(({ start: one }) => one <= at + 2);
  }
  if (token.lower !== 'and') {
    return false;
  }
  const isTold = tokens.slice(start, at).some(({ isNumber }, i) => isNumber || isVerb(tokens, start + i));
  const name = namesIn(names, { start: at + 1, next: at + REACH + LONGEST_NAME }).find(
    (one) => one.start <= at + REACH && one.kind !== 'other',
  );
  const isNext = isVerb(tokens, at + 1) || /^(?:he|she|they|it)$/.test(tokens[at + 1]?.lower ?? '');
  if (isNext || isParallel({ names, tokens }, { start, next }, at)) {
    return true;
  }
  if (!isTold || !name || name.next >= next) {
    return false;
  }
  const between = tokens.slice(at + 1, name.start);
  const after = tokens.slice(name.next, Math.min(next, name.next + 3));
  const isPlain = between.every(({ isNumber, lower }) => !isNumber && !PREPOSITION.test(lower));
  return isPlain && after.some(({ isNumber }, i) => isNumber || isVerb(tokens, name.next + i));
}

const WHEN =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december)$/;

/** "In Centurion from 26 December and in Cape Town from 3 January": a name and a figure on both sides. */
function isParallel({ names, tokens }: Pieced, { next, start }: Span, at: number): boolean {
  const joint = tokens.slice(at + 1, next).findIndex(({ lower }) => JOINTS.test(lower));
  const end = joint < 0 ? next : at + 1 + joint;
  const isWhole = (from: number, to: number) =>
    namesIn(names, { start: from, next: to }).length > 0 &&
    tokens.slice(from, to).some(({ isNumber, lower }) => isNumber || WHEN.test(lower));
  return isWhole(start, at) && isWhole(at, end);
}

function read(text: Pieced, span: Span, before: Proposition[], last: Last): Proposition {
  const { tokens } = text;
  const { next, start } = span;
  const verbs = range(start, next).filter((at) => isVerb(tokens, at));
  const main = verbs.find((at) => !isHelping(tokens[at] as Token)) ?? verbs[0];
  const helping = main === undefined ? undefined : verbs.findLast((at) => at < main && main - at <= 3);
  const isPassive =
    main !== undefined && helping !== undefined && isBeing(tokens[helping] as Token) && helping !== main;
  const figure = range(start, next).find((at) => tokens[at]?.isNumber);
  const participle = range(start, Math.min(next, start + 3)).find((at) => isParticiple(tokens, at));
  const end = Math.min(verbs[0] ?? participle ?? figure ?? next, next);
  const named = subjectsIn(text, { start, next: end });
  const place = { start, next, isPassive, verb: main ?? participle };
  if (named.length > 0) {
    return { ...place, subjects: named, isCarried: false };
  }
  return { ...place, subjects: carried(text, { start, next: end }, before, last), isCarried: true };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
