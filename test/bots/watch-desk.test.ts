// From when on news counts for who presses "Tell me when": over a real store.
import { expect, it } from 'vitest';
import { createIdHash } from '#src/bots/id-hash.js';
import { createWatchDesk } from '#src/bots/watch-desk.js';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';

const NOW = '2023-12-20T12:00:00.000Z';
const place = { platform: 'slack', tenant: 'T1', channel: 'C1', thread: 't' };
const press = { platform: 'slack', tenant: 'T1', channel: 'C1', questionId: 'q', user: 'u' };

async function pressed(askedAt: string) {
  const store = await openTestStore();
  for (const [id, at] of [
    ['of november', '2023-11-20T00:00:00.000Z'],
    ['of this morning', '2023-12-20T11:00:00.000Z'],
  ] as const) {
    const article = anArticle({ id, canonicalUrl: `https://a.example/${id}`, publishedAt: at });
    await store.articles.put(article, [aChunk({ id, articleId: id })], { at });
  }
  const desk = createWatchDesk({
    store: store.watches,
    askedOf: async () => ({ ...place, text: 'Who won?', earlier: [], askedAt }),
    hashId: createIdHash('any'),
    clock: () => new Date(NOW),
    newsClock: () => new Date('2005-04-08T12:00:00.000Z'),
  });
  const said = await desk.add(press as Parameters<typeof desk.add>[0]);
  const [watch] = await store.watches.list();
  return { said, since: watch?.since, news: await store.watches.newArticles(watch?.id ?? '', 9) };
}

it('counts what came in since the question, by the time of the news', async () => {
  const { news, said, since } = await pressed('2023-12-20T10:30:00.000Z');

  expect(said).toMatch(/^I look at what comes in/);
  expect(since).toBe('2005-04-08T10:30:00.000Z');
  expect(news).toEqual(['of this morning']);
});

it('looks through no more than a day where a button of last month is pressed', async () => {
  const { news, since } = await pressed('2023-11-19T12:00:00.000Z');

  expect(since).toBe('2005-04-07T12:00:00.000Z');
  expect(news).toEqual(['of this morning']);
});
