// Figures for whoever runs the bot: what came in day by day, and how long answers took. Read by indexes alone, so that a
// look at them costs the bot nothing.
import { sql } from 'kysely';
import type { Database } from './schema.js';

export interface FigureStore {
  /**
   * Articles by feed and day (UTC, "2023-12-19") from `since` (ISO 8601) on: by when they were found, and those of a
   * feed's first poll by when they were published. An article of two feeds counts for both.
   */
  articlesPerDay(since: string): Promise<{ feedUrl: string; day: string; count: number }[]>;
  /** The last `limit` questions that ended, on all platforms, the latest first. */
  endedQuestions(
    limit: number,
  ): Promise<{ platform: string; askedAt: string; endedAt: string; ending: string }[]>;
  /** Questions that wait or are being answered, on all platforms. */
  openQuestions(): Promise<number>;
}

export function createFigureStore(db: Database): FigureStore {
  return {
    async articlesPerDay(since) {
      const at = sql<string>`case when is_history = 1 or found_at is null then articles.published_at else found_at end`;
      const rows = await db
        .selectFrom('articles')
        .innerJoin('entries', 'entries.canonical_url', 'articles.canonical_url')
        .select(['entries.feed_url', sql<string>`substr(${at}, 1, 10)`.as('day')])
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('articles.published_at', '>=', since)
        .groupBy(['entries.feed_url', 'day'])
        .execute();
      return rows.map(({ count, day, feed_url }) => ({ feedUrl: feed_url, day, count: Number(count) }));
    },

    async endedQuestions(limit) {
      const rows = await db
        .selectFrom('asked')
        .select(['platform', 'asked_at', 'settled_at', 'state'])
        .where('settled_at', 'is not', null)
        .where('state', 'in', ['answered', 'failed', 'stopped'])
        .orderBy('asked_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ asked_at, platform, settled_at, state }) => ({
        ...{ platform, askedAt: asked_at, endedAt: settled_at ?? asked_at, ending: state },
      }));
    },

    async openQuestions() {
      const { count } = await db
        .selectFrom('asked')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('state', 'in', ['pending', 'removing'])
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}
