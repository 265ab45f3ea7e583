// What the console keeps, and what becomes of it; and the figures that it shows.
import { expect, it } from 'vitest';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';

const LEASE = { owner: 'one', now: '2023-12-19T10:00:00.000Z', until: '2023-12-19T10:01:00.000Z' };

function aPost(id: string, over = {}) {
  return {
    id,
    questionId: 'q1',
    thread: 't1',
    postedAt: `2023-12-19T10:00:0${id}.000Z`,
    text: `text ${id}`,
    ...over,
  };
}

it('keeps the posts of a thread in their order, the last ones', async () => {
  const { webPosts } = await openTestStore();
  for (const id of ['2', '1', '3']) {
    await webPosts.put(aPost(id));
  }
  await webPosts.put(aPost('4', { thread: 't2', questionId: 'q2' }));
  await webPosts.put(aPost('1', { text: 'changed' }));

  expect(await webPosts.inThread('t1', 10)).toMatchObject([{ text: 'changed' }, { id: '2' }, { id: '3' }]);
  expect(await webPosts.inThread('t1', 2)).toMatchObject([{ id: '2' }, { id: '3' }]);
  expect(await webPosts.answering('q2')).toMatchObject([{ id: '4' }]);
  await webPosts.remove(['1', '4']);
  expect(await webPosts.get('1')).toBeUndefined();
  expect(await webPosts.inThread('t1', 10)).toHaveLength(2);
});

it('forgets posts with their age, and with whoever asked', async () => {
  const { conversations, webPosts } = await openTestStore();
  const place = { platform: 'web', tenant: '', channel: 'console', thread: 't1' };
  const asked = {
    ...place,
    id: 'q1',
    delivery: 'd1',
    message: 'm1',
    way: 'direct',
    user: 'ann',
    userKey: 'k1',
    text: 'Who?',
  };
  await conversations.claim(asked, LEASE, []);
  await webPosts.put(aPost('1'));
  await webPosts.put(aPost('2', { questionId: 'q2' }));
  await webPosts.put(aPost('3', { questionId: 'q3', postedAt: '2023-01-01T00:00:00.000Z' }));

  await conversations.forgetUser(['k1']);
  expect(await webPosts.get('1')).toBeUndefined();
  expect(await webPosts.get('2')).toBeDefined();
  await conversations.forgetBefore('2023-06-01T00:00:00.000Z');
  expect(await webPosts.get('3')).toBeUndefined();
  expect(await webPosts.get('2')).toBeDefined();
});

it('counts articles by feed and day: found, or published when they came with the first poll', async () => {
  const { articles, feeds, figures } = await openTestStore();
  const put = async (
    name: string,
    publishedAt: string,
    found: { at: string; isHistory?: boolean },
    feedUrl = 'https://a.example/feed',
  ) => {
    const canonicalUrl = `https://news.example/${name}`;
    const article = anArticle({ id: name, canonicalUrl, publishedAt, text: `${name} `.repeat(30) });
    await articles.put(article, [aChunk({ id: `${name}:0`, articleId: name })], found);
    const entry = { title: name, text: '' };
    await feeds.saveEntry({ feedUrl, canonicalUrl, fingerprint: 'f', entry, outcome: 'page' });
  };
  const at = '2023-12-19T08:00:00.000Z';
  await put('old', '2023-11-01T08:00:00.000Z', { at, isHistory: true });
  await put('history', '2023-12-17T08:00:00.000Z', { at, isHistory: true });
  await put('late', '2023-12-18T23:00:00.000Z', { at });
  await put('today', '2023-12-19T07:00:00.000Z', { at });
  await put('other', '2023-12-19T07:00:00.000Z', { at }, 'https://b.example/feed');

  const counts = await figures.articlesPerDay('2023-12-06T00:00:00.000Z');

  expect(counts.toSorted((a, b) => `${a.feedUrl}${a.day}`.localeCompare(`${b.feedUrl}${b.day}`))).toEqual([
    { feedUrl: 'https://a.example/feed', day: '2023-12-17', count: 1 },
    { feedUrl: 'https://a.example/feed', day: '2023-12-19', count: 2 },
    { feedUrl: 'https://b.example/feed', day: '2023-12-19', count: 1 },
  ]);
});

it('tells how long questions took, and how many are open', async () => {
  const { conversations, figures } = await openTestStore();
  const place = { platform: 'slack', tenant: 'T', channel: 'C', thread: 't1' };
  for (const [i, now] of ['2023-12-19T10:00:00.000Z', '2023-12-19T11:00:00.000Z'].entries()) {
    const asked = {
      ...place,
      id: `q${i}`,
      delivery: `d${i}`,
      message: `m${i}`,
      way: 'direct',
      user: 'u',
      userKey: 'k',
      text: `Who ${i}?`,
    };
    await conversations.claim(asked, { ...LEASE, now }, []);
  }
  await conversations.settle('q0', { owner: 'one', epoch: 1 }, 'answered', '2023-12-19T10:00:02.500Z');

  expect(await figures.endedQuestions(10)).toEqual([
    {
      platform: 'slack',
      askedAt: '2023-12-19T10:00:00.000Z',
      endedAt: '2023-12-19T10:00:02.500Z',
      ending: 'answered',
    },
  ]);
  expect(await figures.openQuestions()).toBe(1);
});
