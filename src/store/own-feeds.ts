// Feeds that were added by command, beside those of config/feeds.yaml; and which of those were removed by command.
import type { Feed } from '../domain.js';
import type { Database } from './schema.js';

export interface OwnFeedStore {
  /** In the order in which they were added. */
  list(): Promise<{ added: Feed[]; hidden: string[] }>;
  /** Adds the feeds, or changes what is known of them; one that was hidden is polled again. */
  add(feeds: Feed[], at: string): Promise<void>;
  /** Forgets an added feed. */
  forget(url: string): Promise<void>;
  /** Keeps a configured feed from being polled. */
  hide(url: string, at: string): Promise<void>;
}

export function createOwnFeedStore(db: Database): OwnFeedStore {
  const put = async (url: string, at: string, feed: string | null) => {
    await db
      .insertInto('own_feeds')
      .values({ url, added_at: at, feed })
      .onConflict((conflict) => conflict.column('url').doUpdateSet({ feed }))
      .execute();
  };
  return {
    async list() {
      const rows = await db.selectFrom('own_feeds').selectAll().orderBy('added_at').orderBy('url').execute();
      return {
        added: rows.flatMap(({ feed }) => (feed === null ? [] : [JSON.parse(feed) as Feed])),
        hidden: rows.filter(({ feed }) => feed === null).map(({ url }) => url),
      };
    },

    async add(feeds, at) {
      for (const feed of feeds) {
        await put(feed.url, at, JSON.stringify(feed));
      }
    },

    async forget(url) {
      await db.deleteFrom('own_feeds').where('url', '=', url).execute();
    },

    hide: (url, at) => put(url, at, null),
  };
}
