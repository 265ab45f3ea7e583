// Questions that wait, over a real store; the core says what a test wants.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { askAgain, type WatchingDeps } from '#src/digests/watch.js';
import { BotError } from '#src/errors.js';
import { createHold } from '#src/ops/hold.js';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { answerOf } from '../helpers/scripted-ask.js';

const START = new Date('2023-12-19T12:00:00.000Z');
const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;

async function world() {
  const store = await openTestStore();
  let now = START;
  const looks: Parameters<WatchingDeps['seekNews']>[0][] = [];
  const look = (tells: (question: string) => boolean = () => true) =>
    askAgain(
      {
        ...{ store: store.watches, clock: () => now, isCurrent: async () => true },
        async seekNews({ articles, earlier, isModelOut, question, since }) {
          looks.push({
            question,
            earlier,
            articles,
            since,
            ...(isModelOut === undefined ? {} : { isModelOut }),
          });
          if (question.includes('breaks')) {
            throw new Error('the index fails');
          }
          if (question.includes('unjudged')) {
            throw new BotError('not_judged', 'The model is down.');
          }
          return tells(question) ? answerOf('They won.', []) : undefined;
        },
        platforms: [{ name: 'slack', news: async ({ channel }, { text }) => ({ channel, payload: text }) }],
        hold: createHold({ claims: store.claims, owner: 'one', clock: () => now, every: () => () => {} }),
        log: pino({ level: 'silent' }),
      },
      NEVER,
    );
  const newsAt = (id: string, ms: number) =>
    store.articles.put(
      anArticle({
        id,
        canonicalUrl: `https://a.example/${id}`,
        publishedAt: new Date(now.getTime() + ms).toISOString(),
      }),
      [aChunk({ id: `chunk of ${id}`, articleId: id })],
    );
  return {
    ...{ store, looks, look },
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    wait: (id: string, question: string, earlier: string[] = []) =>
      store.watches.put(
        {
          ...{
            id,
            platform: 'slack',
            tenant: 'T1',
            channel: 'C1',
            thread: id,
            userKey: 'u',
            question,
            earlier,
          },
          ...{ since: now.toISOString(), until: new Date(now.getTime() + 14 * DAY_MS).toISOString() },
        },
        { ofUser: 10, ofChannel: 10 },
        now.toISOString(),
      ),
    news: (id: string) => newsAt(id, id.charCodeAt(0)),
    newsAt,
  };
}

it('goes on with the others when one fails, and looks at the same for that one with the next news', async () => {
  const { look, looks, news, store, wait } = await world();
  await wait('1', 'Which one breaks?');
  await wait('2', 'Who won the final?');
  await news('a');

  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  expect(looks).toHaveLength(2);
  await news('b');
  await look();
  expect(looks.at(-1)).toMatchObject({ question: 'Which one breaks?', articles: ['a', 'b'] });
  expect((await store.watches.list()).map(({ id }) => id)).toEqual(['1']);
});

it('asks no more of a model that is out for three, tells what words are sure of, and looks again without other news', async () => {
  const { look, looks, news, store, wait } = await world();
  for (const id of ['1', '2', '3', '4']) {
    await wait(id, `Who is unjudged ${id}?`);
  }
  await wait('5', 'Who won the final?');
  await news('a');

  expect(await look()).toBe(1);
  expect(looks.map(({ isModelOut }) => isModelOut)).toEqual([false, false, false, true, true]);
  expect(await store.watches.list()).toHaveLength(4);
  await look();
  expect(looks.slice(5).map(({ articles, question }) => [question, articles])).toEqual(
    ['1', '2', '3', '4'].map((id) => [`Who is unjudged ${id}?`, ['a']]),
  );
});

it('looks through many articles in batches, those that came first at first', async () => {
  const { look, looks, newsAt, wait } = await world();
  await wait('1', 'Who won the final?');
  for (let at = 0; at < 60; at += 1) {
    await newsAt(String(at), at + 1);
  }

  await look(() => false);

  const order = Array.from({ length: 60 }, (_, at) => String(at));
  expect(looks.map(({ articles }) => articles)).toEqual([order.slice(0, 50), order.slice(50)]);
});

it('tells nothing that does not settle the question, and looks at what comes in after that alone', async () => {
  const { look, looks, news, wait } = await world();
  await wait('1', 'And who captains them?', ['Who play in Perth?']);
  await news('a');

  expect(await look(() => false)).toBe(0);
  await news('b');
  expect(await look()).toBe(1);
  const same = { question: 'And who captains them?', earlier: ['Who play in Perth?'] };
  expect(looks).toMatchObject([
    { ...same, articles: ['a'] },
    { ...same, articles: ['b'] },
  ]);
});

it('ends after fourteen days', async () => {
  const { look, looks, news, pass, store, wait } = await world();
  await wait('1', 'Who won the final?');
  pass(14 * DAY_MS);
  await news('a');

  expect(await look()).toBe(0);
  expect(looks).toEqual([]);
  expect(await store.watches.list()).toEqual([]);
});
