import { expect, it, onTestFinished } from 'vitest';
import { openExactIndex } from '#src/rag/adapters/exact.js';
import type { Vector } from '#src/rag/ports.js';
import { unitVector } from '../../helpers/vectors.js';
import { DIMENSION, describeVectorIndex, item } from './vector-index-contract.js';

async function openEmpty(batches: { id: string; vector: Vector }[][] = [], dimension = DIMENSION) {
  const index = await openExactIndex(from(batches), dimension);
  onTestFinished(() => index.close());
  return index;
}

async function* from<Item>(items: Item[]) {
  yield* items;
}

describeVectorIndex(openEmpty);

it('gives what comparing every vector gives, after inserts, replacements and removals', async () => {
  const dimension = 384;
  const kept = new Map(Array.from({ length: 1500 }, (_, i) => [`c${i}`, unitVector(i, dimension)]));
  const all = [...kept].map(([id, vector]) => ({ ...item(id, 0), vector }));
  const index = await openEmpty([all.slice(0, 700), all.slice(700, 900)], dimension);
  await index.upsert(all.slice(900));
  for (let i = 0; i < 1500; i += 7) {
    kept.delete(`c${i}`);
  }
  await index.remove(Array.from({ length: 215 }, (_, i) => `c${i * 7}`));
  const replaced = { ...item('c3', 0), vector: unitVector(9999, dimension) };
  kept.set('c3', replaced.vector);
  await index.upsert([replaced]);

  for (const seed of [1, 9999, 20_000]) {
    const question = unitVector(seed, dimension);
    const scored = [...kept].map(([id, vector]) => {
      return { id, score: vector.reduce((sum, x, i) => sum + x * (question[i] ?? 0), 0) };
    });
    const best = scored.sort((a, b) => b.score - a.score).slice(0, 100);

    const hits = await index.nearest(question, 100);

    expect(hits.map(({ id }) => id)).toEqual(best.map(({ id }) => id));
    expect(hits[99]?.score).toBeCloseTo(best[99]?.score ?? 9, 5);
  }
  expect(await index.count()).toBe(kept.size);
});

it('finds the nearest of more vectors than it compares number by number', async () => {
  const dimension = 384;
  const question = unitVector(9999, dimension);
  const vectors = Array.from({ length: 2000 }, (_, i) => ({
    ...item(`c${i}`, 0),
    vector: unitVector(i, dimension).map((x, at) => (i % 100 === 0 ? x + (question[at] ?? 0) : x)),
  }));
  const index = await openExactIndex(from([vectors]), dimension, { scanned: 100 });
  onTestFinished(() => index.close());
  // The last rows move into the gaps, their signs with them.
  await index.remove(vectors.slice(1, 50).map(({ id }) => id));

  const hits = await index.nearest(question, 20);

  const near = vectors.filter((_, i) => i % 100 === 0).map(({ id }) => id);
  expect(hits.map(({ id }) => id).sort()).toEqual(near.sort());
  expect(await index.nearest(question, 500)).toHaveLength(500);
});

it('puts equal vectors in the order of their ids', async () => {
  const index = await openEmpty([['b', 'a', 'c'].map((id) => item(id, 1))]);

  expect((await index.nearest(unitVector(1, DIMENSION), 2)).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('tells what it is', async () => {
  expect((await openEmpty()).kind).toBe('exact scan');
});
