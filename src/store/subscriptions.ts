// Channels that want a digest, and the local date that comes next for each.
import { sql } from 'kysely';
import type { Database } from './schema.js';
import type { SubscriptionRow } from './schema-digests.js';
import { inTransaction } from './sql/transactions.js';

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
  /**
   * Adds it, or changes all of it: the channel has it as given from now on. A date that is due and not planned yet stays
   * the next one, so that a change in that minute, or while nothing ran, loses no digest.
   */
  put<Settings>(
    subscription: KeptSubscription<Settings> & {
      /** Hash of the user whose direct messages the channel is; absent = as it is. */
      ownerKey?: string | undefined;
    },
    next: Next,
  ): Promise<void>;
  /** That of a channel; a workspace '' on either side stands for whichever it is in, so that a channel has one. */
  at<Settings>(
    place: Pick<KeptSubscription<Settings>, 'platform' | 'tenant' | 'channel'>,
  ): Promise<(KeptSubscription<Settings> & { next: NextDue }) | undefined>;
  /** In the order of platform, workspace and channel. */
  list<Settings>(): Promise<(KeptSubscription<Settings> & { next: NextDue })[]>;
  /** Its open digests end, and nothing is posted any more; false = there is none. */
  remove(id: string, at: string): Promise<boolean>;
}

export function createSubscriptionStore(db: Database): SubscriptionStore {
  return {
    async put({ id, isPaused, ownerKey, settings, ...place }, { dueAt, localDate, plannedAt }) {
      const changing = {
        settings: JSON.stringify(settings),
        is_paused: isPaused ? 1 : 0,
        next_date: localDate,
        next_due_at: isPaused ? null : dueAt,
        planned_at: plannedAt,
        ...(ownerKey === undefined ? {} : { owner_key: ownerKey }),
      };
      const { channel, platform, tenant } = place;
      await db
        .insertInto('subscriptions')
        .values({ id, platform, tenant, channel, created_at: plannedAt, ...changing })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({
            ...changing,
            ...(isPaused
              ? {}
              : {
                  next_date: unlessDue('next_date', plannedAt),
                  next_due_at: unlessDue('next_due_at', plannedAt),
                }),
          }),
        )
        .execute();
    },

    async at<Settings>({ channel, platform, tenant }: { platform: string; tenant: string; channel: string }) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where((e) => e.and({ platform, channel }))
        .where((e) => e.or([e('tenant', 'in', [tenant, '']), e.val(tenant === '')]))
        .execute();
      const row = rows.find((one) => one.tenant === tenant) ?? rows[0];
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
      inTransaction(db, async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('subscriptions')
          .where('id', '=', id)
          .executeTakeFirst();
        // What is being sent at the moment ends as it ends; the rest is not sent any more.
        await transaction
          .updateTable('digests')
          .set({ state: 'missed', reason: 'unsubscribed', settled_at: at, take_at: null, owner: '' })
          .where((e) =>
            e.or([
              e('subscription_id', '=', id),
              e(
                'subscription_id',
                'in',
                e.selectFrom('breaking').select('post').where('subscription_id', '=', id),
              ),
            ]),
          )
          .where('state', 'in', ['composing', 'ready'])
          .execute();
        await transaction
          .deleteFrom('outbox')
          .where('subscription_id', '=', id)
          .where((e) =>
            e.not(
              e.exists(
                e
                  .selectFrom('digests')
                  .select('digests.local_date')
                  .whereRef('digests.subscription_id', '=', 'outbox.subscription_id')
                  .whereRef('digests.local_date', '=', 'outbox.local_date')
                  .where('digests.state', 'in', ['sending', 'unknown']),
              ),
            ),
          )
          .execute();
        return numDeletedRows > 0n;
      }),
  };
}

/** The new value, or the one that stands while its moment has passed. */
const unlessDue = (column: 'next_date' | 'next_due_at', now: string) =>
  sql<string>`case when subscriptions.next_due_at <= ${now} then subscriptions.${sql.ref(column)} else excluded.${sql.ref(column)} end`;

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
