// A burst that one replica heard is answered by all of them, each question once.
import { expect, it } from 'vitest';
import { openTestStore, testBots } from '../helpers/bots.js';
import { until } from '../helpers/processes.js';
import { answerTo, scriptedAsk } from '../helpers/scripted-ask.js';
import { aMessage, createRoom, createRoomPlatform } from './room.js';

const QUESTIONS = 24;

/** Replicas on one store and in one room, of which each hears when another one wakes it. */
async function replicas(count: number, isShared: boolean, isBound = false) {
  const room = createRoom();
  const looks: (() => void)[] = [];
  const wake = () => {
    for (const look of looks) {
      look();
    }
  };
  const opened = await openTestStore();
  const store = {
    ...opened,
    conversations: {
      ...opened.conversations,
      async waits(...given: Parameters<typeof opened.conversations.waits>) {
        await opened.conversations.waits(...given);
        wake();
      },
    },
  };
  const all = Array.from({ length: count }, (_, i) => {
    const platform = { ...createRoomPlatform(room), isBoundHere: () => isBound };
    const core = scriptedAsk({ before: () => new Promise((resolve) => setTimeout(resolve, 10)) });
    const bots = testBots({
      ...{ store, ask: core.ask, platforms: [platform], owner: `replica-${i}`, isShared },
      options: { concurrent: 2 },
      onWake(look) {
        looks.push(look);
        return () => {};
      },
    });
    return { platform, core, bots };
  });
  await Promise.all(all.map(({ bots }) => bots.start()));
  return { all, room };
}

it.each([
  { isShared: true, isBound: false, answering: 3 },
  { isShared: false, isBound: false, answering: 1 },
  // The token of a lent bot's command, or the page that listens, is of one process.
  { isShared: true, isBound: true, answering: 1 },
])('shares what waits where it may: $isShared, bound $isBound', async ({ answering, isBound, isShared }) => {
  const { all, room } = await replicas(3, isShared, isBound);
  const messages = Array.from({ length: QUESTIONS }, (_, i) =>
    aMessage({ message: `m${i}`, text: `Who won match ${i}?`, user: `u${i}` }),
  );

  await Promise.all(messages.map(async (message) => all[0]?.platform.bot()?.onMessage(message)));
  const texts = () => messages.map(({ thread }) => room.messages(thread).map(({ text }) => text));
  await until('all are answered', () =>
    texts().every(([text], i) => text?.includes(answerTo(messages[i]?.text ?? ''))),
  );
  await Promise.all(all.map(({ bots }) => bots.stop()));

  expect(texts()).toEqual(messages.map(({ text }) => [expect.stringContaining(answerTo(text))]));
  const counts = all.map(({ core }) => core.asked.length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(QUESTIONS);
  expect(counts.filter((count) => count > 0)).toHaveLength(answering);
});
