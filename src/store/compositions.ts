// What is composed once for all that ordered the same, and the step from it to a payload for each of them.
import type { Database } from './schema.js';
import { inTransaction } from './sql/transactions.js';
import { fromRow, type KeptSubscription } from './subscriptions.js';
import { wakeOthers } from './wakes.js';

/** A digest that waits for its payload. */
export interface Composing<Settings> extends KeptSubscription<Settings> {
  localDate: string;
}

/** `payload` undefined = nothing is to be posted. */
export interface Written {
  id: string;
  localDate: string;
  payload: string | undefined;
}

export interface CompositionStore {
  /** Keys of what open digests of these platforms wait for, up to `limit`. */
  waiting(platforms: string[], limit: number): Promise<string[]>;
  composition<Ordered, Digest>(
    key: string,
  ): Promise<{ ordered: Ordered; digest: Digest | undefined } | undefined>;
  /** Of compositions that are composed, in the order of the keys. */
  composed<Digest>(keys: string[]): Promise<Digest[]>;
  putDigest(key: string, digest: unknown): Promise<void>;
  /** Digests that wait for this one, up to `limit`. */
  composing<Settings>(key: string, platforms: string[], limit: number): Promise<Composing<Settings>[]>;
  /** Payloads into the outbox, digests to be sent from `now` on; those that are not composing any more stay. */
  write(key: string, written: Written[], now: string): Promise<void>;
}

export function createCompositionStore(db: Database): CompositionStore {
  return {
    async waiting(platforms, limit) {
      const rows = await db
        .selectFrom('digests')
        .select('composition')
        .distinct()
        .where('state', '=', 'composing')
        .where('platform', 'in', platforms)
        .limit(limit)
        .execute();
      return rows.map(({ composition }) => composition);
    },

    async composition<Ordered, Digest>(key: string) {
      const row = await db.selectFrom('compositions').selectAll().where('key', '=', key).executeTakeFirst();
      return (
        row && {
          ordered: JSON.parse(row.ordered) as Ordered,
          digest: row.digest === null ? undefined : (JSON.parse(row.digest) as Digest),
        }
      );
    },

    async composed<Digest>(keys: string[]) {
      if (keys.length === 0) {
        return [];
      }
      const rows = await db
        .selectFrom('compositions')
        .select(['key', 'digest'])
        .where('key', 'in', keys)
        .where('digest', 'is not', null)
        .execute();
      const found = new Map(rows.map(({ digest, key }) => [key, digest]));
      return keys.flatMap((key) => {
        const digest = found.get(key);
        return typeof digest === 'string' ? [JSON.parse(digest) as Digest] : [];
      });
    },

    async putDigest(key, digest) {
      await db
        .updateTable('compositions')
        .set({ digest: JSON.stringify(digest) })
        .where('key', '=', key)
        .where('digest', 'is', null)
        .execute();
    },

    async composing<Settings>(key: string, platforms: string[], limit: number) {
      const rows = await db
        .selectFrom('digests')
        .innerJoin('subscriptions', 'subscriptions.id', 'digests.subscription_id')
        .selectAll('subscriptions')
        .select('digests.local_date')
        .where('digests.state', '=', 'composing')
        .where('digests.composition', '=', key)
        .where('digests.platform', 'in', platforms)
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        ...fromRow<Settings>(row),
        localDate: row.local_date,
      }));
    },

    write: (key, written, now) =>
      inTransaction(db, async (transaction) => {
        const move = async (ids: string[], change: object) => {
          const rows = await transaction
            .updateTable('digests')
            .set(change)
            .where('composition', '=', key)
            .where('state', '=', 'composing')
            .where('subscription_id', 'in', ids)
            .returning('subscription_id')
            .execute();
          return new Set(rows.map(({ subscription_id }) => subscription_id));
        };
        const silent = written.filter(({ payload }) => payload === undefined).map(({ id }) => id);
        await move(silent, { state: 'silent', settled_at: now });
        const ready = written.filter(({ payload }) => payload !== undefined);
        const moved = await move(
          ready.map(({ id }) => id),
          { state: 'ready', take_at: now },
        );
        const rows = ready.flatMap(({ id, localDate, payload }) =>
          payload !== undefined && moved.has(id)
            ? [{ subscription_id: id, local_date: localDate, payload }]
            : [],
        );
        if (rows.length > 0) {
          await transaction.insertInto('outbox').values(rows).execute();
          await wakeOthers(transaction, 'digests');
        }
      }),
  };
}
