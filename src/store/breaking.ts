// Breaking stories that channels were told. The claim is a row for each article of the story: a story that has grown, or
// that another process saw in another light, shares one with what was told.
import { sql } from 'kysely';
import type { Database } from './schema.js';
import { jsonNumber } from './sql/dialects.js';
import { inTransaction } from './sql/transactions.js';
import { fromRow, type KeptSubscription } from './subscriptions.js';
import { wakeOthers } from './wakes.js';

/** A post as it goes out; times are ISO 8601. */
export interface BreakingPost {
  subscriptionId: string;
  /** Its id in the outbox. */
  post: string;
  /** By the channel's calendar. */
  localDate: string;
  /** Key of what is told, which equal channels share; what was ordered, as JSON; and the digest. */
  composition: string;
  ordered: string;
  digest: unknown;
  articleIds: string[];
  /** Articles of stories that are not told beside it. */
  kin: string[];
  payload: string;
  now: string;
  /** When the last daily digest was due that was looked at for what was told; absent = there was none. */
  seen?: string | undefined;
}

export interface BreakingStore {
  /** Those on the platforms that want breaking stories and are not paused. */
  wantingBreaking<Settings>(platforms: string[]): Promise<KeptSubscription<Settings>[]>;
  /**
   * Lays it into the outbox, once. False = the channel was told it, or as much as it wants that day; or it does not want
   * any; or its digest is due or under way, which may tell it: it is for the caller to try again.
   */
  tellBreaking(post: BreakingPost): Promise<boolean>;
}

/** Stories a day; what a settings' JSON holds otherwise no query looks at. */
const mostOf = (db: Database) => jsonNumber(db, 'settings', 'breaking');

export function createBreakingStore(db: Database): BreakingStore {
  return {
    async wantingBreaking<Settings>(platforms: string[]) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where(sql<boolean>`${mostOf(db)} > 0`)
        .where('platform', 'in', platforms)
        .where('next_due_at', 'is not', null)
        .execute();
      return rows.map((row) => fromRow<Settings>(row));
    },

    tellBreaking: (post) =>
      inTransaction(db, async (transaction) => {
        const channel = await channelFor(transaction, post);
        if (!channel || (await isTaken(transaction, post, channel.most))) {
          return false;
        }
        const { composition, localDate, now, payload, post: id, subscriptionId } = post;
        await transaction
          .insertInto('breaking')
          .values(
            post.articleIds.map((article) => ({
              ...{ subscription_id: subscriptionId, article_id: article, post: id },
              ...{ local_date: localDate, told_at: now },
            })),
          )
          .execute();
        await transaction
          .insertInto('compositions')
          .values({
            ...{ key: composition, ordered: post.ordered, window_to: now },
            digest: JSON.stringify(post.digest),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const { platform, tenant } = channel;
        await transaction
          .insertInto('digests')
          .values({
            ...{ subscription_id: id, local_date: localDate, platform, tenant, channel: channel.channel },
            ...{ due_at: now, composition, state: 'ready', owner: '', epoch: 0, tries: 0, take_at: now },
            ...{ sent_at: null, message: null, reason: null, settled_at: null },
          })
          .execute();
        await transaction
          .insertInto('outbox')
          .values({ subscription_id: id, local_date: localDate, payload })
          .execute();
        await wakeOthers(transaction, 'digests');
        return true;
      }),
  };
}

/** Where it goes; undefined = nothing is wanted there, or a digest is on its way. */
async function channelFor(transaction: Database, { now, seen, subscriptionId }: BreakingPost) {
  const row = await transaction
    .selectFrom('subscriptions')
    .select(['platform', 'tenant', 'channel', mostOf(transaction).as('most')])
    .where('id', '=', subscriptionId)
    .where('next_due_at', '>', now)
    .executeTakeFirst();
  const later = await transaction
    .selectFrom('digests')
    .select('local_date')
    .where('subscription_id', '=', subscriptionId)
    .where((e) =>
      e.or([
        e('state', 'in', ['composing', 'ready', 'sending']),
        e.and([e('state', '=', 'posted'), e('due_at', '>', seen ?? ''), e('due_at', '<=', now)]),
      ]),
    )
    .executeTakeFirst();
  return later ? undefined : row;
}

async function isTaken(
  transaction: Database,
  { articleIds, kin, localDate, post, subscriptionId }: BreakingPost,
  most: number | null,
): Promise<boolean> {
  const own = transaction.selectFrom('breaking').where('subscription_id', '=', subscriptionId);
  const known = await own
    .select('post')
    .where((e) => e.or([e('article_id', 'in', [...articleIds, ...kin]), e('post', '=', post)]))
    .executeTakeFirst();
  const { count } = await own
    .select((e) => e.fn.count<number>('post').distinct().as('count'))
    .where('local_date', '=', localDate)
    .executeTakeFirstOrThrow();
  return known !== undefined || Number(count) >= (most ?? 0);
}
