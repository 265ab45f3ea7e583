// Articles with their chunks, written together: after a kill at any moment an article is there with all its
// chunks or not at all.
import { createHash } from 'node:crypto';
import type { Article, Chunk } from '../domain.js';
import { BotError } from '../errors.js';
import { isBlocked } from './blocks.js';
import { checkHeld, type Held } from './held.js';
import type { LinkCopies } from './link-copies.js';
import { replaceChunks } from './replace-chunks.js';
import { type PlannedReread, planReread } from './rereads.js';
import { keepRevision } from './revisions.js';
import type { ArticleRow, Database } from './schema.js';
import { inTurn } from './sql/transactions.js';

/** How an article came. */
export interface Found {
  /** The time, ISO 8601. */
  at: string;
  /** It came with a feed's first poll: it fills the index and is no news. It stays what it was when it was new. */
  isHistory?: boolean | undefined;
  /** Its page is to be read again. */
  reread?: Omit<PlannedReread, 'articleId'> | undefined;
  /** The claim under which it was found; absent = by hand. */
  held?: Held | undefined;
}

export interface ArticleStore {
  /**
   * Stores the article and replaces its chunks: unchanged ones (same id) keep their revision, new ones get
   * the next, vanished ones become tombstones. What a page said before is kept as a revision. Its copies among
   * the others are linked with it. `same` = nothing was written. Errors: `taken_down`, `claim_lost`.
   */
  put(article: Article, chunks: Chunk[], found?: Found): Promise<'new' | 'changed' | 'same'>;
  /** By id, else by the address that people are shown. */
  find(id: string, url?: string): Promise<StoredArticle | undefined>;
  /** All articles in the order of their ids, `pageSize` at a time. */
  all(pageSize?: number): AsyncIterable<Article>;
  count(): Promise<number>;
}

export interface StoredArticle extends Article {
  /** When it was stored for the first time; absent = before this was kept. */
  foundAt?: string | undefined;
  /** It came with a feed's first poll. */
  isHistory: boolean;
}

export function createArticleStore(db: Database, linkCopies: LinkCopies): ArticleStore {
  return {
    async put(article, chunks, found = { at: new Date().toISOString() }) {
      const row = toRow(article, found);
      return inTurn(db, 'news', async (transaction) => {
        await checkHeld(transaction, found.held);
        if (await isBlocked(transaction, article.canonicalUrl)) {
          throw new BotError('taken_down', `${article.url} was taken down and is not stored again`);
        }
        const known = await transaction
          .selectFrom('articles')
          .select(['id', 'content_hash', 'title', 'text', 'origin'])
          .where('id', '=', article.id)
          .executeTakeFirst();
        const wroteChunks = await replaceChunks(transaction, article.id, chunks);
        const hasChanged = known?.content_hash !== row.content_hash;
        const outcome = known ? (hasChanged || wroteChunks ? 'changed' : 'same') : 'new';
        if (outcome !== 'same') {
          const { id: _id, found_at: _at, is_history: _history, ...changes } = row;
          await transaction
            .insertInto('articles')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
            .execute();
        }
        // The feed's own text was a stand-in for the page; that it gave way is no change of the article.
        if (known && hasChanged && known.origin === row.origin) {
          await keepRevision(transaction, known, found.at);
        }
        if (hasChanged) {
          await linkCopies(transaction, row, known ? 'known' : 'new');
        }
        if (found.reread) {
          await planReread(transaction, { ...found.reread, articleId: article.id }, outcome);
        }
        return outcome;
      });
    },

    async find(id, url) {
      const articles = db.selectFrom('articles').selectAll();
      const row =
        (await articles.where('id', '=', id).executeTakeFirst()) ??
        (url === undefined ? undefined : await articles.where('url', '=', url).executeTakeFirst());
      return row && { ...fromRow(row), foundAt: row.found_at ?? undefined, isHistory: row.is_history === 1 };
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

function toRow(article: Article, found: Found): ArticleRow {
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
    found_at: found.at,
    is_history: found.isHistory ? 1 : 0,
  };
}

export function fromRow(row: ArticleRow): Article {
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
