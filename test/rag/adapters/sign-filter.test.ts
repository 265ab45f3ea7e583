import { expect, it } from 'vitest';
import { bytesOf, likelyRows, signsOf } from '#src/rag/adapters/sign-filter.js';
import { unitVector } from '../../helpers/vectors.js';

const DIMENSION = 384;

function signsOfAll(vectors: Float32Array[], dimension = DIMENSION) {
  const bytes = bytesOf(dimension);
  const signs = new Uint8Array(vectors.length * bytes);
  for (const [row, vector] of vectors.entries()) {
    signsOf(vector, signs.subarray(row * bytes, (row + 1) * bytes));
  }
  return signs;
}

it('keeps the nearest among a twentieth of the rows', () => {
  const question = unitVector(77_777, DIMENSION);
  // Every fortieth leans towards the question.
  const vectors = Array.from({ length: 4000 }, (_, i) =>
    unitVector(i, DIMENSION).map((x, at) => x + (i % 40 === 0 ? 0.4 * (question[at] ?? 0) : 0)),
  );

  const rows = likelyRows(signsOfAll(vectors), vectors.length, question, 200);

  const found = new Set(rows);
  const leaning = [...vectors.keys()].filter((row) => row % 40 === 0);
  expect(rows.length).toBeLessThan(260);
  expect(leaning.filter((row) => !found.has(row))).toEqual([]);
});

it('gives all rows when there are no more than asked for, and ties beyond', () => {
  const vectors = Array.from({ length: 10 }, () => unitVector(1, 12));
  const signs = signsOfAll(vectors, 12);

  expect([...likelyRows(signs, 10, unitVector(2, 12), 50)]).toHaveLength(10);
  expect([...likelyRows(signs, 10, unitVector(2, 12), 3)]).toHaveLength(10);
  expect([...likelyRows(signs, 0, unitVector(2, 12), 3)]).toEqual([]);
});

it('bears a vector of noughts', () => {
  const signs = signsOfAll([unitVector(1, 12), new Float32Array(12)], 12);

  expect([...likelyRows(signs, 2, new Float32Array(12), 1)]).toEqual([0, 1]);
});
