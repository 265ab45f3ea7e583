// Local dates and the moments at which they are due. A local time that a zone skips moves forward by the gap, one that it
// repeats is taken the first time ("compatible", RFC 5545 section 3.3.5), and a date that a zone left out has no moment.
import { Temporal } from 'temporal-polyfill';
import type { Schedule } from './subscription.js';

export interface Due {
  /** "2023-12-19", by the calendar of the zone. */
  localDate: string;
  /** ISO 8601, UTC. */
  dueAt: string;
}

/** Weekdays come back within a week; a left out date costs one more. */
const MOST_DAYS = 15;

/** The first date whose moment is later than `after`. Error: a RangeError when the zone is not known. */
export function nextDue(schedule: Schedule, after: Date): Due {
  // A moment may lie on the day after its date (a gap at midnight).
  const today = Temporal.Instant.fromEpochMilliseconds(after.getTime())
    .toZonedDateTimeISO(schedule.zone)
    .toPlainDate();
  return search(schedule, today.subtract({ days: 1 }), ({ dueAt }) => dueAt > after.toISOString());
}

/** The date that follows a given one. */
export function dueAfter(schedule: Schedule, localDate: string): Due {
  return search(schedule, Temporal.PlainDate.from(localDate).add({ days: 1 }), () => true);
}

function search(schedule: Schedule, from: Temporal.PlainDate, fits: (due: Due) => boolean): Due {
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const date = from.add({ days });
    const due = schedule.days.includes(date.dayOfWeek) ? dueOn(schedule, date) : undefined;
    if (due && fits(due)) {
      return due;
    }
  }
  throw new RangeError('no weekday is chosen');
}

/** Undefined = the zone left that date out, as Samoa did with 30 December 2011. */
function dueOn({ time, zone }: Schedule, date: Temporal.PlainDate): Due | undefined {
  const moment = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const at = moment(date);
  return at === moment(date.add({ days: 1 }))
    ? undefined
    : { localDate: date.toString(), dueAt: new Date(at).toISOString() };
}
