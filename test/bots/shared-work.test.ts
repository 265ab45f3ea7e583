// A burst that one replica heard is answered by all of them, each question once.
import { expect, it } from 'vitest';
import { openTestStore, testBots } from '../helpers/bots.js';
import { until } from '../helpers/processes.js';
import { type AskScript, answerTo, createGate, scriptedAsk } from '../helpers/scripted-ask.js';
import { aMessage, createRoom, createRoomPlatform } from './room.js';

const QUESTIONS = 24;
const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

/** Replicas on one store and in one room, of which each hears when another one wakes it. */
async function replicas(
  count: number,
  isShared: boolean,
  isBound = false,
  before: AskScript['before'] = aMoment,
) {
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
    const core = scriptedAsk({ before });
    const bots = testBots({
      ...{ store, ask: core.ask, platforms: [platform], owner: `replica-${i}`, isShared },
      options: { concurrent: 2, graceSeconds: 1 },
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

const FIRST = aMessage({ message: 'm1', text: 'Who won?' });
const SECOND = { ...FIRST, message: 'm2', deliveryId: 'second', text: 'And by how much?' };
const THIRD = { ...FIRST, message: 'm3', deliveryId: 'third', text: 'And where?' };

it('answers the questions of a thread in their order, whoever heard them', async () => {
  const gate = createGate();
  const { all, room } = await replicas(2, true, false, ({ text }) =>
    text === FIRST.text ? gate.passed : undefined,
  );
  const [one, other] = all;

  await one?.platform.bot()?.onMessage(FIRST);
  await until('the first is being answered', () => one?.core.active() === 1);
  await other?.platform.bot()?.onMessage(SECOND);
  await other?.platform.bot()?.onMessage(THIRD);
  await other?.platform.bot()?.onMessage(aMessage({ message: 'm4', text: 'In another thread?' }));
  await until('another thread is answered', () => room.messages('m4').some(({ text }) => text !== ''));
  expect(other?.core.asked.map(({ text }) => text)).toEqual(['In another thread?']);
  gate.open();
  await until('all are answered', () => room.messages('m1').length === 3);
  await Promise.all(all.map(({ bots }) => bots.stop()));

  const asked = [...(one?.core.asked ?? []), ...(other?.core.asked ?? [])].filter(({ thread }) =>
    thread?.includes('m1'),
  );
  expect(asked.map(({ earlier, text }) => [text, earlier])).toEqual([
    [FIRST.text, []],
    [SECOND.text, [FIRST.text]],
    [THIRD.text, [FIRST.text, SECOND.text]],
  ]);
});

it('ends one that waits for another one of its thread when it is stopped', async () => {
  const gate = createGate();
  const { all, room } = await replicas(2, true, false, () => gate.passed);
  const [one, other] = all;
  await one?.platform.bot()?.onMessage(FIRST);
  await until('the first is being answered', () => one?.core.active() === 1);
  await other?.platform.bot()?.onMessage(SECOND);

  await until('it is told', () => room.statuses('m1').length > 1);
  await other?.bots.stop();
  gate.open();
  await one?.bots.stop();

  expect(other?.core.asked).toEqual([]);
  expect(room.messages('m1').map(({ text }) => text)).toEqual([
    expect.stringMatching(/restart/i),
    expect.stringContaining(answerTo(FIRST.text)),
  ]);
});
