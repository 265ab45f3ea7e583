// Channels that want a digest, and the local date that comes next for each.
import type { Database } from './schema.js';
import type { SubscriptionRow } from './schema-digests.js';

/** What a subscription's settings hold is the caller's. */
export interface KeptSubscription<Settings> {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  settings: Settings;
  isPaused: boolean;
}

/** The local date that comes next, its moment, and the clock by which it was found. */
export interface Next {
  localDate: string;
  dueAt: string;
  plannedAt: string;
}

export interface NextDue {
  /** Null = paused. */
  dueAt: string | null;
  localDate: string;
}

export interface SubscriptionStore {
  /** Adds it, or changes all of it: the channel has it as given from now on. */
  put<Settings>(subscription: KeptSubscription<Settings>, next: Next): Promise<void>;
  find<Settings>(id: string): Promise<(KeptSubscription<Settings> & { next: NextDue }) | undefined>;
  /** In the order of platform, workspace and channel. */
  list<Settings>(): Promise<(KeptSubscription<Settings> & { next: NextDue })[]>;
  /** Its open digests end, and nothing is posted any more; false = there is none. */
  remove(id: string, at: string): Promise<boolean>;
}

export function createSubscriptionStore(db: Database): SubscriptionStore {
  return {
    async put({ id, isPaused, settings, ...place }, { dueAt, localDate, plannedAt }) {
      const changing = {
        settings: JSON.stringify(settings),
        is_paused: isPaused ? 1 : 0,
        next_date: localDate,
        next_due_at: isPaused ? null : dueAt,
        planned_at: plannedAt,
      };
      const { channel, platform, tenant } = place;
      await db
        .insertInto('subscriptions')
        .values({ id, platform, tenant, channel, created_at: plannedAt, ...changing })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
        .execute();
    },

    async find<Settings>(id: string) {
      const row = await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { ...fromRow<Settings>(row), next: nextOf(row) };
    },

    async list<Settings>() {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .orderBy('platform')
        .orderBy('tenant')
        .orderBy('channel')
        .execute();
      return rows.map((row) => ({ ...fromRow<Settings>(row), next: nextOf(row) }));
    },

    remove: (id, at) =>
      db.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('subscriptions')
          .where('id', '=', id)
          .executeTakeFirst();
        // What is being sent at the moment ends as it ends; the rest is not sent any more.
        await transaction
          .updateTable('digests')
          .set({ state: 'missed', reason: 'unsubscribed', settled_at: at, take_at: null, owner: '' })
          .where('subscription_id', '=', id)
          .where('state', 'in', ['composing', 'ready'])
          .execute();
        return numDeletedRows > 0n;
      }),
  };
}

const nextOf = (row: SubscriptionRow): NextDue => ({ localDate: row.next_date, dueAt: row.next_due_at });

export function fromRow<Settings>(row: SubscriptionRow): KeptSubscription<Settings> {
  return {
    id: row.id,
    platform: row.platform,
    tenant: row.tenant,
    channel: row.channel,
    settings: JSON.parse(row.settings) as Settings,
    isPaused: row.is_paused === 1,
  };
}
