// The days and hours of a text as claims: "19 December", "Dec 19th", "2023-12-19", "Tuesday", "yesterday",
// "1.30 pm".
import type { DateFact } from './facts.js';
import { hourAt } from './hours.js';
import { readNumber } from './number-words.js';
import { feastAt, relativeAt } from './relative-dates.js';
import type { Token } from './tokens.js';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const LONG_MONTHS =
  'january february march april may june july august september october november december sept'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const SHORT_WEEKDAYS = new Map(
  'sun mon tue tues wed thu thur thurs fri sat'.split(' ').map((word) => [word, word.slice(0, 3)]),
);

/** Facts in the order of the text, each with the tokens that it takes. */
export function datesOf(tokens: Token[]): DateFact[] {
  const facts: DateFact[] = [];
  for (let at = 0; at < tokens.length; ) {
    const fact = dateAt(tokens, at);
    if (fact) {
      facts.push(fact, ...othersOf(tokens, fact));
    }
    at = fact ? fact.next : at + 1;
  }
  return facts;
}

/** "19 and 21 December", "December 19-21": the other day of the same month. */
function othersOf(tokens: Token[], fact: DateFact): DateFact[] {
  if (fact.day === undefined || fact.month === undefined) {
    return [];
  }
  const isJoint = (at: number) => /^(?:and|or|to|-)$/.test(tokens[at]?.lower ?? '');
  const places = [
    ...(isJoint(fact.start - 1) ? [fact.start - 2] : []),
    ...(isJoint(fact.next) ? [fact.next + 1] : []),
  ];
  return places.flatMap((start) => {
    const day = Number(tokens[start]?.text);
    const isDay = Number.isInteger(day) && day >= 1 && day <= 31 && !monthOf(tokens[start + 1]);
    return isDay ? [{ day, month: fact.month, year: fact.year, start, next: start + 1 }] : [];
  });
}

function dateAt(tokens: Token[], at: number): DateFact | undefined {
  return (
    isoAt(tokens, at) ??
    dayMonthAt(tokens, at) ??
    monthAt(tokens, at) ??
    feastAt(tokens, at) ??
    weekdayAt(tokens, at) ??
    relativeAt(tokens, at) ??
    hourAt(tokens, at) ??
    dayAt(tokens, at) ??
    yearAt(tokens, at)
  );
}

/** 19/12 as a day and a month, the day first where both may be; [] = it is no day. */
export function daysIn(one: number, other: number): { day: number; month: number }[] {
  const readings = [
    { day: one, month: other },
    { day: other, month: one },
  ];
  return readings.filter(({ day, month }) => day >= 1 && day <= 31 && month >= 1 && month <= 12);
}

/** 2023-12-19, 19/12/2023, 19/12/23, 12/19/2023. */
function isoAt(tokens: Token[], at: number): DateFact | undefined {
  const parts = [0, 2, 4].map((i) => tokens[at + i]);
  const signs = [1, 3].map((i) => tokens[at + i]?.text);
  const isGlued = tokens.slice(at + 1, at + 5).every((token) => token.isGlued);
  if (
    !isGlued ||
    !parts.every((part) => part?.isNumber) ||
    signs[0] !== signs[1] ||
    !/^[-/]$/.test(signs[0] ?? '')
  ) {
    return undefined;
  }
  const [a = 0, b = 0, c = 0] = parts.map((part) => Number(part?.text));
  if (isYear(a) && b >= 1 && b <= 12) {
    return { year: a, month: b, day: c, start: at, next: at + 5 };
  }
  const year = c < 100 && signs[0] === '/' ? 2000 + c : c;
  const reading = isYear(year) && daysIn(a, b)[0];
  return reading ? { ...reading, year, start: at, next: at + 5 } : undefined;
}

/** "19 December 2023", "the 19th of December"; "Tuesday, 19 December" is read with its weekday. */
function dayMonthAt(tokens: Token[], at: number): DateFact | undefined {
  const read = tokens[at]?.isNumber || tokens[at]?.isWord ? readNumber(tokens, at) : undefined;
  if (!read || read.value < 1 || read.value > 31 || !Number.isInteger(read.value)) {
    return undefined;
  }
  const isTied = tokens[read.next]?.text === '-' && tokens[read.next]?.isGlued;
  const place = tokens[read.next]?.lower === 'of' || isTied ? read.next + 1 : read.next;
  const month = monthOf(tokens[place]);
  if (!month || (read.isSpelt && !read.isOrdinal)) {
    return undefined;
  }
  const { next, year } = yearAfter(tokens, place + 1);
  return { day: read.value, month, year, start: at, next };
}

