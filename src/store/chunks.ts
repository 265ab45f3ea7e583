// Chunks as the indexes and the retriever read them.
import type { Chunk, Passage } from '../domain.js';
import type { ChunkRow, Database } from './schema.js';
import { storiesOf } from './stories.js';

export interface ChunkStore {
  /** At most `limit` changes after `revision`, in the order of revisions; undefined when there are none. */
  changesAfter(
    revision: number,
    limit: number,
  ): Promise<{ puts: Chunk[]; drops: string[]; revision: number } | undefined>;
  /** The newest revision; 0 = nothing was ever stored. */
  latestRevision(): Promise<number>;
  /** Takedowns that removed something. */
  erased(): Promise<number>;
  /** Those of `ids` (at most some hundred) that live, in that order, with `score` 0. */
  passages(ids: string[]): Promise<Passage[]>;
  /** The living chunks before and after each of `ids` in its article, by id; an id that does not live is absent. */
  neighbours(ids: string[]): Promise<Map<string, { before?: Chunk; after?: Chunk }>>;
  newestArticle(): Promise<string | undefined>;
  countChunks(): Promise<number>;
  /** Names of all publishers, each once. */
  publishers(): Promise<string[]>;
  /** The name of the chunking that made the chunks; undefined = none yet. */
  chunking(): Promise<string | undefined>;
  setChunking(name: string): Promise<void>;
}

export function createChunkStore(db: Database): ChunkStore {
  async function counted(name: string): Promise<number> {
    const row = await db.selectFrom('counters').select('value').where('name', '=', name).executeTakeFirst();
    return Number(row?.value ?? 0);
  }

  return {
    async changesAfter(revision, limit) {
      const rows = await db
        .selectFrom('chunks')
        .selectAll()
        .where('revision', '>', revision)
        .orderBy('revision')
        .limit(limit)
        .execute();
      const last = rows.at(-1);
      if (!last) {
        return undefined;
      }
      return {
        puts: rows.filter((row) => !row.deleted).map(toChunk),
        drops: rows.filter((row) => row.deleted).map((row) => row.id),
        revision: Number(last.revision),
      };
    },

    latestRevision: () => counted('revision'),
    erased: () => counted('erased'),

    async passages(ids) {
      if (ids.length === 0) {
        return [];
      }
      const rows = await db
        .selectFrom('chunks')
        .innerJoin('articles', 'articles.id', 'chunks.article_id')
        .select(['chunks.id', 'article_id', 'ordinal', 'header', 'chunks.text', 'title', 'url', 'publisher'])
        .select('published_at as publishedAt')
        .where('chunks.id', 'in', ids)
        .where('deleted', '=', 0)
        .execute();
      const stories = await storiesOf(
        db,
        rows.map((row) => row.article_id),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = byId.get(id);
        if (!row) {
          return [];
        }
        const { article_id: articleId, ...rest } = row;
        const story = stories.get(articleId);
        return [{ ...rest, articleId, ...(story && { story }), score: 0 }];
      });
    },

    async neighbours(ids) {
      if (ids.length === 0) {
        return new Map();
      }
      const rows = await db
        .selectFrom('chunks as middle')
        .leftJoin('chunks as beside', (join) =>
          join
            .onRef('beside.article_id', '=', 'middle.article_id')
            .on('beside.deleted', '=', 0)
            .on((e) =>
              e.or([
                e('beside.ordinal', '=', e('middle.ordinal', '-', 1)),
                e('beside.ordinal', '=', e('middle.ordinal', '+', 1)),
              ]),
            ),
        )
        .select(['middle.id as middle', 'middle.ordinal as at'])
        .select(['beside.id', 'beside.article_id', 'beside.ordinal', 'beside.header', 'beside.text'])
        .where('middle.id', 'in', ids)
        .where('middle.deleted', '=', 0)
        .execute();
      const found = new Map<string, { before?: Chunk; after?: Chunk }>();
      for (const { at, middle, ...beside } of rows) {
        const around = found.get(middle) ?? {};
        found.set(middle, around);
        if (beside.id !== null) {
          around[(beside.ordinal ?? 0) < at ? 'before' : 'after'] = toChunk(beside as ChunkRow);
        }
      }
      return found;
    },

    async newestArticle() {
      const row = await db
        .selectFrom('articles')
        .select((e) => e.fn.max('published_at').as('newest'))
        .executeTakeFirst();
      return row?.newest ?? undefined;
    },

    async countChunks() {
      const row = await db
        .selectFrom('chunks')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('deleted', '=', 0)
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },

    async publishers() {
      const rows = await db
        .selectFrom('articles')
        .select('publisher')
        .distinct()
        .orderBy('publisher')
        .execute();
      return rows.map((row) => row.publisher);
    },

    async chunking() {
      const row = await db
        .selectFrom('settings')
        .select('value')
        .where('name', '=', 'chunking')
        .executeTakeFirst();
      return row?.value;
    },

    async setChunking(value) {
      await db
        .insertInto('settings')
        .values({ name: 'chunking', value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}

function toChunk(row: ChunkRow): Chunk {
  return { id: row.id, articleId: row.article_id, ordinal: row.ordinal, header: row.header, text: row.text };
}
