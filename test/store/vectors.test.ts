import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { allOf } from '../helpers/all-of.js';
import { storePlace } from '../helpers/store-place.js';

async function aVectorStore() {
  const store = await openStore(await storePlace());
  onTestFinished(() => store.close());
  return store.vectors;
}

it('keeps vectors to the last bit, one set a model', async () => {
  const vectors = await aVectorStore();
  const vector = Float32Array.from([0.1, -1 / 3, 1e-20, 3.4e38]);
  // A view into a larger buffer must not drag its neighbours along.
  const view = new Float32Array([9, 9, ...vector, 9]).subarray(2, 6);

  await vectors.putVectors('m', [{ id: 'a', vector: view }]);
  await vectors.putVectors('n', [{ id: 'a', vector: new Float32Array([1]) }]);

  expect(await vectors.vectors('m', ['a', 'b'])).toEqual(new Map([['a', vector]]));
  expect(await vectors.vectors('n', ['a'])).toEqual(new Map([['a', new Float32Array([1])]]));
  expect(await vectors.vectors('m', [])).toEqual(new Map());
});

it('replaces the vector of an id', async () => {
  const vectors = await aVectorStore();

  await vectors.putVectors('m', [{ id: 'a', vector: new Float32Array([1, 0]) }]);
  await vectors.putVectors('m', [{ id: 'a', vector: new Float32Array([0, 1]) }]);

  expect((await vectors.vectors('m', ['a'])).get('a')).toEqual(new Float32Array([0, 1]));
});

it('gives all vectors of one model in batches', async () => {
  const vectors = await aVectorStore();
  const items = Array.from({ length: 7 }, (_, i) => ({ id: `c${i}`, vector: new Float32Array([i]) }));
  await vectors.putVectors('m', items);
  await vectors.putVectors('n', [{ id: 'x', vector: new Float32Array([1]) }]);

  const batches = await allOf(vectors.allVectors('m', 3));

  expect(batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
  expect(batches.flat()).toEqual(items);
});

it('remembers how far each index has come', async () => {
  const vectors = await aVectorStore();

  expect(await vectors.appliedRevision('exact')).toBe(0);
  await vectors.setAppliedRevision('exact', 3);
  await vectors.setAppliedRevision('exact', 7);
  await vectors.setAppliedRevision('chroma', 1);

  expect([await vectors.appliedRevision('exact'), await vectors.appliedRevision('chroma')]).toEqual([7, 1]);
});
