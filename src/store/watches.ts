// Questions that wait for news. What is told to one goes out as a digest does: a row of its own in the outbox, once, with
// the same claims, so that no second way of sending has to be right.
import type { Database } from './schema.js';
import type { WatchRow } from './schema-digests.js';
import { inTransaction } from './sql/transactions.js';
import { wakeOthers } from './wakes.js';
import { articlesNewTo, knownAt, latestRevision } from './watched-articles.js';

export interface KeptWatch {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
  userKey: string;
  question: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  /** When it was asked, by the time of the news. ISO 8601. */
  since: string;
  until: string;
}

export interface WatchStore {
  /**
   * News is what came in since `askedAt` (real time; absent = now): a button may be pressed much later than it was offered.
   * `full` = the user waits for so many already, `crowded` = the channel does; `known` = the thread waits for the same
   * question, or was told.
   */
  put(
    watch: KeptWatch & { askedAt?: string | undefined },
    most: { ofUser: number; ofChannel: number },
    now: string,
  ): Promise<'new' | 'known' | 'full' | 'crowded'>;
  /** Those on the platforms that wait and have not been looked at since `revision`, the oldest first. */
  waiting(platforms: string[], revision: number, limit: number): Promise<KeptWatch[]>;
  /** Ids of articles that came in since it was looked at last, the newest first; not those published hours before its `since`. */
  newArticles(id: string, limit: number): Promise<string[]>;
  /** The latest change of any chunk. */
  revision(): Promise<number>;
  /** Nothing was found up to `revision`: what came in until then is not looked at again. */
  looked(id: string, revision: number): Promise<void>;
  /** It could not be looked at; what came in is looked at with the next news. */
  passed(id: string, revision: number): Promise<void>;
  /** Lays what is told into the outbox, once; false = it does not wait any more. */
  tell(id: string, told: { channel: string; payload: string; now: string }): Promise<boolean>;
  /** Those of a channel that wait. */
  of(place: { platform: string; tenant: string; channel: string }): Promise<KeptWatch[]>;
  /** All that wait, the first to end first. */
  list(): Promise<KeptWatch[]>;
  /** False = it does not wait any more. */
  end(id: string): Promise<boolean>;
  /** Forgets what waited until before `now`. */
  forget(now: string): Promise<void>;
}

export function createWatchStore(db: Database): WatchStore {
  return {
    put: (watch, most, now) =>
      inTransaction(db, async (transaction) => {
        const { channel, platform, tenant } = watch;
        const ofUser = await countWaiting(transaction, { user_key: watch.userKey }, now);
        const ofChannel = await countWaiting(transaction, { platform, tenant, channel }, now);
        const known = await transaction
          .selectFrom('watches')
          .select('id')
          .where('id', '=', watch.id)
          .executeTakeFirst();
        if (known || ofUser >= most.ofUser || ofChannel >= most.ofChannel) {
          return known ? 'known' : ofUser >= most.ofUser ? 'full' : 'crowded';
        }
        const { askedAt = now, earlier, id, question, since, until, userKey, ...place } = watch;
        const revision = await knownAt(transaction, askedAt);
        await transaction
          .insertInto('watches')
          .values({
            ...{ id, ...place, user_key: userKey, question, earlier: JSON.stringify(earlier), since, until },
            ...{ state: 'waiting', from_revision: revision, looked_revision: revision },
          })
          .execute();
        return 'new';
      }),

    async waiting(platforms, revision, limit) {
      const rows = await db
        .selectFrom('watches')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('platform', 'in', platforms)
        .where('looked_revision', '<', revision)
        .orderBy('looked_revision')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    newArticles: (id, limit) => articlesNewTo(db, id, limit),

    revision: () => latestRevision(db),

    async looked(id, revision) {
      await raised(db, id, 'from_revision', revision);
      await raised(db, id, 'looked_revision', revision);
    },
    passed: (id, revision) => raised(db, id, 'looked_revision', revision),

    tell: (id, { channel, now, payload }) =>
      inTransaction(db, async (transaction) => {
        const row = await transaction
          .updateTable('watches')
          .set({ state: 'told' })
          .where('id', '=', id)
          .where('state', '=', 'waiting')
          .returning(['platform', 'tenant', 'since'])
          .executeTakeFirst();
        if (!row) {
          return false;
        }
        const { platform, since, tenant } = row;
        const key = { subscription_id: id, local_date: since.slice(0, 10) };
        await transaction
          .insertInto('digests')
          .values({
            ...{ ...key, platform, tenant, channel, due_at: now, composition: '', state: 'ready' },
            ...{ owner: '', epoch: 0, tries: 0, take_at: now, sent_at: null, message: null },
            ...{ reason: null, settled_at: null },
          })
          .execute();
        await transaction
          .insertInto('outbox')
          .values({ ...key, payload })
          .execute();
        await wakeOthers(transaction, 'digests');
        return true;
      }),

    of: (place) => read(allWaiting(db).where((e) => e.and(place))),
    list: () => read(allWaiting(db)),

    async end(id) {
      const { numDeletedRows } = await db
        .deleteFrom('watches')
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async forget(now) {
      await db.deleteFrom('watches').where('until', '<=', now).execute();
    },
  };
}

const allWaiting = (db: Database) =>
  db.selectFrom('watches').selectAll().where('state', '=', 'waiting').orderBy('until');

async function read(rows: ReturnType<typeof allWaiting>): Promise<KeptWatch[]> {
  return (await rows.execute()).map(fromRow);
}

type Mark = 'from_revision' | 'looked_revision';

/** Never back: another process, whose round began later, may have gone further. */
async function raised(db: Database, id: string, mark: Mark, to: number): Promise<void> {
  await db.updateTable('watches').set(mark, to).where('id', '=', id).where(mark, '<', to).execute();
}

type Whose = Partial<Pick<WatchRow, 'user_key' | 'platform' | 'tenant' | 'channel'>>;

async function countWaiting(db: Database, whose: Whose, now: string): Promise<number> {
  const { count } = await db
    .selectFrom('watches')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where((e) => e.and({ ...whose, state: 'waiting' as const }))
    .where('until', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function fromRow({ earlier, user_key: userKey, ...row }: WatchRow): KeptWatch {
  const { channel, id, platform, question, since, tenant, thread, until } = row;
  const place = { platform, tenant, channel, thread };
  return { id, ...place, userKey, question, earlier: JSON.parse(earlier) as string[], since, until };
}
