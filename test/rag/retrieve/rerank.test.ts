import { expect, it } from 'vitest';
import { withRatings } from '#src/rag/retrieve/rerank.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const query = aQuery({ text: 'who won?' });
const passages = [
  aPassage({ id: 'a', header: 'A.', text: 'one', score: 0.9 }),
  aPassage({ id: 'b', header: 'B.', text: 'two', score: 0.5 }),
];
const ids = (list: { id: string }[]) => list.map(({ id }) => id);

it('mixes ratings of question and whole chunk into the scores', async () => {
  const asked: unknown[] = [];
  const reranker = {
    rate: async (question: string, texts: string[]) => {
      asked.push([question, texts]);
      return [0.1, 0.9];
    },
  };

  const found = await withRatings(passages, query, { reranker }, { rerankWeight: 0.75 });

  expect(asked).toEqual([['who won?', ['A.\none', 'B.\ntwo']]]);
  expect(ids(found)).toEqual(['b', 'a']);
  expect(found[0]?.score).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.9);
});

it('rates the best 16 alone, and none without a reranker, a weight or passages', async () => {
  const counts: number[] = [];
  const reranker = {
    rate: async (_: string, texts: string[]) => {
      counts.push(texts.length);
      return texts.map(() => 0.5);
    },
  };
  const many = Array.from({ length: 40 }, (_, i) => aPassage({ id: `c${i}`, score: 1 - i / 40 }));

  expect(await withRatings(many, query, { reranker }, { rerankWeight: 0.5 })).toHaveLength(40);
  expect(await withRatings(many, query, {}, { rerankWeight: 0.5 })).toBe(many);
  expect(await withRatings(many, query, { reranker }, { rerankWeight: 0 })).toBe(many);
  expect(await withRatings([], query, { reranker }, { rerankWeight: 0.5 })).toEqual([]);
  expect(counts).toEqual([16]);
});

it('leaves the order when the reranker fails, and tells; an abort is no failure', async () => {
  const failures: unknown[] = [];
  const failure = new Error('out of memory');
  const deps = {
    reranker: { rate: () => Promise.reject(failure) },
    onRerankFailure: (error: unknown) => failures.push(error),
  };

  expect(await withRatings(passages, query, deps, { rerankWeight: 0.5 })).toBe(passages);
  const aborted = AbortSignal.abort(new Error('given up'));
  await expect(withRatings(passages, query, deps, { rerankWeight: 0.5 }, aborted)).rejects.toThrow(
    'given up',
  );
  expect(failures).toEqual([failure]);
});
