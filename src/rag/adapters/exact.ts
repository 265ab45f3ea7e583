// The exact scan: vectors compared with the question's, in a worker thread. It stands in where no Chroma can run. Up
// to SCANNED vectors it compares all; of more, the likeliest by their signs (sign-filter.ts), which loses one in 200 of
// the nearest at 200,000 vectors and costs a tenth.
import { Piscina } from 'piscina';
import type { Vector, VectorIndex } from '../ports.js';

/** Vectors compared number by number; 1,000 take 0.7 ms. */
const SCANNED = 5000;

/** Loads all stored vectors; `batches` comes from the store. */
export async function openExactIndex(
  batches: AsyncIterable<{ id: string; vector: Vector }[]>,
  dimension: number,
  { scanned = SCANNED } = {},
): Promise<VectorIndex> {
  const pool = new Piscina({
    filename: new URL('./exact-worker.js', import.meta.url).href,
    workerData: { dimension, scanned },
    minThreads: 1,
    maxThreads: 1,
  });
  const upsert = (items: { id: string; vector: Vector }[]) => {
    const ids = items.map((item) => item.id);
    const flat = new Float32Array(items.length * dimension);
    for (const [i, { vector }] of items.entries()) {
      flat.set(vector, i * dimension);
    }
    return pool.run({ ids, flat }, { name: 'upsert' });
  };
  for await (const batch of batches) {
    await upsert(batch);
  }
  return {
    kind: 'exact scan',
    upsert,
    remove: (ids) => pool.run(ids, { name: 'remove' }),
    nearest: (vector, limit) => pool.run({ vector, limit }, { name: 'nearest' }),
    count: () => pool.run(undefined, { name: 'count' }),
    reset: () => pool.run(undefined, { name: 'reset' }),
    close: () => pool.destroy(),
  };
}
