// The thread behind exact.ts: one matrix of vectors that grows by doubling, a row an id, and the signs of its numbers
// beside it. Removing moves the last row into the gap, so rows stay dense.
import { workerData } from 'piscina';
import type { Hit } from '../ports.js';
import { bytesOf, likelyRows, signsOf } from './sign-filter.js';

const { dimension, scanned } = workerData as { dimension: number; scanned: number };
const bytes = bytesOf(dimension);
let matrix = new Float32Array(1024 * dimension);
let signs = new Uint8Array(1024 * bytes);
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
      grow();
    }
    const vector = flat.subarray(i * dimension, (i + 1) * dimension);
    matrix.set(vector, row * dimension);
    signsOf(vector, signs.subarray(row * bytes, (row + 1) * bytes));
  }
}

export function remove(given: string[]): void {
  for (const id of given) {
    const row = rows.get(id);
    const last = ids.at(-1);
    if (row === undefined || last === undefined) {
      continue;
    }
    ids.pop();
    rows.delete(id);
    if (last !== id) {
      ids[row] = last;
      rows.set(last, row);
      matrix.copyWithin(row * dimension, ids.length * dimension, (ids.length + 1) * dimension);
      signs.copyWithin(row * bytes, ids.length * bytes, (ids.length + 1) * bytes);
    }
  }
}

export function nearest({ vector, limit }: { vector: Float32Array; limit: number }): Hit[] {
  const most = Math.max(scanned, limit);
  const likely =
    ids.length > most ? likelyRows(signs, ids.length, vector, most) : Int32Array.from(ids.keys());
  const scores = Float32Array.from(likely, (row) => product(row, vector));
  const cut = Float32Array.from(scores).sort().at(-limit) ?? Number.NEGATIVE_INFINITY;
  const best: Hit[] = [];
  for (const [i, score] of scores.entries()) {
    if (score >= cut) {
      best.push({ id: ids[likely[i] as number] as string, score });
    }
  }
  return best.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

export function count(): number {
  return ids.length;
}

export function reset(): void {
  matrix = new Float32Array(1024 * dimension);
  signs = new Uint8Array(1024 * bytes);
  ids = [];
  rows = new Map();
}

/** Four sums side by side do not wait for each other: it takes half the time. */
function product(row: number, vector: Float32Array): number {
  const from = row * dimension;
  const whole = dimension - (dimension % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += (matrix[from + i] as number) * (vector[i] as number);
    b += (matrix[from + i + 1] as number) * (vector[i + 1] as number);
    c += (matrix[from + i + 2] as number) * (vector[i + 2] as number);
    d += (matrix[from + i + 3] as number) * (vector[i + 3] as number);
  }
  for (let i = whole; i < dimension; i += 1) {
    a += (matrix[from + i] as number) * (vector[i] as number);
  }
  return a + b + c + d;
}

function grow(): void {
  const larger = new Float32Array(matrix.length * 2);
  larger.set(matrix);
  matrix = larger;
  const longer = new Uint8Array(signs.length * 2);
  longer.set(signs);
  signs = longer;
}
