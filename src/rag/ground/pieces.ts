// The pieces of a sentence in which news tells one thing: what stands between commas and joints. A figure, a day or
// a place belongs to the words of its own piece: "the title in 2022, and the final in 2023".
import { isStopWord } from '../understand/terms.js';
import type { NameSpan } from './names.js';
import { readNumber } from './number-words.js';
import { synonymOf } from './synonyms.js';
import { bare, type Token } from './tokens.js';

/** Tokens from `start` up to `next`. */
export interface Span {
  start: number;
  next: number;
}

/** A text with its names, as far as its pieces need them. */
export interface Pieced {
  tokens: Token[];
  names: NameSpan[];
}

const JOINTS =
  /^(?:[,;()]|and|but|while|whereas|as|after|before|when|until|though|although|which|who|whose|where|because|then|so)$/;

/** Names that lie in a span; those of a text stand in its order, so that long texts cost little. */
export function namesIn(names: NameSpan[], { next, start }: Span): NameSpan[] {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle]?.start ?? 0) < start) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const inside: NameSpan[] = [];
  for (let i = low; i < names.length && (names[i]?.start ?? 0) < next; i += 1) {
    const name = names[i];
    if (name && name.next <= next) {
      inside.push(name);
    }
  }
  return inside;
}

/** The sentence that a token stands in. */
export function sentenceAt(tokens: Token[], at: number): Span {
  return around(at, tokens.length, (i) => beginsSentence(tokens, i));
}

/** All sentences in order. */
export function sentencesIn(tokens: Token[]): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < tokens.length; ) {
    const span = sentenceAt(tokens, start);
    spans.push(span);
    start = span.next;
  }
  return spans;
}

/**
 * The piece that a span stands in. After a comma one that holds no more than the span itself leans on the piece
 * before it, and so does "who was …".
 */
export function pieceAt(text: Pieced, inner: Span): Span {
  const { tokens } = text;
  const whole = sentenceAt(tokens, inner.start);
  const isBorder = (i: number) => i <= whole.start || isJoint(tokens, i);
  let { next, start } = around(inner.start, whole.next, isBorder);
  next = Math.max(next, inner.next);
  const leans = () =>
    RELATIVE.test(tokens[start]?.lower ?? '') ||
    (/^[,(]$/.test(tokens[start]?.text ?? '') && telling(text, { start, next }, inner).size === 0);
  while (start > whole.start && leans()) {
    start = around(start - 1, whole.next, isBorder).start;
  }
  return { start, next };
}

const RELATIVE = /^(?:who|which|whose|where)$/;

/** What nearly every piece of a report tells of. */
const FORMAT =
  /^(?:tests?|test match(?:es)?|odis?|t20s?|t20is?|one - day internationals?|t20 internationals?)$/;

/** What each token of a span tells of, made comparable: stems, known names whatever they are called, figures. */
export function tellingAt({ names, tokens }: Pieced, { next, start }: Span): string[][] {
  const keys = tokens.slice(start, next).map((token) => (isTelling(token) ? [keyOf(token)] : []));
  const inside = names.filter((name) => name.start >= start && name.next <= next);
  for (const name of inside.filter(({ words }) => !FORMAT.test(words.join(' ')))) {
    keys.fill([], name.start - start, name.next - start);
    keys[name.start - start] = keysOf(name);
  }
  return keys;
}

/** What a span tells of; `except` is left out. */
export function telling(text: Pieced, span: Span, except?: Span): Set<string> {
  const isLeftOut = (at: number) => except !== undefined && at >= except.start && at < except.next;
  return new Set(tellingAt(text, span).flatMap((keys, i) => (isLeftOut(span.start + i) ? [] : keys)));
}

/** A known name whatever it is called, another by each of its words. */
export function keysOf({ groups, kind, words }: NameSpan): string[] {
  return groups.length > 0 && kind !== 'person' ? groups.map((group) => `#${group}`) : words;
}

/** The stem of a word, or the word that news uses for the same. */
export function keyOf(token: Token): string {
  const { isNumber, lower, text } = token;
  const word = bare(lower);
  if (isNumber) {
    return text;
  }
  const figure = readNumber([token], 0)?.value;
  return figure !== undefined ? String(figure) : synonymOf(word);
}

/** Verbs that go with anything. */
const IDLE =
  /^(?:is|are|was|were|be|been|being|has|have|had|made|makes?|making|took|takes?|taken|taking|got|gets?|went|goes?|going|gone|came|comes?|coming|put|set|gave|gives?|given|played|plays?|playing|scored?|scores|scoring|hit|reached|reaches|reach|said|says?|told|among|amid|according|saw|seen|would|could|also|another|match|matches|game|games|test|tests|odis?|t20s?|internationals?|day|left|still|later|earlier|now|then|just|only|both|each)$/;

function isTelling({ isNumber, isWord, lower }: Token): boolean {
  const word = bare(lower);
  return isNumber || (isWord && word.length > 1 && !isStopWord(word) && !IDLE.test(word));
}

function isJoint(tokens: Token[], i: number): boolean {
  const token = tokens[i];
  return token !== undefined && (JOINTS.test(token.lower) || (token.text === '-' && !token.isGlued));
}

function beginsSentence(tokens: Token[], i: number): boolean {
  const token = tokens[i];
  const isAfterStop = /^[.!?]$/.test(tokens[i - 1]?.text ?? '');
  return i === 0 || (isAfterStop && (token?.isFirst || (token?.isNumber && !token.isGlued)) === true);
}

/** The run around `at` that begins at a border and ends before the next one. */
function around(at: number, end: number, isBorder: (i: number) => boolean): Span {
  let start = at;
  while (start > 0 && !isBorder(start)) {
    start -= 1;
  }
  let next = at + 1;
  while (next < end && !isBorder(next)) {
    next += 1;
  }
  return { start, next };
}
