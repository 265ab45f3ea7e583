// What a digest reads of the store: the articles that became known between two moments, and where each begins.
import type { Article } from '../domain.js';
import { fromRow } from './articles.js';
import type { Database } from './schema.js';

export interface DigestNewsStore {
  /**
   * At most `limit` articles that became known after `from`, up to and including `to` (ISO 8601), the newest first.
   * One that came with its feed's first poll became known when it was published, another one when it was found; what is
   * found two days late is no news.
   */
  articlesBetween(from: string, to: string, limit: number): Promise<Article[]>;
  /** Ids of the first `most` chunks of each of these articles (some hundred at most), in order, by article id. */
  firstChunks(articleIds: string[], most: number): Promise<Map<string, string[]>>;
}

const LATE_MS = 2 * 86_400_000;

export function createDigestNewsStore(db: Database): DigestNewsStore {
  return {
    async articlesBetween(from, to, limit) {
      const earliest = new Date(Date.parse(from) - LATE_MS).toISOString();
      const rows = await db
        .selectFrom('articles')
        .selectAll()
        .where('published_at', '>', earliest)
        .where('published_at', '<=', to)
        .where((e) =>
          e.or([e('published_at', '>', from), e.and([e('is_history', '=', 0), e('found_at', '>', from)])]),
        )
        .where((e) => e.or([e('is_history', '=', 1), e('found_at', 'is', null), e('found_at', '<=', to)]))
        .orderBy('published_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async firstChunks(articleIds, most) {
      if (articleIds.length === 0) {
        return new Map();
      }
      const rows = await db
        .selectFrom('chunks')
        .select(['id', 'article_id'])
        .where('article_id', 'in', articleIds)
        .where('deleted', '=', 0)
        .where('ordinal', '<', most)
        .orderBy('article_id')
        .orderBy('ordinal')
        .execute();
      const found = new Map<string, string[]>();
      for (const { article_id: articleId, id } of rows) {
        found.set(articleId, [...(found.get(articleId) ?? []), id]);
      }
      return found;
    },
  };
}
