// Which digests are due. Each local date of each subscription gets one row: to be composed while it is within the
// catch-up window, else missed. What is ordered depends on the subscription's moment alone, never on when we looked, so
// that equal orders are equal, however late and by whomever they are found.
import { createHash } from 'node:crypto';
import type { Clock } from '../domain.js';
import { type Due, dueAfter, nextDue } from './due.js';
import type { DueSubscription, Ordered, Plan, PlanStore, Told } from './store-port.js';
import type { Schedule } from './subscription.js';

export interface PlanOptions {
  /** A digest that is later than this is missed, 0 to 12 hours: it never meets the next one's. */
  catchUpHours: number;
  /** What was told in so many days is not told again, and no window reaches further back. */
  toldDays: number;
  /** Missed dates are written so many days back. */
  keepDays: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Subscriptions planned in one transaction: it holds the event loop for some milliseconds. */
const BATCH = 50;
/** Clocks of several machines differ by so much. */
const SKEW_MS = 60_000;

/** Plans all that is due now; gives how many digests are to be composed, and how many dates were missed. */
export async function planDue(
  { clock, store }: { clock: Clock; store: PlanStore },
  options: PlanOptions,
  signal: AbortSignal,
): Promise<{ due: number; missed: number }> {
  const total = { due: 0, missed: 0 };
  const remembered = rememberDates();
  while (!signal.aborted) {
    const now = clock();
    const at = now.toISOString();
    const found = await store.due(at, new Date(now.getTime() + SKEW_MS).toISOString(), BATCH);
    if (found.length === 0) {
      break;
    }
    const since = new Date(now.getTime() - options.toldDays * DAY_MS).toISOString();
    const told = await store.told(
      found.map(({ id }) => id),
      since,
    );
    const plans = found.map((one) => planOf(one, told.get(one.id) ?? [], now, options, remembered));
    const made = await store.plan(plans, at);
    total.due += made.due;
    total.missed += made.missed;
    // The store is synchronous underneath: whoever else waits gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return total;
}

function planOf(
  subscription: DueSubscription,
  told: Told[],
  now: Date,
  { catchUpHours, keepDays, toldDays }: PlanOptions,
  { dueAfter: after, nextDue: first }: Dates,
): Plan {
  const { settings } = subscription;
  const tooLate = new Date(now.getTime() - catchUpHours * HOUR_MS);
  const oldest = new Date(now.getTime() - keepDays * DAY_MS).toISOString();
  let next = subscription.isFromAhead ? first(settings, tooLate) : subscription.next;
  if (next.dueAt < oldest) {
    next = first(settings, new Date(oldest));
  }
  const missed: Due[] = [];
  let due: Due | undefined;
  while (next.dueAt <= now.toISOString()) {
    if (next.dueAt > tooLate.toISOString()) {
      due = next;
    } else {
      missed.push(next);
    }
    next = after(settings, next.localDate);
  }
  return {
    subscription,
    missed,
    next,
    due: due && { ...due, ...orderOf(subscription, due, told, toldDays) },
  };
}

/** The same order has the same key. */
function orderOf(
  { settings }: DueSubscription,
  { dueAt }: Due,
  told: Told[],
  toldDays: number,
): { composition: string; ordered: string } {
  const ordered: Ordered = {
    following: settings.following,
    length: settings.length,
    language: settings.language,
    ...newsFor(told, dueAt, toldDays),
  };
  const text = JSON.stringify(ordered);
  return { ordered: text, composition: createHash('sha256').update(text).digest('hex').slice(0, 32) };
}

/** The window of a digest that is due then, and what its reader knows. */
export function newsFor(
  told: Told[],
  dueAt: string,
  toldDays: number,
): Pick<Ordered, 'from' | 'to' | 'told'> {
  const dayBefore = new Date(Date.parse(dueAt) - DAY_MS).toISOString();
  const furthest = new Date(Date.parse(dueAt) - toldDays * DAY_MS).toISOString();
  // A clock that was ahead may have told what is still to come.
  const before = told.filter((one) => one.dueAt < dueAt && one.dueAt >= furthest);
  const last = before.findLast(({ isBreaking }) => !isBreaking)?.dueAt ?? dayBefore;
  // The last digest may have left them out, as being told at once.
  const owed = before.flatMap(({ missed }) => (missed && missed.at > last ? [missed.from] : []));
  return {
    from: [last, ...owed].sort()[0] ?? last,
    to: dueAt,
    told: before.filter(({ missed }) => !missed).map(({ composition }) => composition),
  };
}

interface Dates {
  nextDue: (schedule: Schedule, after: Date) => Due;
  dueAfter: (schedule: Schedule, localDate: string) => Due;
}

/** Thousands share a time and a zone; each moment is worked out once a round. */
function rememberDates(): Dates {
  const known = new Map<string, Due>();
  const once = (key: string, find: () => Due) => {
    const due = known.get(key) ?? find();
    known.set(key, due);
    return due;
  };
  const words = ({ days, time, zone }: Schedule) => `${time} ${zone} ${days.join('')}`;
  return {
    nextDue: (schedule, after) =>
      once(`${words(schedule)} > ${after.toISOString()}`, () => nextDue(schedule, after)),
    dueAfter: (schedule, date) => once(`${words(schedule)} > ${date}`, () => dueAfter(schedule, date)),
  };
}
