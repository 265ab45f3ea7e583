// What every VectorIndex must do. `open` gives an empty index of 8 dimensions that the test closes.
import { expect, it } from 'vitest';
import type { IndexedVector, VectorIndex } from '#src/rag/ports.js';
import { unitVector } from '../../helpers/vectors.js';

export const DIMENSION = 8;

export function item(id: string, seed: number): IndexedVector {
  const vector = unitVector(seed, DIMENSION);
  return { id, vector, document: `Text of ${id}.`, articleId: id, publishedAt: '2023-12-19T10:00:00.000Z' };
}

export function describeVectorIndex(open: () => Promise<VectorIndex>): void {
  it('finds the nearest, best first, with cosines as scores', async () => {
    const index = await open();
    const items = Array.from({ length: 50 }, (_, i) => item(`c${i}`, i));
    await index.upsert(items);

    const hits = await index.nearest(unitVector(17, DIMENSION), 5);

    expect(hits).toHaveLength(5);
    expect(hits[0]).toEqual({ id: 'c17', score: expect.closeTo(1, 4) });
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { id, score } of hits) {
      const vector = items.find((one) => one.id === id)?.vector ?? new Float32Array();
      const cosine = vector.reduce((sum, x, i) => sum + x * (unitVector(17, DIMENSION)[i] ?? 0), 0);
      expect(score).toBeCloseTo(cosine, 4);
    }
  });

  it('replaces the same id', async () => {
    const index = await open();
    await index.upsert([item('a', 1), item('b', 2)]);

    await index.upsert([item('a', 3)]);
    await index.upsert([item('a', 3)]);

    expect(await index.count()).toBe(2);
    expect((await index.nearest(unitVector(3, DIMENSION), 1))[0]).toEqual({
      id: 'a',
      score: expect.closeTo(1, 4),
    });
  });

  it('removes ids, also unknown ones, and nothing for none', async () => {
    const index = await open();
    await index.upsert([item('a', 1), item('b', 2), item('c', 3)]);

    await index.remove(['a', 'unknown']);
    await index.remove(['a']);
    await index.remove([]);

    expect(await index.count()).toBe(2);
    expect((await index.nearest(unitVector(1, DIMENSION), 9)).map(({ id }) => id).sort()).toEqual(['b', 'c']);
  });

  it('takes more items than one request may hold, and gives fewer hits than asked for when there are fewer', async () => {
    const index = await open();
    await index.upsert(Array.from({ length: 1100 }, (_, i) => item(`c${i}`, i)));
    expect(await index.count()).toBe(1100);

    await index.remove(Array.from({ length: 1097 }, (_, i) => `c${i}`));

    expect(await index.count()).toBe(3);
    expect(await index.nearest(unitVector(1098, DIMENSION), 9)).toHaveLength(3);
  });

  it('finds nothing while it is empty', async () => {
    const index = await open();
    await index.upsert([]);

    expect(await index.count()).toBe(0);
    expect(await index.nearest(unitVector(1, DIMENSION), 3)).toEqual([]);
  });

  it('forgets everything at a reset and can be filled again', async () => {
    const index = await open();
    await index.upsert([item('a', 1), item('b', 2)]);

    await index.reset();

    expect(await index.count()).toBe(0);
    await index.upsert([item('c', 3)]);
    expect((await index.nearest(unitVector(1, DIMENSION), 3)).map(({ id }) => id)).toEqual(['c']);
  });
}
