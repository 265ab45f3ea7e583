// Breaking stories over a real store and a post office on a socket, on a clock that the test moves.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { lookForBreaking } from '#src/digests/look-for-breaking.js';
import type { Digest } from '#src/digests/ports.js';
import type { WindowStory } from '#src/digests/read-window.js';
import { createHold } from '#src/ops/hold.js';
import { postOfficePlatform } from '../fixtures/post-office.mjs';
import { openTestStore } from '../helpers/bots.js';
import { DIGEST_OPTIONS, subscribe, testDigests, testOffice } from '../helpers/digests.js';
import { aDigest, anItem } from '../helpers/letters.js';
import { aWindowStory } from '../helpers/stories.js';

const START = new Date('2023-12-19T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const LIMITS = { publishers: 3, withinMs: HOUR_MS, toldDays: 7 };
const NEVER = new AbortController().signal;
const REPORTS = [{ minutes: 30 }, { minutes: 20 }, { minutes: 5 }];

/** A channel that wants three a day, unless said otherwise; what breaks now is the test's. */
async function world(settings: Parameters<typeof subscribe>[2] = { breaking: 3 }) {
  const store = await openTestStore();
  const office = await testOffice();
  let now = START;
  const clock = () => now;
  let stories: WindowStory[] = [aWindowStory(START, REPORTS)];
  let failures = 0;
  const id = await subscribe(store, 'c', settings, START);
  const look = (owner = 'one') =>
    lookForBreaking(
      {
        store: store.digests,
        readWindow: async () => stories,
        tellBreaking: async ({ articles }, { from, to }): Promise<Digest> => {
          if (failures > 0) {
            failures -= 1;
            throw new Error('the index fails');
          }
          const articleIds = articles.map((article) => article.id);
          const item = anItem(1, { storyId: [...articleIds].sort()[0] ?? '', articleIds });
          return { ...aDigest([item]), from, to };
        },
        platforms: [postOfficePlatform(office.url)],
        hold: createHold({ claims: store.claims, owner, clock, every: () => () => {} }),
        clock,
        log: pino({ level: 'silent' }),
      },
      LIMITS,
      NEVER,
    );
  const digests = testDigests({ store, office, clock });
  return {
    ...{ store, office, id, look, digests, clock },
    breaks(...next: WindowStory[]) {
      stories = next;
    },
    fail(times: number) {
      failures = times;
    },
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    /** Sends what may be sent; gives what stands in the channel. */
    async posts(channel = 'c') {
      await digests.tick();
      await digests.idle();
      return office.channels.get(channel) ?? [];
    },
  };
}

/** What lies in the outbox, taken by a process that sends slowly. */
async function taken(store: Awaited<ReturnType<typeof openTestStore>>) {
  const now = START.toISOString();
  const until = new Date(START.getTime() + 12 * HOUR_MS).toISOString();
  return store.digests.take({ platform: 'office' }, { owner: 'slow', now, until });
}

const other = (n: number, now = START) => {
  const story = aWindowStory(now, REPORTS);
  const articles = story.articles.map((article) => ({ ...article, id: `other-${n}-${article.id}` }));
  const reports = articles.map(({ id, publisher }) => ({ publisher, articleIds: [id] }));
  return { ...story, articles, reports };
};

it('tells a channel at once and once, whoever looks and however the story grows', async () => {
  const { breaks, look, pass, posts } = await world();

  const told = await Promise.all([look('one'), look('two'), look('three')]);
  expect(told.reduce((sum, n) => sum + n)).toBe(1);
  pass(60_000);
  const grown = aWindowStory(START, [...REPORTS, { minutes: 1 }]);
  breaks({ ...grown, articles: grown.articles.toReversed().slice(0, 3) });
  expect(await look()).toBe(0);

  expect(await posts()).toHaveLength(1);
});

it.each([
  ['one that is off', { breaking: 0 }],
  ['one of before there was such a thing', {}],
  [
    'one that follows another team',
    { breaking: 3, following: { teams: ['India'], leagues: [], formats: [], sides: [] } },
  ],
])('does not tell %s', async (_, settings) => {
  const { look, posts } = await world(settings);

  expect(await look()).toBe(0);
  expect(await posts()).toEqual([]);
});

it('does not tell a channel that is paused or gone', async () => {
  const { id, look, store } = await world();
  const [found] = await store.subscriptions.list();
  const next = { dueAt: '2023-12-20T08:00:00.000Z', localDate: '2023-12-20', plannedAt: START.toISOString() };

  await store.subscriptions.put({ ...found, id, isPaused: true } as never, next);
  expect(await look()).toBe(0);
  await store.subscriptions.remove(id, START.toISOString());
  expect(await look()).toBe(0);
});

it('tells at most so many on a date of the channel, the weightiest first, and goes on the next day', async () => {
  const { breaks, look, pass, posts } = await world({ breaking: 2, zone: 'Asia/Kolkata' });
  breaks(other(1), other(2), other(3));

  expect(await look()).toBe(2);
  expect(await posts()).toHaveLength(2);
  pass(6 * HOUR_MS);
  // 23:30 in Kolkata.
  expect(await look()).toBe(0);
  pass(HOUR_MS);
  breaks(other(4, new Date(START.getTime() + 7 * HOUR_MS)));
  expect(await look()).toBe(1);

  expect(await posts()).toHaveLength(3);
});

it('leaves what breaks while a digest is due or on its way to the digest', async () => {
  const { breaks, digests, look, pass, posts, store, id } = await world({ breaking: 3, time: '12:30' });
  pass(HOUR_MS / 2);
  const now = new Date(START.getTime() + HOUR_MS / 2);
  breaks(aWindowStory(now, REPORTS));

  expect(await look()).toBe(0);
  const ticking = digests.tick();
  expect(await look()).toBe(0);
  await ticking;
  expect(await posts()).toHaveLength(1);
  expect(await store.digests.digestsOf(id, 5)).toMatchObject([{ state: 'posted' }]);
});

it('is told to the digest that comes next, whose window it does not shorten', async () => {
  const { clock, id, look, posts, store } = await world();
  await look();
  await posts();
  const since = new Date(clock().getTime() - 7 * 24 * HOUR_MS).toISOString();

  const told = (await store.digests.told([id], since)).get(id) ?? [];

  expect(told).toMatchObject([{ isBreaking: true }]);
  const kept = await store.digests.composition<unknown, Digest>(told[0]?.composition ?? '');
  expect(kept?.digest?.items[0]?.articleIds).toEqual(['news-0', 'news-1', 'news-2']);
});

it('is told by the digest after it was missed, even if one left it out that came between', async () => {
  const { id, look, pass, posts, store } = await world({ breaking: 3, time: '13:00' });
  await look();
  // Its post is under way when the digest of 13:00 is planned, and is found to have gone nowhere when it is too late.
  const entry = await taken(store);
  pass(HOUR_MS + 60_000);
  await posts();
  pass(6 * HOUR_MS);
  const settledAt = new Date(START.getTime() + 7 * HOUR_MS + 60_000).toISOString();
  await store.digests.change(entry as never, { state: 'missed', settledAt, reason: 'late' });
  pass(18 * HOUR_MS);
  await posts();

  const orders = await Promise.all(
    (await store.digests.digestsOf(id, 2)).map(({ composition }) =>
      store.digests.composition<{ from: string; told: string[] }, Digest>(composition),
    ),
  );
  const [next, between] = orders.map((one) => one?.ordered);
  expect(between?.told).toHaveLength(1);
  expect(next?.from).toBe(new Date(START.getTime() - 2 * LIMITS.withinMs).toISOString());
  expect(next?.told).not.toContain(between?.told[0]);
  expect(next?.told).toHaveLength(1);
});

it('does not tell at once what a digest told', async () => {
  const { breaks, look, pass, posts } = await world({ breaking: 3, time: '12:30' });
  pass(HOUR_MS / 2 + 60_000);
  await posts();
  pass(60_000);
  const now = new Date(START.getTime() + HOUR_MS / 2 + 120_000);
  const story = aWindowStory(now, REPORTS);
  // The digests of these tests tell one article.
  const [told] = story.articles;
  const id = `article of ${new Date(START.getTime() + HOUR_MS / 2).toISOString()}`;
  const articles = [{ ...told, id } as (typeof story.articles)[number], ...story.articles.slice(1)];
  const reports = articles.map((article) => ({ publisher: article.publisher, articleIds: [article.id] }));
  breaks({ ...story, articles, reports });

  expect(await look()).toBe(0);
  expect(await posts()).toHaveLength(1);
});

it('tells it when the index works again', async () => {
  const { fail, look, posts } = await world();
  fail(1);

  expect(await look()).toBe(0);
  expect(await look()).toBe(1);
  expect(await posts()).toHaveLength(1);
});

it('ends what is not sent when the channel unsubscribes, and forgets with the digests', async () => {
  const { id, look, pass, posts, store } = await world();
  await look();

  await store.subscriptions.remove(id, START.toISOString());
  expect(await posts()).toEqual([]);
  pass((DIGEST_OPTIONS.keepDays + 1) * 24 * HOUR_MS);
  await posts();
  expect((await store.digests.told([id], '')).get(id)).toEqual([]);
});
