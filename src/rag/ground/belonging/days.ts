// Days compared, however they are told: "Sunday" in a report of Monday, 11 December is 10 December.
import type { DateFact } from '../facts.js';
import { nearestYear } from '../match-dates.js';

const DAY = 86_400_000;
const PARTS = ['weekday', 'day', 'month', 'year', 'yearOffset'] as const;

/** Whether both may be one day, month or year: what both say is the same, and there is something that both say. */
export function isSameDay(fact: DateFact, claim: DateFact): boolean {
  const [days, others] = [fact.days, claim.days];
  if (isDay(fact) && isDay(claim) && (days?.length || others?.length)) {
    return (days ?? [fact]).some((one) => (others ?? [claim]).some((other) => isAlike(one, other)));
  }
  return isAlike(fact, claim);
}

/** Whether both tell when, and not the same. */
export function isOtherDay(fact: DateFact, claim: DateFact): boolean {
  const isComparable =
    (isDay(fact) && isDay(claim)) ||
    PARTS.some((part) => fact[part] !== undefined && claim[part] !== undefined);
  return isComparable && !isSameDay(fact, claim);
}

function isDay({ day, offset, weekday }: DateFact): boolean {
  return (day ?? weekday ?? offset) !== undefined;
}

type Parts = Partial<Record<(typeof PARTS)[number], number | undefined>>;

function isAlike(one: Parts, other: Parts): boolean {
  return (
    PARTS.some((part) => one[part] !== undefined && one[part] === other[part]) &&
    PARTS.every((part) => one[part] === undefined || other[part] === undefined || one[part] === other[part])
  );
}

/** The days that a weekday, "yesterday" or a day of a month may mean in a report of that moment. */
export function daysMeant(
  { day, month, offset, weekday, year }: DateFact,
  writtenAt: Date,
): DateFact['days'] {
  const midnight = Math.floor(writtenAt.getTime() / DAY) * DAY;
  if (offset !== undefined) {
    return [partsOf(midnight + offset * DAY)];
  }
  if (day !== undefined && month !== undefined) {
    const inYear = year ?? nearestYear(day, month, writtenAt);
    return [{ ...partsOf(Date.UTC(inYear, month - 1, day)), year }];
  }
  if (weekday === undefined) {
    return undefined;
  }
  const back = (writtenAt.getUTCDay() - weekday + 7) % 7;
  return [partsOf(midnight - back * DAY), partsOf(midnight + (7 - back) * DAY)];
}

function partsOf(time: number) {
  const date = new Date(time);
  return { day: date.getUTCDate(), month: date.getUTCMonth() + 1, weekday: date.getUTCDay() };
}
