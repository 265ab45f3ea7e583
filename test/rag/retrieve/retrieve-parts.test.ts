import { expect, it } from 'vitest';
import { createPartsRetriever } from '#src/rag/retrieve/retrieve-parts.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const passage = (id: string, score: number) => aPassage({ id, articleId: id, score });
const LISTS: Record<string, [string, number][]> = {
  both: [
    ['a', 0.9],
    ['b', 0.5],
    ['c', 0.4],
  ],
  one: [
    ['b', 0.7],
    ['a', 0.6],
  ],
  other: [
    ['b', 0.9],
    ['d', 0.8],
  ],
};
const retrieve = createPartsRetriever(async ({ text }) =>
  (LISTS[text] ?? []).map(([id, score]) => passage(id, score)),
);

it('searches a single question as it is', async () => {
  expect((await retrieve(aQuery({ text: 'both' }))).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

it('puts the best report of each part first, then that of the whole, and scores fall', async () => {
  const parts = [aQuery({ text: 'one' }), aQuery({ text: 'other' })];

  const found = await retrieve(aQuery({ text: 'both', parts }));

  expect(found.map(({ id }) => id)).toEqual(['b', 'd', 'a']);
  expect(found.map(({ score }) => score)).toEqual([0.7, 0.7, 0.7]);
});

it('gives nothing when nothing is found', async () => {
  expect(await retrieve(aQuery({ text: 'x', parts: [aQuery({ text: 'y' })] }))).toEqual([]);
});
