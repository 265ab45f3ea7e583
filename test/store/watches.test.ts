import { expect, it } from 'vitest';
import type { KeptWatch } from '#src/store/watches.js';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';

const NOW = '2023-12-19T12:00:00.000Z';
const UNTIL = '2024-01-02T12:00:00.000Z';
const MOST = { ofUser: 2, ofChannel: 3 };

function aWatch(id: string, parts: Partial<KeptWatch> = {}): KeptWatch {
  const place = { platform: 'slack', tenant: 'T1', channel: 'C1', thread: `thread of ${id}` };
  return {
    id,
    ...place,
    userKey: 'u',
    question: 'Who won?',
    earlier: [],
    since: NOW,
    until: UNTIL,
    ...parts,
  };
}

it('takes so many of a person and of a channel, and more when some have ended', async () => {
  const { watches } = await openTestStore();
  const put = (id: string, parts: Partial<KeptWatch> = {}, now = NOW) =>
    watches.put(aWatch(id, parts), MOST, now);

  expect(await put('1')).toBe('new');
  expect(await put('1')).toBe('known');
  expect(await put('2')).toBe('new');
  expect(await put('3')).toBe('full');
  expect(await put('4', { userKey: 'v' })).toBe('new');
  expect(await put('5', { userKey: 'w' })).toBe('crowded');
  expect(await put('6', { userKey: 'w', channel: 'C2' })).toBe('new');
  expect(await put('7', { until: '2024-02-01T00:00:00.000Z' }, '2024-01-03T00:00:00.000Z')).toBe('new');
});

it('ends after its days, and is listed and taken out until then', async () => {
  const { watches } = await openTestStore();
  await watches.put(aWatch('1'), MOST, NOW);
  await watches.put(aWatch('2', { channel: 'C2', until: '2023-12-20T00:00:00.000Z' }), MOST, NOW);

  expect((await watches.list()).map(({ id }) => id)).toEqual(['2', '1']);
  await watches.forget('2023-12-20T00:00:00.000Z');
  expect((await watches.list()).map(({ id }) => id)).toEqual(['1']);
  expect([await watches.end('1'), await watches.end('1')]).toEqual([true, false]);
});

it('looks at what came in and was published after it began, and at nothing else', async () => {
  const { articles, watches } = await openTestStore();
  let at = '2023-12-19T11:45:00.000Z';
  const put = (id: string, publishedAt: string) =>
    articles.put(
      anArticle({ id, canonicalUrl: `https://a.example/${id}`, publishedAt }),
      [aChunk({ articleId: id })],
      { at },
    );
  await put('before', '2023-12-19T13:00:00.000Z');
  await watches.put(aWatch('1'), MOST, NOW);

  at = '2023-12-19T12:01:00.000Z';
  await put('old', '2023-12-19T05:00:00.000Z');
  await put('new', '2023-12-19T13:00:00.000Z');

  expect(await watches.newArticles('1', 10)).toEqual(['new']);
  await watches.passed('1', await watches.revision());
  expect(await watches.newArticles('1', 10)).toEqual(['new']);
  await watches.looked('1', await watches.revision());
  expect(await watches.newArticles('1', 10)).toEqual([]);
  await put('newer', '2023-12-19T14:00:00.000Z');
  expect(await watches.newArticles('1', 10)).toEqual(['newer']);
  // A slower process comes back from an older round.
  await watches.looked('1', 1);
  expect(await watches.newArticles('1', 10)).toEqual(['newer']);
});

it('counts as news what came in between the question and the tap, also what a slow feed brought late', async () => {
  const { articles, watches } = await openTestStore();
  const put = (id: string, publishedAt: string, at: string) =>
    articles.put(
      anArticle({ id, canonicalUrl: `https://a.example/${id}`, publishedAt }),
      [aChunk({ articleId: id })],
      { at },
    );
  await put('known', '2023-12-19T11:40:00.000Z', '2023-12-19T11:45:00.000Z');
  await put('not indexed yet', '2023-12-19T11:50:00.000Z', '2023-12-19T11:59:00.000Z');
  await put('late', '2023-12-19T11:55:00.000Z', '2023-12-19T12:10:00.000Z');
  const watch = { ...aWatch('1'), askedAt: NOW };
  await watches.put(watch, MOST, '2023-12-19T12:30:00.000Z');

  await put('new', '2023-12-19T12:40:00.000Z', '2023-12-19T12:45:00.000Z');

  expect(await watches.newArticles('1', 10)).toEqual(['new', 'late', 'not indexed yet']);
});
