// Vectors of chunks, kept so that a vector index can be rebuilt, or replaced by an exact scan, without
// embedding anything again; and how far each derived index has come.
import type { Database } from './schema.js';
import { inTransaction } from './sql/transactions.js';

export interface VectorStore {
  /** Vectors that are stored for these chunks under the model `key`; missing ones are absent. */
  vectors(key: string, ids: string[]): Promise<Map<string, Float32Array>>;
  putVectors(key: string, items: { id: string; vector: Float32Array }[]): Promise<void>;
  /** All vectors of one model, in batches. */
  allVectors(key: string, pageSize?: number): AsyncIterable<{ id: string; vector: Float32Array }[]>;
  /** The revision that the index named `index` has applied; 0 = none. */
  appliedRevision(index: string): Promise<number>;
  setAppliedRevision(index: string, revision: number): Promise<void>;
}

/** Vectors written by one statement. */
const ROWS = 100;

export function createVectorStore(db: Database): VectorStore {
  return {
    async vectors(key, ids) {
      if (ids.length === 0) {
        return new Map();
      }
      const rows = await db
        .selectFrom('vectors')
        .select(['chunk_id', 'vector'])
        .where('model', '=', key)
        .where('chunk_id', 'in', ids)
        .execute();
      return new Map(rows.map((row) => [row.chunk_id, toVector(row.vector)]));
    },

    async putVectors(key, items) {
      await inTransaction(db, async (transaction) => {
        for (let from = 0; from < items.length; from += ROWS) {
          const rows = items.slice(from, from + ROWS).map(({ id, vector }) => {
            const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
            return { model: key, chunk_id: id, vector: bytes };
          });
          await transaction
            .insertInto('vectors')
            .values(rows)
            .onConflict((conflict) =>
              conflict
                .columns(['model', 'chunk_id'])
                .doUpdateSet((e) => ({ vector: e.ref('excluded.vector') })),
            )
            .execute();
        }
      });
    },

    async *allVectors(key, pageSize = 1000) {
      let after = '';
      while (true) {
        const rows = await db
          .selectFrom('vectors')
          .select(['chunk_id', 'vector'])
          .where('model', '=', key)
          .where('chunk_id', '>', after)
          .orderBy('chunk_id')
          .limit(pageSize)
          .execute();
        const last = rows.at(-1);
        if (!last) {
          return;
        }
        yield rows.map((row) => ({ id: row.chunk_id, vector: toVector(row.vector) }));
        after = last.chunk_id;
      }
    },

    async appliedRevision(index) {
      const row = await db
        .selectFrom('index_state')
        .select('revision')
        .where('name', '=', index)
        .executeTakeFirst();
      return Number(row?.revision ?? 0);
    },

    async setAppliedRevision(index, revision) {
      await db
        .insertInto('index_state')
        .values({ name: index, revision })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ revision }))
        .execute();
    },
  };
}

/** Copies: a blob need not lie on a 4-byte boundary. */
function toVector(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
