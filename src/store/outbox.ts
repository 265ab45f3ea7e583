// Digests on their way out. One is taken by one owner under one epoch, until its lease runs out; every later write names
// both, so that a process which was cut off can settle nothing that another one has on.
import type { Database } from './schema.js';
import type { DigestRow } from './schema-digests.js';
import { notBeingTaken } from './sql/dialects.js';

export interface OutboxHold {
  owner: string;
  epoch: number;
}

export interface OutboxEntry extends OutboxHold {
  subscriptionId: string;
  localDate: string;
  platform: string;
  tenant: string;
  channel: string;
  dueAt: string;
  /** As it was before it was taken. */
  state: 'ready' | 'sending' | 'unknown';
  tries: number;
  sentAt: string | undefined;
  payload: string;
}

/** A change of what is held. */
export type Change =
  /** The post begins now: from here on it may have happened. */
  | { state: 'sending'; sentAt: string }
  /** Back into the line, until `takeAt`. */
  | { state: 'ready' | 'unknown'; takeAt: string; reason?: string | undefined }
  /** Over; `unknown` = it was not to be found out. */
  | {
      state: 'posted' | 'missed' | 'undeliverable' | 'unknown';
      settledAt: string;
      message?: string | undefined;
      reason?: string | undefined;
    };

export interface OutboxStore {
  /** Workspaces of the platform for which something may be taken. */
  tenants(platform: string, now: string): Promise<string[]>;
  /** Takes the one that waits longest, of one workspace or of any; undefined = there is none. */
  take(
    from: { platform: string; tenant?: string | undefined },
    lease: { owner: string; now: string; until: string },
  ): Promise<OutboxEntry | undefined>;
  /** False = it is not ours any more, and nothing was written. */
  change(
    entry: Pick<OutboxEntry, 'subscriptionId' | 'localDate' | 'owner' | 'epoch'>,
    change: Change,
  ): Promise<boolean>;
  /** What is next to be taken after `now`; undefined = nothing. */
  nextAt(platform: string, now: string): Promise<string | undefined>;
  /** When the store was put back from a backup, the last time; undefined = never. */
  restoredAt(): Promise<string | undefined>;
  /** Takes from owners that died what they had on. */
  free(isGone: (owner: string) => boolean, now: string): Promise<void>;
}

export function createOutboxStore(db: Database): OutboxStore {
  return {
    async tenants(platform, now) {
      const rows = await db
        .selectFrom('digests')
        .select('tenant')
        .distinct()
        .where('platform', '=', platform)
        .where('take_at', '<=', now)
        .execute();
      return rows.map(({ tenant }) => tenant);
    },

    async take({ platform, tenant }, { now, owner, until }) {
      const row = await db
        .updateTable('digests')
        .set((e) => ({ owner, take_at: until, epoch: e('epoch', '+', 1) }))
        .where((e) =>
          e(
            e.refTuple('subscription_id', 'local_date'),
            '=',
            e
              .selectFrom('digests')
              .select(['subscription_id', 'local_date'])
              .where('platform', '=', platform)
              .$if(tenant !== undefined, (of) => of.where('tenant', '=', tenant ?? ''))
              .where('take_at', '<=', now)
              .orderBy('take_at')
              .limit(1)
              .$call(notBeingTaken(db))
              .$asTuple('subscription_id', 'local_date'),
          ),
        )
        .returningAll()
        .executeTakeFirst();
      if (!row) {
        return undefined;
      }
      const kept = await db
        .selectFrom('outbox')
        .select('payload')
        .where('subscription_id', '=', row.subscription_id)
        .where('local_date', '=', row.local_date)
        .executeTakeFirst();
      return entryOf(row, kept?.payload ?? '');
    },

    async change({ epoch, localDate, owner, subscriptionId }, change) {
      const key = { subscription_id: subscriptionId, local_date: localDate };
      const row = await db
        .updateTable('digests')
        .set((e) => ({
          ...valuesOf(change),
          ...(change.state === 'sending' ? { tries: e('tries', '+', 1) } : {}),
        }))
        .where((e) => e.and({ ...key, owner, epoch }))
        .where('settled_at', 'is', null)
        .returning('state')
        .executeTakeFirst();
      if (row && 'settledAt' in change) {
        await db
          .deleteFrom('outbox')
          .where((e) => e.and(key))
          .execute();
      }
      return row !== undefined;
    },

    async nextAt(platform, now) {
      const row = await db
        .selectFrom('digests')
        .select((e) => e.fn.min('take_at').as('at'))
        .where('platform', '=', platform)
        .where('take_at', '>', now)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },

    async restoredAt() {
      const row = await db
        .selectFrom('settings')
        .select('value')
        .where('name', '=', 'restored')
        .executeTakeFirst();
      return row?.value;
    },

    async free(isGone, now) {
      const rows = await db
        .selectFrom('digests')
        .select('owner')
        .distinct()
        .where('owner', '<>', '')
        .execute();
      const gone = rows.map(({ owner }) => owner).filter(isGone);
      if (gone.length > 0) {
        await db
          .updateTable('digests')
          .set({ owner: '', take_at: now })
          .where('owner', 'in', gone)
          .where('settled_at', 'is', null)
          .execute();
      }
    },
  };
}

function valuesOf(change: Change): Partial<DigestRow> {
  if (change.state === 'sending') {
    return { state: 'sending', sent_at: change.sentAt };
  }
  if ('takeAt' in change) {
    return { state: change.state, owner: '', take_at: change.takeAt, reason: change.reason ?? null };
  }
  const { message = null, reason = null, settledAt, state } = change;
  return { state, owner: '', take_at: null, settled_at: settledAt, message, reason };
}

function entryOf(row: DigestRow, payload: string): OutboxEntry {
  return {
    subscriptionId: row.subscription_id,
    localDate: row.local_date,
    platform: row.platform,
    tenant: row.tenant,
    channel: row.channel,
    owner: row.owner,
    epoch: row.epoch,
    dueAt: row.due_at,
    state: row.state as OutboxEntry['state'],
    tries: row.tries,
    sentAt: row.sent_at ?? undefined,
    payload,
  };
}
