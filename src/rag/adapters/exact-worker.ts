// The thread behind exact.ts: one matrix of vectors that grows by doubling, a row an id. Removing moves the
// last row into the gap, so rows stay dense.
import { workerData } from 'piscina';
import type { Hit } from '../ports.js';

const { dimension } = workerData as { dimension: number };
let matrix = new Float32Array(1024 * dimension);
let ids: string[] = [];
let rows = new Map<string, number>();

export function upsert({ ids: given, flat }: { ids: string[]; flat: Float32Array }): void {
  for (const [i, id] of given.entries()) {
    const row = rows.get(id) ?? ids.length;
    if (row === ids.length) {
      ids.push(id);
      rows.set(id, row);
    }
    if (ids.length * dimension > matrix.length) {
      const larger = new Float32Array(matrix.length * 2);
      larger.set(matrix);
      matrix = larger;
    }
    matrix.set(flat.subarray(i * dimension, (i + 1) * dimension), row * dimension);
  }
}

export function remove(given: string[]): void {
  for (const id of given) {
    const row = rows.get(id);
    const last = ids.pop();
    if (row === undefined || last === undefined) {
      if (last !== undefined) {
        ids.push(last);
      }
      continue;
    }
    rows.delete(id);
    if (last !== id) {
      ids[row] = last;
      rows.set(last, row);
      matrix.copyWithin(row * dimension, ids.length * dimension, (ids.length + 1) * dimension);
    }
  }
}

export function nearest({ vector, limit }: { vector: Float32Array; limit: number }): Hit[] {
  const scores = new Float32Array(ids.length);
  for (let row = 0; row < ids.length; row += 1) {
    const from = row * dimension;
    let sum = 0;
    for (let i = 0; i < dimension; i += 1) {
      sum += (matrix[from + i] as number) * (vector[i] as number);
    }
    scores[row] = sum;
  }
  const cut = Float32Array.from(scores).sort().at(-limit) ?? Number.NEGATIVE_INFINITY;
  const best: Hit[] = [];
  for (const [row, score] of scores.entries()) {
    if (score >= cut) {
      best.push({ id: ids[row] as string, score });
    }
  }
  return best.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

export function count(): number {
  return ids.length;
}

export function reset(): void {
  matrix = new Float32Array(1024 * dimension);
  ids = [];
  rows = new Map();
}
