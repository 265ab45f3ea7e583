// Questions that wait, over a real store; the core says what a test wants.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { askAgain } from '#src/digests/watch.js';
import type { Answer, Ask } from '#src/domain.js';
import { createHold } from '#src/ops/hold.js';
import { openTestStore } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { scriptedAsk } from '../helpers/scripted-ask.js';

const START = new Date('2023-12-19T12:00:00.000Z');
const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;

async function world() {
  const store = await openTestStore();
  let now = START;
  const asked: string[] = [];
  const settled: [string, Answer][] = [];
  const core = scriptedAsk();
  const ask: Ask = async function* (question, signal) {
    const { text } = question;
    asked.push(text);
    if (text.includes('breaks')) {
      throw new Error('the index fails');
    }
    yield* core.ask(question, signal);
  };
  const look = (tells: (question: string) => boolean = () => true) =>
    askAgain(
      {
        ...{ store: store.watches, ask, clock: () => now, isCurrent: async () => true },
        async newsIn(question, answer) {
          settled.push([question, answer]);
          return tells(question) ? answer : undefined;
        },
        platforms: [{ name: 'slack', news: async ({ channel }, { text }) => ({ channel, payload: text }) }],
        hold: createHold({ claims: store.claims, owner: 'one', clock: () => now, every: () => () => {} }),
        log: pino({ level: 'silent' }),
      },
      NEVER,
    );
  return {
    ...{ store, asked, settled, look },
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
          publishedAt: new Date(now.getTime() + 1).toISOString(),
        }),
        [aChunk({ articleId: id })],
      ),
  };
}

it('goes on with the others when one fails, and asks that one with the next news', async () => {
  const { asked, look, news, store, wait } = await world();
  await wait('1', 'Which one breaks?');
  await wait('2', 'Who won the final?');
  await news('a');

  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  expect(asked).toHaveLength(2);
  await news('b');
  await look();
  expect(asked.filter((text) => text.includes('breaks'))).toHaveLength(2);
  expect((await store.watches.list()).map(({ id }) => id)).toEqual(['1']);
});

it('tells nothing that does not settle the question, and asks again when more comes in', async () => {
  const { look, news, wait } = await world();
  await wait('1', 'Who won the final?');
  await news('a');

  expect(await look(() => false)).toBe(0);
  await news('b');
  expect(await look()).toBe(1);
});

it('reads a question that leans on an earlier one with it', async () => {
  const { look, news, settled, wait } = await world();
  await wait('1', 'And who captains them?', ['Who play in Perth?']);
  await news('a');

  await look();

  expect(settled[0]?.[0]).toBe('Who play in Perth? And who captains them?');
});

it('ends after fourteen days', async () => {
  const { asked, look, news, pass, store, wait } = await world();
  await wait('1', 'Who won the final?');
  pass(14 * DAY_MS);
  await news('a');

  expect(await look()).toBe(0);
  expect(asked).toEqual([]);
  expect(await store.watches.list()).toEqual([]);
});
