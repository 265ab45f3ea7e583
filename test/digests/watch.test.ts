// Questions that wait, over a real store; the core says what a test wants.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { askAgain } from '#src/digests/watch.js';
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
  const looks: { question: string; earlier: string[]; articles: string[] }[] = [];
  const look = (tells: (question: string) => boolean = () => true) =>
    askAgain(
      {
        ...{ store: store.watches, clock: () => now, isCurrent: async () => true },
        async seekNews({ articles, earlier, question }) {
          looks.push({ question, earlier, articles });
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
    news: (id: string) =>
      store.articles.put(
        anArticle({
          id,
          canonicalUrl: `https://a.example/${id}`,
          publishedAt: new Date(now.getTime() + id.charCodeAt(0)).toISOString(),
        }),
        [aChunk({ articleId: id })],
      ),
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
  expect(looks.at(-1)).toMatchObject({ question: 'Which one breaks?', articles: ['b', 'a'] });
  expect((await store.watches.list()).map(({ id }) => id)).toEqual(['1']);
});

it('asks no more of a model that failed for three, and begins with them at the next look, without other news', async () => {
  const { look, looks, news, wait } = await world();
  for (const id of ['1', '2', '3', '4']) {
    await wait(id, `Who is unjudged ${id}?`);
  }
  await news('a');

  expect(await look()).toBe(0);
  expect(looks).toHaveLength(3);
  await look();
  expect(looks.slice(3)).toEqual(looks.slice(0, 3));
});

it('tells nothing that does not settle the question, and looks at what comes in after that alone', async () => {
  const { look, looks, news, wait } = await world();
  await wait('1', 'And who captains them?', ['Who play in Perth?']);
  await news('a');

  expect(await look(() => false)).toBe(0);
  await news('b');
  expect(await look()).toBe(1);
  const same = { question: 'And who captains them?', earlier: ['Who play in Perth?'] };
  expect(looks).toEqual([
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
