// Scores, figures and seasons: two numbers that are one claim. "5/43", "5-43", "five for 43", "five wickets for
// 43 runs", "254 for the loss of eight", "50 without loss", "four matches to one", "2023-24".
import type { NumberFact } from './facts.js';
import { type ReadNumber, readNumber } from './number-words.js';
import type { Token } from './tokens.js';
import { currencyOf, scaleOf, unitAt } from './units.js';

/** The score whose first number `read` is; undefined = it is a number of its own. */
export function readScore(tokens: Token[], at: number, read: ReadNumber): NumberFact | undefined {
  if (read.isOrdinal) {
    return undefined;
  }
  return pairedBySign(tokens, at, read) ?? pairedByWord(tokens, at, read);
}

function pairedBySign(tokens: Token[], at: number, read: ReadNumber): NumberFact | undefined {
  const [sign, number, after] = [tokens[read.next], tokens[read.next + 1], tokens[read.next + 2]];
  const isPair = /^[-/]$/.test(sign?.text ?? '') && sign?.isGlued && number?.isNumber && number.isGlued;
  if (!isPair || tokens[at]?.isWord) {
    return undefined;
  }
  const [value, second, next] = [read.value, Number(number.text), read.next + 2];
  if (value >= 1900 && value <= 2100) {
    const end = second < 100 ? Math.floor(value / 100) * 100 + second : second;
    return { kind: 'season', value, second: end, start: at, next };
  }
  // "10-2-43-5": the last two are the figures, the first is a count.
  return after?.text === '-' && after.isGlued && tokens[read.next + 3]?.isNumber
    ? undefined
    : { kind: 'score', value, second, start: at, next };
}

function pairedByWord(tokens: Token[], at: number, read: ReadNumber): NumberFact | undefined {
  const unit = unitAt(tokens, read.next);
  const isCounted = unit && /^(?:wicket|run|match|set|goal)$/.test(unit.unit);
  // "Four more wickets for 500" are on the way to it.
  const counted = unit ? tokens.slice(read.next, unit.next) : [];
  if (counted.some(({ lower }) => /^(?:more|further|another)$/.test(lower))) {
    return undefined;
  }
  for (const next of isCounted ? [unit.next, read.next] : [read.next]) {
    const after = tokens[next]?.lower ?? '';
    const isLossless =
      (after === 'without' && tokens[next + 1]?.lower === 'loss') ||
      (after === 'for' && /^(?:no|none)$/.test(tokens[next + 1]?.lower ?? ''));
    if (isLossless) {
      return { kind: 'score', value: read.value, second: 0, start: at, next: next + 2 };
    }
    const joint = jointAt(tokens, next);
    const second = joint === undefined ? undefined : readNumber(tokens, joint);
    if (joint !== undefined && second && isPlain(tokens, joint, second)) {
      return { kind: 'score', value: read.value, second: second.value, start: at, next: second.next };
    }
  }
  return undefined;
}

/** Index after "for", "for the loss of", or "to" between counted things. */
function jointAt(tokens: Token[], at: number): number | undefined {
  if (tokens[at]?.lower === 'to' && tokens[at - 1]?.isWord) {
    return at + 1;
  }
  if (tokens[at]?.lower !== 'for') {
    return undefined;
  }
  const isLoss = tokens[at + 1]?.lower === 'the' && tokens[at + 2]?.lower === 'loss';
  return isLoss ? at + 4 : at + 1;
}

/** No money, no year, nothing that counts hours or players. */
function isPlain(tokens: Token[], at: number, read: ReadNumber): boolean {
  const unit = unitAt(tokens, read.next)?.unit;
  const isMoney = scaleOf(tokens[read.next]) ?? currencyOf(tokens[read.next]) ?? currencyOf(tokens[at]);
  return !read.isOrdinal && !isMoney && read.value < 1900 && (!unit || /^(?:wicket|run)$/.test(unit));
}
