// The daily digest in the store: plans, compositions, the outbox, and what became of each.
import { type BreakingStore, createBreakingStore } from './breaking.js';
import { type CompositionStore, createCompositionStore } from './compositions.js';
import { createPlanStore, type PlanStore } from './digest-plans.js';
import { createOutboxStore, type OutboxStore } from './outbox.js';
import type { Database } from './schema.js';
import type { DigestRow } from './schema-digests.js';
import { inTransaction } from './sql/transactions.js';

export interface KeptDigest {
  subscriptionId: string;
  localDate: string;
  dueAt: string;
  state: DigestRow['state'];
  composition: string;
  tries: number;
  message: string | undefined;
  reason: string | undefined;
  settledAt: string | undefined;
}

export interface DigestStore extends PlanStore, CompositionStore, OutboxStore, BreakingStore {
  /** The digests of a subscription, the latest first, up to `limit`. */
  digestsOf(subscriptionId: string, limit: number): Promise<KeptDigest[]>;
  /** The composition of the digest that this message shows; undefined = it shows none. */
  postedAs(message: {
    platform: string;
    tenant: string;
    channel: string;
    message: string;
  }): Promise<string | undefined>;
  /** How many ended or stand in which state, by subscription. */
  counts(): Promise<{ subscriptionId: string; state: DigestRow['state']; count: number }[]>;
  /** How many of all stand in which state. */
  states(): Promise<Record<string, number>>;
  /** Ends as missed what was due up to `before` and is still not on its way; gives how many. */
  miss(before: string, now: string): Promise<number>;
  /** Forgets digests due before `digests`, and compositions of windows that ended before `compositions`. */
  forget(before: { digests: string; compositions: string }): Promise<void>;
}

export function createDigestStore(db: Database): DigestStore {
  return {
    ...createPlanStore(db),
    ...createCompositionStore(db),
    ...createOutboxStore(db),
    ...createBreakingStore(db),

    async digestsOf(subscriptionId, limit) {
      const rows = await db
        .selectFrom('digests')
        .selectAll()
        .where('subscription_id', '=', subscriptionId)
        .orderBy('local_date', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        subscriptionId,
        localDate: row.local_date,
        dueAt: row.due_at,
        state: row.state,
        composition: row.composition,
        tries: row.tries,
        message: row.message ?? undefined,
        reason: row.reason ?? undefined,
        settledAt: row.settled_at ?? undefined,
      }));
    },

    async postedAs({ channel, message, platform, tenant }) {
      const row = await db
        .selectFrom('digests')
        .select('composition')
        .where((e) => e.and({ message, platform, tenant, channel }))
        .executeTakeFirst();
      return row?.composition || undefined;
    },

    async states() {
      const rows = await db
        .selectFrom('digests')
        .select((e) => ['state', e.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return Object.fromEntries(rows.map(({ count, state }) => [state, Number(count)]));
    },

    async counts() {
      const rows = await db
        .selectFrom('digests')
        .select((e) => ['subscription_id', 'state', e.fn.countAll<number>().as('count')])
        .groupBy(['subscription_id', 'state'])
        .execute();
      return rows.map(({ count, state, subscription_id }) => ({
        subscriptionId: subscription_id,
        state,
        count: Number(count),
      }));
    },

    miss: (before, now) =>
      inTransaction(db, async (transaction) => {
        const rows = await transaction
          .updateTable('digests')
          .set({ state: 'missed', reason: 'late', settled_at: now, take_at: null, owner: '' })
          .where('settled_at', 'is', null)
          .where('due_at', '<=', before)
          .where('state', 'in', ['composing', 'ready'])
          .returning(['subscription_id', 'local_date'])
          .execute();
        for (const key of rows) {
          await transaction
            .deleteFrom('outbox')
            .where((e) => e.and(key))
            .execute();
        }
        return rows.length;
      }),

    async forget({ compositions, digests }) {
      await db.deleteFrom('digests').where('due_at', '<', digests).execute();
      await db.deleteFrom('outbox').where('local_date', '<', digests.slice(0, 10)).execute();
      await db.deleteFrom('breaking').where('told_at', '<', digests).execute();
      await db.deleteFrom('compositions').where('window_to', '<', compositions).execute();
    },
  };
}
