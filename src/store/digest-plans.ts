// From subscriptions to digests: which are due, and a row for each local date, of which any number of processes make
// one. A subscription moves on to its next date in the same transaction, so that none is lost between the two.
import type { Database } from './schema.js';
import type { DigestRow } from './schema-digests.js';
import { jsonText } from './sql/dialects.js';
import { inTransaction } from './sql/transactions.js';
import { fromRow, type KeptSubscription } from './subscriptions.js';

export interface Due {
  localDate: string;
  dueAt: string;
}

export interface DueSubscription<Settings> extends KeptSubscription<Settings> {
  next: Due;
  /** A clock that was ahead of ours planned it: what comes next is to be found again. */
  isFromAhead: boolean;
  /** When its next date was found: a change that is made meanwhile has a later moment. */
  plannedAt: string;
}

/** What a reader was told: the compositions of the posted digests, the earliest first. */
export interface Told {
  composition: string;
  dueAt: string;
  /** A story that was told at once: no window ends with it. */
  isBreaking?: boolean | undefined;
  /** It was too late to tell that story: nothing was told, and its news begin there. */
  missed?: { at: string; from: string } | undefined;
}

/** What becomes of one subscription. */
export interface Plan<Settings> {
  subscription: DueSubscription<Settings>;
  /** The digest that is to be composed. */
  due?: (Due & { composition: string; ordered: string }) | undefined;
  /** Dates for which it is too late. */
  missed: Due[];
  next: Due;
}

export interface PlanStore {
  /** Up to `limit` that are due, the earliest first, or were planned by a clock beyond `ahead`. ISO 8601. */
  due<Settings>(now: string, ahead: string, limit: number): Promise<DueSubscription<Settings>[]>;
  /** What was posted from `since` on, and breaking stories, by subscription, the earliest first. */
  told(ids: string[], since: string): Promise<Map<string, Told[]>>;
  /** Writes the rows and moves the subscriptions on; gives how many digests are to be composed, and how many were missed. */
  plan<Settings>(plans: Plan<Settings>[], now: string): Promise<{ due: number; missed: number }>;
}

export function createPlanStore(db: Database): PlanStore {
  return {
    async due<Settings>(now: string, ahead: string, limit: number) {
      const select = db
        .selectFrom('subscriptions')
        .selectAll()
        .where('next_due_at', 'is not', null)
        .limit(limit);
      const dueNow = await select.where('next_due_at', '<=', now).orderBy('next_due_at').execute();
      const rows = dueNow.length > 0 ? dueNow : await select.where('planned_at', '>', ahead).execute();
      return rows.map((row) => ({
        ...fromRow<Settings>(row),
        next: { localDate: row.next_date, dueAt: row.next_due_at ?? '' },
        isFromAhead: row.planned_at > ahead,
        plannedAt: row.planned_at,
      }));
    },

    async told(ids, since) {
      const rows = await db
        .selectFrom('digests')
        .select(['subscription_id', 'composition', 'due_at'])
        .where('subscription_id', 'in', ids)
        .where('state', '=', 'posted')
        .where('due_at', '>=', since)
        .orderBy('due_at')
        .execute();
      const told = new Map<string, Told[]>(ids.map((id) => [id, []]));
      for (const { composition, due_at, subscription_id } of rows) {
        told.get(subscription_id)?.push({ composition, dueAt: due_at });
      }
      for (const row of await toldAtOnce(db, ids, since)) {
        const { composition, due_at: dueAt, from, settled_at: at, state, subscription_id } = row;
        const missed = state === 'missed' && at !== null ? { missed: { at, from } } : {};
        told.get(subscription_id)?.push({ composition, dueAt, isBreaking: true, ...missed });
      }
      told.forEach((own) => void own.sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)));
      return told;
    },

    plan: (plans, now) =>
      inTransaction(db, async (transaction) => {
        const missed = plans.flatMap((plan) => plan.missed.map((due) => rowOf(plan.subscription, due)));
        const lost = missed.map((row) => ({
          ...row,
          ...{ composition: '', state: 'missed' as const, reason: 'late', settled_at: now },
        }));
        const wanted = plans.flatMap(({ due, subscription }) => (due ? [{ due, subscription }] : []));
        const orders = new Map(wanted.map(({ due }) => [due.composition, due]));
        for (const { composition, dueAt, ordered } of orders.values()) {
          await transaction
            .insertInto('compositions')
            .values({ key: composition, ordered, window_to: dueAt, digest: null })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        const claims = wanted.map(({ due, subscription }) => ({
          ...rowOf(subscription, due),
          ...{ composition: due.composition, state: 'composing' as const, reason: null, settled_at: null },
        }));
        const made = await insert(transaction, lost, now);
        const claimed = await insert(transaction, claims, now);
        await moveOn(transaction, plans, now);
        return { due: claimed, missed: made };
      }),
  };
}

