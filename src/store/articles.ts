// Articles with their chunks, written together: after a kill at any moment an article is there with all its
// chunks or not at all.
import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Article, Chunk } from '../domain.js';
import type { LinkCopies } from './link-copies.js';
import type { ArticleRow, Database, Schema } from './schema.js';

export interface ArticleStore {
  /**
   * Stores the article and replaces its chunks: unchanged ones (same id) keep their revision, new ones get
   * the next, vanished ones become tombstones. Its copies among the others are linked with it.
   * `same` = nothing was written.
   */
  put(article: Article, chunks: Chunk[]): Promise<'new' | 'changed' | 'same'>;
  /** All articles in the order of their ids, `pageSize` at a time. */
  all(pageSize?: number): AsyncIterable<Article>;
  count(): Promise<number>;
}

/** Chunks written by one statement. */
const ROWS = 100;

export function createArticleStore(db: Database, linkCopies: LinkCopies): ArticleStore {
  return {
    async put(article, chunks) {
      const row = toRow(article);
      return db.transaction().execute(async (transaction) => {
        const known = await transaction
          .selectFrom('articles')
          .select('content_hash')
          .where('id', '=', article.id)
          .executeTakeFirst();
        const wroteChunks = await replaceChunks(transaction, article.id, chunks);
        if (known?.content_hash === row.content_hash && !wroteChunks) {
          return 'same';
        }
        const { id: _, ...changes } = row;
        await transaction
          .insertInto('articles')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
          .execute();
        if (known?.content_hash !== row.content_hash) {
          await linkCopies(transaction, row, known ? 'known' : 'new');
        }
        return known ? 'changed' : 'new';
      });
    },

    async *all(pageSize = 200) {
      let after = '';
      while (true) {
        const rows = await db
          .selectFrom('articles')
          .selectAll()
          .where('id', '>', after)
          .orderBy('id')
          .limit(pageSize)
          .execute();
        yield* rows.map(fromRow);
        const last = rows.at(-1);
        if (!last) {
          return;
        }
        after = last.id;
      }
    },

    async count() {
      const { n } = await db
        .selectFrom('articles')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },
  };
}

async function replaceChunks(transaction: Transaction<Schema>, articleId: string, chunks: Chunk[]) {
  const old = await transaction
    .selectFrom('chunks')
    .select('id')
    .where('article_id', '=', articleId)
    .where('deleted', '=', 0)
    .execute();
  const living = new Set(old.map((row) => row.id));
  const wanted = new Set(chunks.map((chunk) => chunk.id));
  const puts = chunks.filter((chunk) => !living.has(chunk.id));
  const drops = [...living].filter((id) => !wanted.has(id));
  if (puts.length + drops.length === 0) {
    return false;
  }
  let revision = await takeRevisions(transaction, puts.length + drops.length);
  for (let from = 0; from < puts.length; from += ROWS) {
    const rows = puts.slice(from, from + ROWS).map(({ header, id, ordinal, text }, i) => {
      return { id, article_id: articleId, header, text, ordinal, revision: revision + i, deleted: 0 };
    });
    await transaction
      .insertInto('chunks')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((e) => ({
          header: e.ref('excluded.header'),
          text: e.ref('excluded.text'),
          ordinal: e.ref('excluded.ordinal'),
          revision: e.ref('excluded.revision'),
          deleted: e.ref('excluded.deleted'),
        })),
      )
      .execute();
    revision += rows.length;
  }
  for (const id of drops) {
    await transaction
      .updateTable('chunks')
      .set({ deleted: 1, text: '', header: '', revision })
      .where('id', '=', id)
      .execute();
    await transaction.deleteFrom('vectors').where('chunk_id', '=', id).execute();
    revision += 1;
  }
  return true;
}

/** Takes `count` revisions and gives the first; the counter's row makes writers take turns. */
async function takeRevisions(transaction: Transaction<Schema>, count: number): Promise<number> {
  const { value } = await transaction
    .updateTable('counters')
    .set((e) => ({ value: e('value', '+', count) }))
    .where('name', '=', 'revision')
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(value) - count + 1;
}

function toRow(article: Article): ArticleRow {
  const shown = [
    article.title,
    article.publisher,
    article.url,
    article.author,
    article.publishedAt,
    article.text,
  ];
  return {
    id: article.id,
    canonical_url: article.canonicalUrl,
    url: article.url,
    title: article.title,
    publisher: article.publisher,
    author: article.author ?? null,
    published_at: article.publishedAt,
    text: article.text,
    origin: article.origin,
    content_hash: createHash('sha256').update(JSON.stringify(shown)).digest('hex'),
  };
}

function fromRow(row: ArticleRow): Article {
  return {
    id: row.id,
    canonicalUrl: row.canonical_url,
    url: row.url,
    title: row.title,
    publisher: row.publisher,
    author: row.author ?? undefined,
    publishedAt: row.published_at,
    text: row.text,
    origin: row.origin === 'page' ? 'page' : 'feed',
  };
}
