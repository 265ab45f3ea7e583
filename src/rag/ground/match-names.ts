// Whether a name that a sentence uses stands in what it cites. Less of a name is enough ("Pat Cummins" where the
// source says "Cummins"), another name is not ("Pat Starc" where it says "Mitchell Starc").
import { stemmer } from 'stemmer';
import { formatOf, isFormatBorneOut } from './match-formats.js';
import type { NameSpan } from './names.js';
import type { Token } from './tokens.js';

/** A text that is cited, read. */
export interface NamedText {
  tokens: Token[];
  names: NameSpan[];
  /** All its words in lower case. */
  words: Set<string>;
  /** Initials of runs of words: "mcc" for "Marylebone Cricket Club". */
  initials: Set<string>;
}

/** Words that name a kind of thing: a source may leave them out. */
const KINDS =
  /^(?:stadium|ground|park|oval|arena|cup|trophy|league|series|club|board|council|association|federation|team|city|state|tour|tournament|championship|championships|final|road|gardens)$/;
/** What makes a word for people or things from a place out of its name. */
const ENDINGS = /^(?:s|n|an|ans|ian|ians|i|is|ish|ese|er|ers|ic|er's)$/;

/** What makes a town a place, no side. */
export const PLACE_BEFORE = /^(?:in|at|near|from|under|on|during|per)$/;

/** Whether the texts together bear the name out. */
export function isNameBorneOut(claim: NameSpan, isFirst: boolean, texts: NamedText[]): boolean {
  const isKnown = (name: NameSpan) => sharesGroup(name, claim) || isSideOf(name, claim);
  if (claim.groups.length > 0 && texts.some(({ names }) => names.some(isKnown))) {
    return true;
  }
  if (texts.some((text) => text.names.some((name) => isHome(text, name, claim)))) {
    return true;
  }
  const format = formatOf(claim.words.join(' '));
  if (format >= 0) {
    return isFormatBorneOut(format, texts);
  }
  const [last = '', ...given] = [...wordsOf(claim, isFirst, texts)].reverse();
  if (given.length === 0) {
    return texts.some((text) => holdsWord(text, last, isFirst));
  }
  return isPerson(last, given.reverse(), texts) || isThing(claim, texts);
}

const BODIES = ['council', 'board', 'association', 'league', 'union', 'federation'];

/** "The council" for the ICC, where no other council is named. */
export function isCalledByKind(said: string, { names, tokens }: NamedText): boolean {
  const kind = /^\p{Lu}{3,5}$/u.test(said)
    ? BODIES.find((body) => body[0] === said.at(-1)?.toLowerCase())
    : undefined;
  const isShort = ({ next, start }: NameSpan) =>
    start === next - 1 && /^\p{Lu}{3,5}$/u.test(tokens[start]?.text ?? '');
  return (
    kind !== undefined &&
    tokens.some(({ text }) => text === kind) &&
    !names.some((name) => name.words.at(-1) === kind || isShort(name))
  );
}

/** The town for the club or the ground, or the town's club where the town is no mere place. */
function isHome({ tokens }: NamedText, name: NameSpan, claim: NameSpan): boolean {
  const isTown = name.homes.includes(claim.words.join(' '));
  const before = tokens[name.start - 1]?.lower ?? '';
  return (
    isTown ||
    (claim.kind === 'team' && !PLACE_BEFORE.test(before) && claim.homes.includes(name.words.join(' ')))
  );
}

/** Whether a name of several words ends like a name of the texts: it must be the same one then. */
export function isOtherBearer({ words }: NameSpan, texts: NamedText[]): boolean {
  return (
    words.length > 1 && texts.some(({ names }) => names.some((name) => name.words.at(-1) === words.at(-1)))
  );
}

/** "Under-19s" of the Under-19 World Cup; a team's side may be told by its competition. */
function isSideOf(name: NameSpan, claim: NameSpan): boolean {
  return name.sides.some((side) => claim.groups.includes(side));
}

export function sharesGroup(one: NameSpan, other: NameSpan): boolean {
  return one.groups.some((group) => other.groups.includes(group));
}

/** "Debutant Sudharsan": where a sentence begins, a word that the source has in small letters is no first name. */
function wordsOf({ words }: NameSpan, isFirst: boolean, texts: NamedText[]): string[] {
  const [first = '', ...rest] = words;
  const isWord =
    isFirst &&
    rest.length > 0 &&
    texts.some(({ tokens }) => tokens.some((token) => !token.isCapital && isAkin(token.lower, first)));
  return isWord ? rest : words;
}

function isAkin(one: string, other: string): boolean {
  return stemmer(one) === stemmer(other);
}

function holdsWord({ initials, names, words }: NamedText, word: string, isFirst: boolean): boolean {
  const isNamed = names.some((name) =>
    name.words.some((own) => isSameWord(own, word) || isShortened(word, own)),
  );
  return (
    isNamed ||
    (isFirst && words.has(word)) ||
    (word.length > 1 && initials.has(word)) ||
    (isRare(word) && words.has(word))
  );
}

/** "Murali" for Muralitharan. */
function isShortened(short: string, long: string): boolean {
  return short.length >= 5 && long.startsWith(short);
}

/** A word with a sign or digits in it is no common word, however it is written. */
function isRare(word: string): boolean {
  return /\d/.test(word);
}

/** The same but for a hyphen's halves and an ending: India, Indian, Indians. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && long.startsWith(short) && ENDINGS.test(long.slice(short.length));
}

/** The surname stands there with these first names, with their initials, or alone. */
function isPerson(last: string, given: string[], texts: NamedText[]): boolean {
  const bearers = texts.flatMap(({ names }) =>
    names.filter(({ words }) => words.at(-1) === last || words.includes(last)),
  );
  if (bearers.length === 0) {
    return isCalledByGiven(given, texts);
  }
  const full = bearers.filter(({ words }) => words.length > 1);
  const isWhole = ({ words }: NameSpan) =>
    given.every((name) => KINDS.test(name) || words.some((word) => word !== last && isSameGiven(word, name)));
  if (full.some(isWhole)) {
    return true;
  }
  const isElsewhere = texts.some(({ names }) =>
    names.some(
      ({ words }) => words.length > 1 && !words.includes(last) && given.some((name) => words.includes(name)),
    ),
  );
  return full.length === 0 && !isElsewhere;
}

/** "Suryakumar" alone for Suryakumar Yadav: a first name that is long enough, and nobody else's in the texts. */
function isCalledByGiven(given: string[], texts: NamedText[]): boolean {
  const [first = ''] = given;
  const same = texts.flatMap(({ names }) => names.filter(({ words }) => words.includes(first)));
  return first.length >= LONG_GIVEN && same.length > 0 && same.every(({ words }) => words.length === 1);
}

const LONG_GIVEN = 5;

/** The same first name, or one is short for the other: "Mitch", "M", "KL". */
function isSameGiven(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short.length <= 2 ? short.slice(0, 1) : short);
}

/** What tells a name from others of its kind. */
export function tellingWords(words: string[]): string[] {
  return words.filter((word) => word !== 'the' && !KINDS.test(word));
}

/** "Perth Stadium" where the source says "in Perth": all that tells it from others stands there. */
function isThing({ groups, words }: NameSpan, texts: NamedText[]): boolean {
  return texts.some((text) => {
    const isThere = words.every(
      (word) => KINDS.test(word) || text.words.has(word) || text.initials.has(word),
    );
    const telling = tellingWords(words);
    const rivals = text.names.filter((name) => name.words.some((word) => telling.includes(word)));
    const isSame = rivals.some((name) => telling.every((word) => name.words.includes(word)));
    return (
      isThere &&
      (isSame || (telling.length > 0 ? rivals.every((name) => name.words.length === 1) : groups.length === 0))
    );
  });
}