/** What may still be posted counts: to leave it out of a digest is better than to tell it twice. */
function toldAtOnce(db: Database, ids: string[], since: string) {
  return db
    .selectFrom('breaking')
    .innerJoin('digests', (on) =>
      on
        .onRef('digests.subscription_id', '=', 'breaking.post')
        .onRef('digests.local_date', '=', 'breaking.local_date'),
    )
    .innerJoin('compositions', 'compositions.key', 'digests.composition')
    .select(['breaking.subscription_id', 'digests.composition', 'digests.due_at'])
    .select(['digests.state', 'digests.settled_at', jsonText(db, 'compositions.ordered', 'from').as('from')])
    .distinct()
    .where('breaking.subscription_id', 'in', ids)
    .where((e) =>
      e.or([
        e('digests.state', 'in', ['ready', 'sending', 'posted', 'unknown']),
        e.and([e('digests.state', '=', 'missed'), e('digests.reason', '=', 'late')]),
      ]),
    )
    .where('digests.due_at', '>=', since)
    .execute();
}

const rowOf = ({ channel, id, platform, tenant }: KeptSubscription<unknown>, { dueAt, localDate }: Due) => ({
  ...{ subscription_id: id, local_date: localDate, platform, tenant, channel, due_at: dueAt },
  ...{ owner: '', epoch: 0, tries: 0, take_at: null, sent_at: null, message: null },
});

/** A date that has a row keeps it, but for one that a clock ahead of ours took for missed. */
async function insert(db: Database, rows: DigestRow[], now: string): Promise<number> {
  if (rows.length === 0) {
    return 0;
  }
  const made = await db
    .insertInto('digests')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['subscription_id', 'local_date'])
        .doUpdateSet((e) => ({
          state: e.ref('excluded.state'),
          composition: e.ref('excluded.composition'),
          due_at: e.ref('excluded.due_at'),
          reason: e.ref('excluded.reason'),
          settled_at: e.ref('excluded.settled_at'),
        }))
        .where('digests.state', '=', 'missed')
        .where('digests.reason', '=', 'late')
        .where('digests.tries', '=', 0)
        .where('digests.settled_at', '>', now),
    )
    .returning('local_date')
    .execute();
  return made.length;
}

/** One statement for all that move on to the same moment; one that was changed meanwhile stays as it is. */
async function moveOn(db: Database, plans: Plan<unknown>[], now: string): Promise<void> {
  const groups = new Map<string, Plan<unknown>[]>();
  for (const plan of plans) {
    const { next, plannedAt } = plan.subscription;
    const key = [plannedAt, next.dueAt, plan.next.localDate, plan.next.dueAt].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), plan]);
  }
  for (const group of groups.values()) {
    const [{ next, subscription }] = group as [Plan<unknown>];
    await db
      .updateTable('subscriptions')
      .set({ next_date: next.localDate, next_due_at: next.dueAt, planned_at: now })
      .where(
        'id',
        'in',
        group.map((plan) => plan.subscription.id),
      )
      .where('next_due_at', '=', subscription.next.dueAt)
      .where('planned_at', '=', subscription.plannedAt)
      .execute();
  }
}
