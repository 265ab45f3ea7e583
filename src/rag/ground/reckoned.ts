// What follows from what a source says by a plain sum: "one run short of a hundred" is 99, and who has not won "for 28
// years" in 2023 has not won since 1995.
import type { ReadText } from './check.js';
import type { DateFact, NumberFact } from './facts.js';
import { sentenceAt } from './pieces.js';

const ROUND: Record<string, number> = {
  hundred: 100,
  century: 100,
  ton: 100,
  fifty: 50,
  'half - century': 50,
};
/** Tokens after "short" or before the figure among which the round number stands. */
const NEAR = 6;

/** The text with the facts that follow from its own; `writtenAt` absent = no year follows. */
export function withReckoned(text: ReadText, writtenAt: Date | undefined): ReadText {
  const numbers = [...text.numbers, ...text.numbers.flatMap((fact) => shortOf(text, fact) ?? [])];
  const beside = text.dates.flatMap((date) => besideOf(text, date, writtenAt));
  const year = writtenAt?.getUTCFullYear();
  if (year === undefined) {
    return { ...text, numbers, dates: [...text.dates, ...beside] };
  }
  const since = text.numbers.flatMap((fact): DateFact[] => {
    const isSpan = fact.unit === 'year' && text.tokens[fact.start - 1]?.lower === 'for';
    return isSpan ? [{ year: year - fact.value, start: fact.start, next: fact.next }] : [];
  });
  const spans = text.dates.flatMap((date): NumberFact[] => {
    const isSince = date.year !== undefined && text.tokens[date.start - 1]?.lower === 'since';
    const { next, start } = date;
    return isSince ? [{ kind: 'count', value: year - (date.year ?? year), unit: 'year', start, next }] : [];
  });
  return { ...text, numbers: [...numbers, ...spans], dates: [...text.dates, ...since, ...beside] };
}

const DAY = 86_400_000;
const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six'];

const BESIDE: [number, RegExp][] = [
  [1, /^(?:the|a) day (?:after|later)\b|^(?:next|following) day\b/],
  [-1, /^(?:the|a) day (?:before|earlier)\b|^previous day\b|^on the eve\b/],
];

/** "From 4 September … and Ireland meet Germany the day after": the days beside one that is named just before. */
function besideOf({ tokens }: ReadText, date: DateFact, writtenAt = new Date(0)): DateFact[] {
  const { day, month, next, start, weekday, year } = date;
  const own = sentenceAt(tokens, start);
  const until = own.next < tokens.length ? sentenceAt(tokens, own.next).next : own.next;
  const places = Array.from({ length: Math.max(0, until - next) }, (_, i) => next + i);
  return places.flatMap((at): DateFact[] => {
    const words = tokens
      .slice(at, at + PHRASE)
      .map(({ lower }) => lower)
      .join(' ');
    const offset = offsetOf(words);
    if (offset === 0) {
      return [];
    }
    const place = { start: at, next: at + PHRASE };
    if (day === undefined || month === undefined) {
      return [{ ...place, ...movedWeekday(weekday, offset, writtenAt) }];
    }
    const moved = new Date(Date.UTC(year ?? writtenAt.getUTCFullYear(), month - 1, day + offset));
    return [{ ...place, day: moved.getUTCDate(), month: moved.getUTCMonth() + 1, year }];
  });
}

/** Tokens of "two days before" and the like. */
const PHRASE = 3;

/** Days that the words move by; 0 = they begin with nothing of the kind. */
function offsetOf(words: string): number {
  const apart = /^(two|three|four|five|six) days (before|earlier|after|later)\b/.exec(words);
  const days = SMALL.indexOf(apart?.[1] ?? '') * (/^[be]/.test(apart?.[2] ?? '') ? -1 : 1);
  return apart ? days : (BESIDE.find(([, pattern]) => pattern.test(words))?.[0] ?? 0);
}

/** A weekday beside one that is named, with its day where that is the last before the report was written. */
function movedWeekday(weekday: number | undefined, offset: number, writtenAt: Date): Partial<DateFact> {
  if (weekday === undefined) {
    return {};
  }
  const moved = { weekday: (weekday + offset + 14) % 7 };
  if (offset > 0 || writtenAt.getTime() === 0) {
    return moved;
  }
  const back = (writtenAt.getUTCDay() - weekday + 7) % 7;
  const day = new Date(writtenAt.getTime() + (offset - back) * DAY);
  return { ...moved, day: day.getUTCDate(), month: day.getUTCMonth() + 1 };
}

/** "Ten runs short of a hundred", "missed her half-century by one run". */
function shortOf({ tokens }: ReadText, fact: NumberFact): NumberFact | undefined {
  if (fact.kind !== 'count' || fact.unit !== 'run') {
    return undefined;
  }
  const words = (from: number, to: number) =>
    tokens
      .slice(Math.max(0, from), to)
      .map(({ lower }) => lower)
      .join(' ');
  const round = '(half - century|hundred|century|ton|fifty)';
  const after = new RegExp(`^runs? (?:short|shy) of (?:\\w+ )?${round}`).exec(
    words(fact.next, fact.next + NEAR + 2),
  );
  const before = new RegExp(`missed (?:\\w+ ){1,3}${round} by(?: just)?$`).exec(
    words(fact.start - NEAR - 2, fact.start),
  );
  const whole = ROUND[after?.[1] ?? before?.[1] ?? ''];
  return whole === undefined ? undefined : { ...fact, value: whole - fact.value, isMargin: false };
}
