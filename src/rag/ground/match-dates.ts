// Whether a day that a sentence names stands in what it cites. A weekday or "yesterday" in an article is told
// from the article's date, in the sentence from the moment of the answer.
import type { DateFact } from './facts.js';

const DAY = 86_400_000;

/** What a text says of time, and when it was written; absent = unknown. */
export interface DatedText {
  /** Absent = its words do not matter. */
  tokens?: { lower: string }[];
  dates: DateFact[];
  writtenAt?: Date | undefined;
}

/** Whether one of the texts bears out the claim of a sentence written at `now`. */
export function isDateBorneOut(claim: DateFact, texts: DatedText[], now: Date): boolean {
  return texts.some((text) => {
    if (claim.minutes !== undefined) {
      return text.dates.some((fact) => isSameHour(fact, claim));
    }
    if (claim.gap !== undefined) {
      return isGapBorneOut(claim.gap, text);
    }
    if (claim.weekday !== undefined) {
      return isWeekdayBorneOut(claim.weekday, text);
    }
    if (claim.offset !== undefined) {
      const day = startOfDay(now) + claim.offset * DAY;
      return (
        daysOf(text).has(day) || text.dates.some((fact) => fact.offset === claim.offset && !text.writtenAt)
      );
    }
    if (claim.yearOffset !== undefined) {
      const year = now.getUTCFullYear() + claim.yearOffset;
      const isWritten = text.writtenAt?.getUTCFullYear() === year;
      return (
        isWritten ||
        yearsOf(text).has(year) ||
        text.dates.some((fact) => fact.yearOffset === claim.yearOffset) ||
        (claim.yearOffset === -1 &&
          text.tokens?.some(({ lower }) => /^(?:last|previous)$/.test(lower)) === true)
      );
    }
    return isCalendarBorneOut(claim, text);
  });
}

function isSameHour(fact: DateFact, claim: DateFact): boolean {
  if (fact.minutes === undefined || claim.minutes === undefined) {
    return false;
  }
  const isExact = fact.isHalfKnown && claim.isHalfKnown;
  return isExact ? fact.minutes === claim.minutes : fact.minutes % 720 === claim.minutes % 720;
}

function isGapBorneOut(gap: number, text: DatedText): boolean {
  const days = daysOf(text);
  const isSaid = text.dates.some((fact) => fact.gap === gap || fact.offset === -gap);
  return isSaid || [...days].some((day) => days.has(day + gap * DAY));
}

function isWeekdayBorneOut(weekday: number, text: DatedText): boolean {
  return (
    text.dates.some((fact) => fact.weekday === weekday) ||
    [...daysOf(text)].some((day) => new Date(day).getUTCDay() === weekday)
  );
}

function isCalendarBorneOut(claim: DateFact, text: DatedText): boolean {
  const { day, month, year } = claim;
  if (day !== undefined && month !== undefined) {
    const isNamed = text.dates.some(
      (fact) => fact.day === day && fact.month === month && (!year || !fact.year || fact.year === year),
    );
    const isMeant = [...daysOf(text)].some((time) => isDay(new Date(time), day, month, year));
    // Without a year of its own an article's date lies next to the day of writing.
    return isNamed && (!year || !text.writtenAt) ? true : isMeant;
  }
  if (month !== undefined) {
    const isYearNamed = !year || yearsOf(text).has(year);
    const isNamed = text.dates.some(
      (fact) => fact.month === month && (!year || fact.year === year || (!fact.year && isYearNamed)),
    );
    return isNamed || [...daysOf(text)].some((time) => isMonth(new Date(time), month, year));
  }
  if (day !== undefined) {
    const isNamed = text.dates.some((fact) => fact.day === day);
    return isNamed || [...daysOf(text)].some((time) => new Date(time).getUTCDate() === day);
  }
  // What happened "on Tuesday" happened in the year of writing.
  const isOfNow = text.dates.every((fact) => fact.year === undefined);
  return (
    year !== undefined && (yearsOf(text).has(year) || (isOfNow && text.writtenAt?.getUTCFullYear() === year))
  );
}

function isDay(date: Date, day: number, month: number, year: number | undefined): boolean {
  return date.getUTCDate() === day && isMonth(date, month, year);
}

function isMonth(date: Date, month: number, year: number | undefined): boolean {
  return date.getUTCMonth() + 1 === month && (!year || date.getUTCFullYear() === year);
}

/** The days that the text may mean, midnight UTC; one that names none tells of the day on which it was written. */
function daysOf({ dates, writtenAt }: DatedText): Set<number> {
  const days = new Set<number>();
  for (const { day, month, offset, weekday, year } of dates) {
    if (day !== undefined && month !== undefined) {
      const inYear = year ?? (writtenAt && nearestYear(day, month, writtenAt));
      if (inYear !== undefined) {
        days.add(Date.UTC(inYear, month - 1, day));
      }
    } else if (writtenAt && offset !== undefined) {
      days.add(startOfDay(writtenAt) + offset * DAY);
    } else if (writtenAt && weekday !== undefined) {
      const back = (writtenAt.getUTCDay() - weekday + 7) % 7;
      days.add(startOfDay(writtenAt) - back * DAY);
      days.add(startOfDay(writtenAt) + (7 - back) * DAY);
    }
  }
  return days.size === 0 && writtenAt ? days.add(startOfDay(writtenAt)) : days;
}

function yearsOf(text: DatedText): Set<number> {
  const years = new Set<number>();
  const written = text.writtenAt?.getUTCFullYear();
  for (const { year, yearOffset } of text.dates) {
    if (year !== undefined) {
      years.add(year);
    }
    if (written !== undefined && yearOffset !== undefined) {
      years.add(written + yearOffset);
    }
  }
  return years;
}

/** The year in which such a day lies nearest to a moment. */
export function nearestYear(day: number, month: number, near: Date): number {
  const year = near.getUTCFullYear();
  const distance = (candidate: number) => Math.abs(Date.UTC(candidate, month - 1, day) - near.getTime());
  return [year - 1, year, year + 1].sort((a, b) => distance(a) - distance(b))[0] ?? year;
}

function startOfDay(date: Date): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}
