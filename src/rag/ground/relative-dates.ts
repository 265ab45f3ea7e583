// Days that are told from another one, or by a name.
import type { DateFact } from './facts.js';
import { readNumber } from './number-words.js';
import type { Token } from './tokens.js';

const OFFSETS: Record<string, number> = { today: 0, tonight: 0, yesterday: -1, tomorrow: 1 };

const FEASTS: [RegExp, { day: number; month: number }][] = [
  [/^boxing day$/, { day: 26, month: 12 }],
  [/^christmas day$/, { day: 25, month: 12 }],
  [/^christmas eve$/, { day: 24, month: 12 }],
  [/^new year's day$/, { day: 1, month: 1 }],
  [/^new year's eve$/, { day: 31, month: 12 }],
];

/** Days that are known by a name. */
export function feastAt(tokens: Token[], at: number): DateFact | undefined {
  for (const length of [2, 3]) {
    const words = tokens.slice(at, at + length).map(({ lower }) => lower);
    const date = FEASTS.find(([pattern]) => pattern.test(words.join(' ')))?.[1];
    if (date) {
      return { ...date, start: at, next: at + length };
    }
  }
  return undefined;
}

/** "yesterday", "last night", "this morning", "last year", "a year ago", "three days ago". */
export function relativeAt(tokens: Token[], at: number): DateFact | undefined {
  const [word, next] = [tokens[at]?.lower.replace(/'s$/, '') ?? '', tokens[at + 1]?.lower ?? ''];
  const offset = Object.hasOwn(OFFSETS, word) ? OFFSETS[word] : undefined;
  if (offset !== undefined) {
    return { offset, start: at, next: at + 1 };
  }
  if (word === 'last' && /^(?:night|evening)$/.test(next)) {
    return { offset: -1, start: at, next: at + 2 };
  }
  if (word === 'this' && /^(?:morning|afternoon|evening)$/.test(next)) {
    return { offset: 0, start: at, next: at + 2 };
  }
  const yearOffset = { last: -1, this: 0, next: 1 }[word];
  if (yearOffset !== undefined && /^(?:year|season|summer|winter)(?:'s)?$/.test(next)) {
    return { yearOffset, start: at, next: at + 2 };
  }
  const read = /^an?$/.test(word) ? { value: 1, next: at + 1 } : readNumber(tokens, at);
  const unit = tokens[read?.next ?? -1]?.lower.replace(/s$/, '');
  const past = tokens[(read?.next ?? 0) + 1]?.lower ?? '';
  const days = { day: 1, week: 7 }[unit ?? ''];
  const isYear = unit === 'year' && /^(?:ago|earlier|before)$/.test(past);
  if (!read || !/^(?:ago|earlier|before|later|after)$/.test(past) || (!days && !isYear)) {
    return undefined;
  }
  const place = { start: at, next: read.next + 2 };
  if (!days) {
    return { yearOffset: -read.value, ...place };
  }
  // "Two days before" counts from what is told, not from the day of writing.
  return past === 'ago' ? { offset: -days * read.value, ...place } : { gap: days * read.value, ...place };
}
