// What the core does beside the contract: between processes, over time, and in its log.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { realTimers } from '#src/bots/timers.js';
import { BotError } from '#src/errors.js';
import { openTestStore, testBots } from '../helpers/bots.js';
import { until } from '../helpers/processes.js';
import { answerTo, createGate, scriptedAsk } from '../helpers/scripted-ask.js';
import { aMessage, createRoom, createRoomPlatform, type RoomPlatform } from './room.js';

type Parts = Omit<Partial<Parameters<typeof testBots>[0]>, 'platforms'>;

async function open(parts: Parts = {}, change: Partial<RoomPlatform> = {}) {
  const room = createRoom();
  const platform = { ...createRoomPlatform(room), ...change };
  const store = parts.store ?? (await openTestStore());
  const core = scriptedAsk();
  const bots = testBots({ ask: core.ask, ...parts, store, platforms: [platform] });
  await bots.start();
  onTestFinished(() => bots.stop());
  const bot = platform.bot();
  if (!bot) {
    throw new Error('it does not listen');
  }
  return { room, bot, store, core, bots };
}

const stateOf = async (store: Awaited<ReturnType<typeof openTestStore>>) => {
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const file = new DatabaseSync(store.file, { readOnly: true });
  try {
    return file.prepare('select state, asker, tries, posted from asked').all() as Record<string, unknown>[];
  } finally {
    file.close();
  }
};

it('answers where it may, and tells why not elsewhere, once', async () => {
  const options = { channels: { allow: ['c1', 'c2'], deny: ['c2'] }, users: { allow: [], deny: ['bad'] } };
  const { bot, core, room } = await open({ options });
  await bot.onMessage(aMessage({ message: 'm1', channel: 'c2' }));
  await bot.onMessage(aMessage({ message: 'm2', channel: 'c2' }));
  await bot.onMessage(aMessage({ message: 'm3', channel: 'c3', user: 'other' }));
  await bot.onMessage(aMessage({ message: 'm4', user: 'bad' }));
  await bot.onMessage(aMessage({ message: 'm5', channel: 'd9', way: 'direct' }));
  await bot.onMessage(aMessage({ message: 'm6', channel: 'c2', way: 'seen', thread: 'm1' }));

  await until('the direct message is answered', () => room.messages('m5').length === 1);
  expect(room.all().map(({ onlyFor, text }) => [onlyFor, text])).toEqual([
    ['u1', 'I do not answer in this channel.'],
    ['other', 'I do not answer in this channel.'],
    ['bad', 'I am switched off for you; whoever runs me can change that.'],
    [undefined, expect.stringContaining(answerTo('Who won the final?'))],
  ]);
  expect(core.asked).toHaveLength(1);
});

it('keeps ids and words out of its log, and the id of who asked out of the store once it is answered', async () => {
  const logged: string[] = [];
  const { bot, room, store } = await open({ logged });
  await bot.onMessage(aMessage({ user: 'U0SECRET', channel: 'C0SECRET', text: 'Who won the secret final?' }));
  await until('it is answered', async () => (await stateOf(store))[0]?.['state'] === 'answered');

  expect(room.messages('m1')).toHaveLength(1);
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('')).not.toMatch(/SECRET|secret final/);
  expect(await stateOf(store)).toMatchObject([{ state: 'answered', asker: null, tries: 0 }]);
});

it('takes up again what it dropped because it slept through its lease', async () => {
  const looks: (() => void)[] = [];
  const timers = {
    ...realTimers,
    every(_: number, run: () => void) {
      looks.push(run);
      return () => {};
    },
  };
  let sleptMs = 0;
  const clock = () => new Date(Date.now() + sleptMs);
  const gate = createGate();
  const core = scriptedAsk({
    before: (_, piece) => (piece === 1 && sleptMs === 0 ? gate.passed : undefined),
  });
  const logged: string[] = [];
  const { bot, room, store } = await open({ ask: core.ask, clock, timers, logged });
  await bot.onMessage(aMessage());
  await until('the first words are shown', () => room.messages('m1').length === 1);
  sleptMs = 600_000;
  gate.open();
  await until('it is dropped', () => logged.join('').includes('question dropped here'));

  await until('the question is answered all the same', async () => {
    looks[0]?.();
    return (await stateOf(store))[0]?.['state'] === 'answered';
  });

  expect(room.messages('m1')).toHaveLength(1);
  expect(room.messages('m1')[0]?.text).toContain(answerTo('Who won the final?'));
});

it('shows nothing more of a question that another process took over', async () => {
  const first = await openTestStore();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const core = scriptedAsk({ before: (_, piece) => (piece === 1 ? held : undefined) });
  const { bot, room } = await open({ store: first, ask: core.ask });
  await bot.onMessage(aMessage());
  await until('the first words are shown', () => room.messages('m1').length === 1);
  const taken = await first.conversations.takeOver(
    { owner: 'another', now: '2999-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' },
    ['room'],
    10,
    () => false,
  );
  release();

  await until('it has let go', () => core.active() === 0);
  expect(taken).toMatchObject([{ epoch: 2, tries: 1, posted: ['b1'] }]);
  expect(room.messages('m1').map(({ text }) => text)).toEqual([answerTo('Who won the final?')]);
  expect(await stateOf(first)).toMatchObject([{ state: 'pending', tries: 1 }]);
});