/** "December 19", "Dec. 19th, 2023", "December 2023", "December". */
function monthAt(tokens: Token[], at: number): DateFact | undefined {
  const month = monthOf(tokens[at]);
  if (!month) {
    return undefined;
  }
  const after = tokens[at + 1]?.text === '.' && tokens[at + 1]?.isGlued ? at + 2 : at + 1;
  const read = tokens[after]?.isNumber ? readNumber(tokens, after) : undefined;
  if (read && read.value >= 1 && read.value <= 31 && Number.isInteger(read.value)) {
    const { next, year } = yearAfter(tokens, read.next);
    return { day: read.value, month, year, start: at, next };
  }
  const { next, year } = yearAfter(tokens, after);
  return { month, year, start: at, next: year ? next : at + 1 };
}

function yearAfter(tokens: Token[], at: number): { year?: number; next: number } {
  const place = tokens[at]?.text === ',' || tokens[at]?.text === '.' ? at + 1 : at;
  const year = Number(tokens[place]?.text);
  const isRange = /^[-/]$/.test(tokens[place + 1]?.text ?? '') && tokens[place + 1]?.isGlued;
  return isYear(year) && !isRange ? { year, next: place + 1 } : { next: at };
}

/** "On the 19th": a day without its month, where nothing is counted. */
function dayAt(tokens: Token[], at: number): DateFact | undefined {
  const read = tokens[at]?.isNumber ? readNumber(tokens, at) : undefined;
  const [before, joint] = [tokens[at - 1]?.lower, tokens[at - 2]?.lower ?? ''];
  const isDay = read?.isOrdinal && read.value <= 31 && before === 'the';
  const isMeant = /^(?:on|by|from|until|till|since|between|and)$/.test(joint);
  const after = tokens[read?.next ?? -1];
  const isFree = !after?.isWord || AFTER_DAY.test(after.lower);
  return read && isDay && isMeant && isFree ? { day: read.value, start: at, next: read.next } : undefined;
}

const AFTER_DAY =
  /^(?:and|or|at|in|of|to|until|when|which|where|while|as|after|before|with|against|is|was|will|are|were|he|she|they|it)$/;

function weekdayAt(tokens: Token[], at: number): DateFact | undefined {
  const token = tokens[at];
  const word = token?.lower.replace(/'s$/, '') ?? '';
  const short = SHORT_WEEKDAYS.get(word);
  const weekday = WEEKDAYS.findIndex(
    (day) => day === word || (token?.isCapital && day.slice(0, 3) === short),
  );
  return weekday >= 0 && token?.isCapital ? { weekday, start: at, next: at + 1 } : undefined;
}

/** A year alone; what it counts ("2000 runs") makes it a number. */
function yearAt(tokens: Token[], at: number): DateFact | undefined {
  const year = Number(tokens[at]?.text);
  const after = tokens[at + 1];
  const isPart =
    (/^[-/]$/.test(after?.text ?? '') && after?.isGlued) || /^[$£€₹]$/.test(tokens[at - 1]?.text ?? '');
  const isCounted =
    /^(?:runs?|wickets?|balls?|fans|people|spectators|players|crore|lakh|million|overs?)$/.test(
      after?.lower ?? '',
    );
  return isYear(year) && tokens[at]?.isNumber && !isPart && !isCounted
    ? { year, start: at, next: at + 1 }
    : undefined;
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1800 && value <= 2100;
}

function monthOf(token: Token | undefined): number | undefined {
  if (!token?.isCapital) {
    return undefined;
  }
  const long = LONG_MONTHS.indexOf(token.lower.replace(/'s$/, ''));
  const month = long === 12 ? 8 : long;
  const short = MONTHS.indexOf(token.lower);
  return month >= 0 ? month + 1 : short >= 0 ? short + 1 : undefined;
}
