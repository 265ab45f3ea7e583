// Numbers in words, as news writes them: "twenty-three", "a hundred and five", "two and a half", "fifth".
import type { Token } from './tokens.js';

const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SMALL_ORDINALS = (
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth ' +
  'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'
).split(' ');
const TEN_ORDINALS =
  'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth'.split(' ');

const CARDINALS = new Map([
  ...SMALL.map((word, i) => [word, i] as const),
  ...TENS.map((word, i) => [word, 20 + 10 * i] as const),
  ['nil', 0] as const,
  ['nought', 0] as const,
  ['duck', 0] as const,
  ['dozen', 12] as const,
]);
const ORDINALS = new Map([
  ...SMALL_ORDINALS.map((word, i) => [word, i] as const),
  ...TEN_ORDINALS.map((word, i) => [word, 20 + 10 * i] as const),
]);

export interface ReadNumber {
  value: number;
  isOrdinal: boolean;
  /** Written in letters. */
  isSpelt: boolean;
  /** Index of the first token after it. */
  next: number;
}

/** The number that begins at token `at`; undefined = none does. Scales such as million are left to the caller. */
export function readNumber(tokens: Token[], at: number): ReadNumber | undefined {
  const token = tokens[at];
  if (token?.isNumber) {
    const suffix = tokens[at + 1];
    const isOrdinal = suffix?.isGlued === true && /^(?:st|nd|rd|th)$/.test(suffix.lower);
    return { value: Number(token.text), isOrdinal, isSpelt: false, next: at + (isOrdinal ? 2 : 1) };
  }
  return token?.isWord ? readSpelt(tokens, at) : undefined;
}

function readSpelt(tokens: Token[], at: number): ReadNumber | undefined {
  let next = at;
  let value = 0;
  const first = tokens[at]?.lower ?? '';
  const ordinal = ORDINALS.get(first);
  if (ordinal !== undefined) {
    return { value: ordinal, isOrdinal: true, isSpelt: true, next: at + 1 };
  }
  const isArticle = /^an?$/.test(first) && /^(?:hundred|dozen)$/.test(tokens[at + 1]?.lower ?? '');
  const small = isArticle ? 1 : (CARDINALS.get(first) ?? (first === 'hundred' ? 1 : undefined));
  if (small === undefined) {
    return undefined;
  }
  next = first === 'hundred' ? at : at + 1;
  value = small;
  if (tokens[next]?.lower === 'dozen') {
    return { value: 12 * small, isOrdinal: false, isSpelt: true, next: next + 1 };
  }
  if (small >= 20 && small % 10 === 0) {
    const unit = tokens[next]?.text === '-' ? next + 1 : next;
    const digit = CARDINALS.get(tokens[unit]?.lower ?? '');
    const last = ORDINALS.get(tokens[unit]?.lower ?? '');
    if (last !== undefined && last < 10) {
      return { value: small + last, isOrdinal: true, isSpelt: true, next: unit + 1 };
    }
    if (digit !== undefined && digit > 0 && digit < 10) {
      value += digit;
      next = unit + 1;
    }
  }
  if (tokens[next]?.lower === 'hundred') {
    value *= 100;
    next += 1;
    const rest = tokens[next]?.lower === 'and' ? readSpelt(tokens, next + 1) : undefined;
    if (rest && rest.value < 100) {
      return { ...rest, value: value + rest.value };
    }
  }
  return { value, isOrdinal: false, isSpelt: true, next };
}
