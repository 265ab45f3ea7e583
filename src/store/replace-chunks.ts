// Writes an article's chunks over its former ones. Every change of a chunk takes the next revision, and what goes
// stays as a tombstone (text ''), so that both indexes hear of it.
import type { Transaction } from 'kysely';
import type { Chunk } from '../domain.js';
import type { Schema } from './schema.js';
import { wakeOthers } from './wakes.js';

/** Chunks written by one statement. */
const ROWS = 100;

/** Gives whether anything was written; `[]` takes all chunks away. */
export async function replaceChunks(
  transaction: Transaction<Schema>,
  articleId: string,
  chunks: Chunk[],
): Promise<boolean> {
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
  await wakeOthers(transaction, 'news');
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