it('apologises, and does not answer, what has ended every process so far', async () => {
  const store = await openTestStore();
  const { conversations } = store;
  const place = { platform: 'room', tenant: 't1', channel: 'c1', thread: 'm1' };
  const now = new Date().toISOString();
  const lease = { owner: 'dead', now, until: now };
  const question = {
    ...place,
    id: 'q1',
    delivery: 'q1',
    message: 'm1',
    way: 'mention',
    user: 'u1',
    userKey: 'k',
  };
  await conversations.claim({ ...question, text: 'Who is the poison?' }, lease, []);
  await conversations.takeOver(lease, ['room'], 1, () => true);
  await conversations.takeOver(lease, ['room'], 1, () => true);
  const { core, room } = await open({ store });

  await until('it is told', () => room.messages('m1').length === 1);
  expect(room.messages('m1')[0]?.text).toBe('I was restarted before I could answer. Ask again, please.');
  expect(core.asked).toEqual([]);
});

it('gives back what cannot be shown now and shows it later, and gives up what never can', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const room = createRoom();
  const inner = createRoomPlatform(room);
  let failures = 2;
  const { bot, store } = await open(
    {},
    {
      ...inner,
      open(turn) {
        const reply = inner.open(turn);
        return {
          ...reply,
          text: () => {},
          async finish(answer) {
            if (turn.text.includes('never')) {
              throw new BotError('undeliverable', 'not in the channel');
            }
            failures -= 1;
            if (failures >= 0) {
              throw new Error('the platform is down');
            }
            await reply.finish(answer);
          },
        };
      },
    },
  );
  await bot.onMessage(aMessage({ message: 'm1', text: 'Who is shown later?' }));
  await bot.onMessage(aMessage({ message: 'm2', text: 'Who is never shown?' }));
  for (let minute = 0; minute < 3; minute += 1) {
    await until('the tries end', async () =>
      (await stateOf(store)).every(({ state }, i) => i === 0 || state === 'undeliverable'),
    );
    await vi.advanceTimersByTimeAsync(60_000);
  }

  await until('it is shown', () => room.messages('m1').length === 1);
  expect(room.messages('m1')[0]?.text).toContain(answerTo('Who is shown later?'));
  expect(room.messages('m2')).toEqual([]);
});

it('stays silenced when the mention from before is delivered again', async () => {
  const { bot, core, room, store } = await open();
  await bot.onMessage(aMessage());
  await until('it is answered', async () => (await stateOf(store))[0]?.['state'] === 'answered');
  await bot.onMessage(aMessage({ message: 'm2', thread: 'm1', way: 'mention', text: 'stop' }));
  await bot.onMessage(aMessage());
  await bot.onMessage(aMessage({ message: 'm3', thread: 'm1', way: 'seen', text: 'Who made most runs?' }));
  await bot.onMessage(aMessage({ message: 'm4', text: 'Who is the probe?' }));

  await until('the probe is answered', () => room.messages('m4').length === 1);
  expect(core.asked.map(({ text }) => text)).toEqual(['Who won the final?', 'Who is the probe?']);
});

it('posts no second message when a question is edited while its first post is under way', async () => {
  const room = createRoom();
  const gate = createGate();
  const slow = {
    ...room,
    async post(message: Parameters<typeof room.post>[0]) {
      const id = await room.post(message);
      await gate.passed;
      return id;
    },
  };
  const { bot } = await open({}, createRoomPlatform(slow));
  await bot.onMessage(aMessage({ text: 'Who won the fnial?' }));
  await until('the first post is under way', () => room.messages('m1').length === 1);
  await bot.onEdited(aMessage({ text: 'Who won the final?', deliveryId: 'edit' }));
  gate.open();

  await until('the new text is answered', () =>
    room.messages('m1').some(({ text }) => text.includes('final? [1] And')),
  );
  expect(room.messages('m1')).toHaveLength(1);
});

it('forgets a person to the last byte, and nobody else', async () => {
  const { bot, store } = await open();
  await bot.onMessage(aMessage({ message: 'm1', user: 'ann', text: 'Who won the zanzibar final?' }));
  await bot.onMessage(aMessage({ message: 'm2', user: 'bob', text: 'Who won the tasmania final?' }));
  await until('both are answered', async () =>
    (await stateOf(store)).every(({ state }) => state === 'answered'),
  );
  const kept = () =>
    [store.file, `${store.file}-wal`]
      .map((file) => (existsSync(file) ? readFileSync(file, 'latin1') : ''))
      .join();
  expect(kept()).toContain('zanzibar');

  expect(await bot.onForget({ platform: 'room', user: 'ann' })).toContain('1 question');

  expect(kept()).not.toContain('zanzibar');
  expect(kept()).toContain('tasmania');
  expect(await bot.onForget({ platform: 'elsewhere', user: 'bob' })).toContain('nothing');
});
