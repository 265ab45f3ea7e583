import { expect, it } from 'vitest';
import { type RankOptions, rank, type Wishes } from '#src/rag/retrieve/rank.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const OPTIONS: RankOptions = {
  limit: 20,
  perArticle: 3,
  pairWeight: 0,
  articleWeight: 0,
  publisherWeight: 0,
  dateWeight: 0,
  sideWeight: 0,
  repetition: 0,
};
const NOTHING: Wishes = aQuery({});

/** "a:1" belongs to the article "a". */
const passage = (id: string, score: number, parts: Parameters<typeof aPassage>[0] = {}) =>
  aPassage({ id, articleId: id.split(':')[0] ?? '', score, ...parts });
const ids = (passages: { id: string }[]) => passages.map(({ id }) => id);

it('prefers the publisher that is named, but not at any price', () => {
  const passages = [
    passage('a:1', 1, { publisher: 'A' }),
    passage('b:1', 0.9, { publisher: 'B' }),
    passage('c:1', 0.3, { publisher: 'B' }),
  ];

  const ranked = rank(passages, { ...NOTHING, publishers: ['B'] }, { ...OPTIONS, publisherWeight: 0.25 });

  expect(ids(ranked)).toEqual(['b:1', 'a:1', 'c:1']);
});

it.each([
  ['women', 'b:1'],
  ['under-19', 'c:1'],
  ['men', 'a:1'],
] as const)('prefers the side that is named: %s', (side, first) => {
  const passages = [
    passage('a:1', 0.8, { text: 'Harbour won the final.' }),
    passage('b:1', 0.8, { text: "Harbour won the women's final." }),
    passage('c:1', 0.8, { text: 'Harbour won the under-19 final.' }),
  ];

  const ranked = rank(passages.toReversed(), { ...NOTHING, sides: [side] }, { ...OPTIONS, sideWeight: 0.1 });

  expect(ids(ranked)[0]).toBe(first);
});

it('prefers the day that is named, and half as much the day after', () => {
  const on = (day: number) => ({ publishedAt: `2023-12-${day}T12:00:00.000Z` });
  const passages = [
    passage('before:1', 0.8, on(16)),
    passage('later:1', 0.8, on(20)),
    passage('after:1', 0.7, on(18)),
    passage('on:1', 0.6, on(17)),
  ];
  const windows = [{ from: '2023-12-17T00:00:00.000Z', to: '2023-12-18T00:00:00.000Z' }];

  const ranked = rank(passages, { ...NOTHING, windows }, { ...OPTIONS, dateWeight: 0.3 });

  expect(ids(ranked)).toEqual(['on:1', 'after:1', 'before:1', 'later:1']);
});

it('puts the newest of the articles near the top first when the newest state is asked for', () => {
  const on = (day: number) => ({ publishedAt: `2023-12-${day}T12:00:00.000Z` });
  const passages = [
    passage('old:1', 1, on(10)),
    passage('old:2', 0.9, on(10)),
    passage('new:1', 0.7, on(19)),
    passage('off-topic:1', 0.4, on(20)),
  ];

  expect(ids(rank(passages, { ...NOTHING, latest: 'said' }, OPTIONS))).toEqual([
    'new:1',
    'old:1',
    'old:2',
    'off-topic:1',
  ]);
  expect(ids(rank(passages, { ...NOTHING, latest: 'implied' }, OPTIONS))[0]).toBe('old:1');
});

it('counts the copies of one story as one when the newest come first', () => {
  const story = { id: 'a', articleIds: ['a', 'copy'], publishers: ['A', 'B'] };
  const text = (word: string) => `${word} one two three`;
  const passages = [
    passage('a:1', 1, { story, text: text('alpha'), publishedAt: '2023-12-10T12:00:00.000Z' }),
    passage('copy:1', 0.95, { story, text: 'beta gamma delta', publishedAt: '2023-12-11T12:00:00.000Z' }),
    passage('own:1', 0.8, { text: text('own'), publishedAt: '2023-12-12T12:00:00.000Z' }),
  ];

  expect(ids(rank(passages, { ...NOTHING, latest: 'said' }, OPTIONS))).toEqual(['own:1', 'a:1', 'copy:1']);
});

it('lets other articles through between the passages of one', () => {
  const passages = [passage('a:1', 1), passage('a:2', 0.9), passage('a:3', 0.85), passage('b:1', 0.82)];

  expect(ids(rank(passages, NOTHING, { ...OPTIONS, repetition: 0.1 }))).toEqual(['a:1', 'b:1', 'a:2', 'a:3']);
  expect(ids(rank(passages, NOTHING, { ...OPTIONS, perArticle: 1 }))).toEqual(['a:1', 'b:1']);
  expect(ids(rank(passages, NOTHING, { ...OPTIONS, limit: 2 }))).toEqual(['a:1', 'a:2']);
});

it('lets a long stretch be looked back upon, less and less', () => {
  const windows = [{ from: '2023-01-01T00:00:00.000Z', to: '2024-01-01T00:00:00.000Z' }];
  const passages = [
    passage('later:1', 0.5, { publishedAt: '2025-06-01T00:00:00.000Z' }),
    passage('soon:1', 0.4, { publishedAt: '2024-02-01T00:00:00.000Z' }),
    passage('within:1', 0.4, { publishedAt: '2023-06-01T00:00:00.000Z' }),
  ];

  const ranked = rank(passages, { ...NOTHING, windows }, { ...OPTIONS, dateWeight: 0.3 });

  expect(ids(ranked)).toEqual(['within:1', 'soon:1', 'later:1']);
});
