// What is remembered of feeds and their entries between polls.
import type { Entry } from '../domain.js';
import { type Held, writeHeld } from './held.js';
import type { Database } from './schema.js';
import { inTransaction } from './sql/transactions.js';

/** What names the claim that it is written under fails with `claim_lost` when that is somebody else's by now. */
export interface FeedStore {
  /** The notes kept for a feed; undefined = never polled. */
  feed<State>(url: string): Promise<State | undefined>;
  saveFeed(url: string, state: unknown, held?: Held): Promise<void>;
  feeds<State>(): Promise<{ url: string; state: State }[]>;
  /** Forgets the feed's notes and entries; articles stay. */
  forget(url: string): Promise<void>;
  /** The fingerprint under which the entry was last finished; undefined = never. */
  entryFingerprint(feedUrl: string, canonicalUrl: string): Promise<string | undefined>;
  saveEntry(seen: SeenEntry, held?: Held): Promise<void>;
}

interface SeenEntry {
  feedUrl: string;
  canonicalUrl: string;
  fingerprint: string;
  entry: Entry;
  outcome: string;
  reason?: string | undefined;
}

export function createFeedStore(db: Database): FeedStore {
  return {
    async feed<State>(url: string) {
      const row = await db.selectFrom('feeds').select('state').where('url', '=', url).executeTakeFirst();
      return row ? (JSON.parse(row.state) as State) : undefined;
    },

    saveFeed: (url, state, held) =>
      writeHeld(db, held, async (own) => {
        const text = JSON.stringify(state);
        await own
          .insertInto('feeds')
          .values({ url, state: text })
          .onConflict((conflict) => conflict.column('url').doUpdateSet({ state: text }))
          .execute();
      }),

    async feeds<State>() {
      const rows = await db.selectFrom('feeds').selectAll().orderBy('url').execute();
      return rows.map((row) => ({ url: row.url, state: JSON.parse(row.state) as State }));
    },

    async forget(url) {
      await inTransaction(db, async (transaction) => {
        await transaction.deleteFrom('feeds').where('url', '=', url).execute();
        await transaction.deleteFrom('entries').where('feed_url', '=', url).execute();
        await transaction.deleteFrom('rereads').where('feed_url', '=', url).execute();
      });
    },

    async entryFingerprint(feedUrl, canonicalUrl) {
      const row = await db
        .selectFrom('entries')
        .select('fingerprint')
        .where('feed_url', '=', feedUrl)
        .where('canonical_url', '=', canonicalUrl)
        .executeTakeFirst();
      return row?.fingerprint;
    },

    saveEntry: ({ feedUrl, canonicalUrl, fingerprint, entry, outcome, reason }, held) =>
      writeHeld(db, held, async (own) => {
        const values = {
          fingerprint,
          title: entry.title,
          published_at: entry.publishedAt ?? null,
          outcome,
          reason: reason ?? null,
        };
        await own
          .insertInto('entries')
          .values({ feed_url: feedUrl, canonical_url: canonicalUrl, ...values })
          .onConflict((conflict) => conflict.columns(['feed_url', 'canonical_url']).doUpdateSet(values))
          .execute();
      }),
  };
}
