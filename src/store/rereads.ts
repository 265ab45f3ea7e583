// Articles whose pages are to be read again, and when.
import type { Transaction } from 'kysely';
import { type Held, writeHeld } from './held.js';
import type { Database, Schema } from './schema.js';

/** A page that is read again while its article is young. */
export interface PlannedReread {
  articleId: string;
  feedUrl: string;
  dueAt: string;
  /** The feed engine's own notes. */
  state: unknown;
}

export interface RereadStore {
  /** Those that are due, the longest due first; `feedUrls` absent = of all feeds. */
  due(now: string, limit: number, feedUrls?: string[]): Promise<PlannedReread[]>;
  find(articleId: string): Promise<PlannedReread | undefined>;
  /** Replaces the plan for an article; nothing when the article is gone. Error: `claim_lost`. */
  plan(reread: PlannedReread, held?: Held): Promise<void>;
  /** The page is not read again. Error: `claim_lost`. */
  drop(articleId: string, held?: Held): Promise<void>;
}

export function createRereadStore(db: Database): RereadStore {
  return {
    async due(now, limit, feedUrls) {
      let query = db
        .selectFrom('rereads')
        .selectAll()
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('article_id')
        .limit(limit);
      if (feedUrls) {
        query = query.where('feed_url', 'in', feedUrls);
      }
      const rows = await query.execute();
      return rows.map(fromRow);
    },

    async find(articleId) {
      const row = await db
        .selectFrom('rereads')
        .selectAll()
        .where('article_id', '=', articleId)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    plan: ({ articleId, dueAt, state }, held) =>
      writeHeld(db, held, async (own) => {
        await own
          .updateTable('rereads')
          .set({ due_at: dueAt, state: JSON.stringify(state) })
          .where('article_id', '=', articleId)
          .execute();
      }),

    drop: (articleId, held) =>
      writeHeld(db, held, async (own) => {
        await own.deleteFrom('rereads').where('article_id', '=', articleId).execute();
      }),
  };
}

/** Written with the article itself, so that a kill in between forgets no page. `same` keeps a plan that is there. */
export async function planReread(
  transaction: Transaction<Schema>,
  { articleId, dueAt, feedUrl, state }: PlannedReread,
  outcome: 'new' | 'changed' | 'same',
): Promise<void> {
  const values = { feed_url: feedUrl, due_at: dueAt, state: JSON.stringify(state) };
  await transaction
    .insertInto('rereads')
    .values({ article_id: articleId, ...values })
    .onConflict((conflict) => {
      const column = conflict.column('article_id');
      return outcome === 'same' ? column.doNothing() : column.doUpdateSet(values);
    })
    .execute();
}

function fromRow(row: {
  article_id: string;
  feed_url: string;
  due_at: string;
  state: string;
}): PlannedReread {
  return {
    articleId: row.article_id,
    feedUrl: row.feed_url,
    dueAt: row.due_at,
    state: JSON.parse(row.state),
  };
}
