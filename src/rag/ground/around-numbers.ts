// What the words around a number say of it: that it is a margin, that it is rounded, that it is a length.
import type { NumberFact } from './facts.js';
import type { ReadNumber } from './number-words.js';
import type { Token } from './tokens.js';

const MARGIN_AFTER =
  /^(?:wins?|victor(?:y|ies)|defeats?|loss|margin|triumph|thrashing|success|beating|hammering|rout|drubbing|thumping|result)$/;

/** Whether it is what a match was won by; undefined = it may be: "six runs short", "with six wickets in hand". */
export function marginAt(tokens: Token[], at: number, afterUnit = -1): boolean | undefined {
  const from = afterUnit > 0 ? afterUnit : at + 1;
  const after = tokens.slice(from, from + 2).map(({ lower }) => lower);
  if (/^(?:short|adrift|in hand|to spare|remaining)\b/.test(after.join(' '))) {
    return undefined;
  }
  return (
    wordBefore(tokens, at) === 'by' ||
    tokens.slice(Math.max(0, at - 3), at).some(({ lower }) => lower === 'margin') ||
    MARGIN_AFTER.test(tokens[afterUnit]?.lower ?? '')
  );
}

const HEDGES: [NonNullable<NumberFact['hedge']>, RegExp][] = [
  ['under', /\b(?:nearly|almost|just under|just short of|close to|not quite|up to)$/],
  ['over', /\b(?:more than|over|just over|upwards of|in excess of|at least)$/],
  ['about', /\b(?:about|around|some|roughly|approximately)$/],
];

/** Said before a number that was rounded. */
export function hedgeAt(tokens: Token[], at: number): NumberFact['hedge'] {
  const words = tokens.slice(Math.max(0, at - 4), at).filter(({ isWord }) => isWord);
  const before = words
    .map(({ lower }) => lower)
    .join(' ')
    .replace(/ (?:rs|inr)$/, '');
  return HEDGES.find(([, pattern]) => pattern.test(before))?.[0];
}

/** "1.96m tall" is no money. */
export function isLength(tokens: Token[], at: number, { next }: ReadNumber): boolean {
  const isMoney = /^(?:[$£€₹]|rs)$/.test(tokens[at - 1]?.lower ?? '');
  return !isMoney && /^(?:tall|high|long|wide|deep|away|from|out)$/.test(tokens[next + 1]?.lower ?? '');
}

/** The word before a number, "just" and the like left out. */
export function wordBefore(tokens: Token[], at: number): string {
  if (tokens[at - 1]?.text === '.') {
    return tokens[at - 2]?.lower ?? '';
  }
  const word = tokens[at - 1]?.lower ?? '';
  return /^(?:just|only|exactly|an|a)$/.test(word) ? (tokens[at - 2]?.lower ?? '') : word;
}
