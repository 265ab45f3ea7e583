// A store that is away for a moment, as a database that is started again: nothing is answered twice, nothing is lost, and
// no process ends for it.
import { expect, it, onTestFinished } from 'vitest';
import { realTimers } from '#src/bots/timers.js';
import { BotError } from '#src/errors.js';
import type { Store } from '#src/store/open-store.js';
import { openTestStore, testBots } from '../helpers/bots.js';
import { until } from '../helpers/processes.js';
import { answerTo, createGate, scriptedAsk } from '../helpers/scripted-ask.js';
import { inStore } from '../helpers/store-place.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { aMessage, createRoom, createRoomPlatform } from './room.js';

type Name = keyof Store['conversations'];

/** A bot whose store fails at these calls while `isAway` says so. */
async function openWith(names: Name[], isAway: () => boolean, gate?: { passed: Promise<void> }) {
  const place = tempFolder();
  const store = await openTestStore(place);
  const failing = Object.fromEntries(
    names.map((name) => [
      name,
      (...given: unknown[]) =>
        isAway()
          ? Promise.reject(new BotError('database_unreachable', 'away'))
          : (store.conversations[name] as (...all: unknown[]) => unknown)(...given),
    ]),
  );
  const looks: (() => void)[] = [];
  const timers = {
    ...realTimers,
    every(_: number, run: () => void) {
      looks.push(run);
      return () => {};
    },
  };
  const core = scriptedAsk(gate ? { before: () => gate.passed } : {});
  const logged: string[] = [];
  const room = createRoom();
  const platform = createRoomPlatform(room);
  const conversations = { ...store.conversations, ...failing };
  const bots = testBots({
    ask: core.ask,
    store: { ...store, conversations },
    platforms: [platform],
    timers,
    logged,
  });
  await bots.start();
  onTestFinished(() => bots.stop());
  await platform.bot()?.onMessage(aMessage());
  const state = async () => (await inStore<{ state: string }>(place, 'select state from asked'))[0]?.state;
  return { core, room, state, told: () => logged.join('\n'), look: () => looks[0]?.() };
}

it('settles an answer that was shown as soon as the store is back, and writes none anew', async () => {
  let calls = 0;
  const { core, room, state } = await openWith(['settle'], () => {
    calls += 1;
    return calls <= 2;
  });

  await until('it is settled', async () => (await state()) === 'answered');

  expect(calls).toBe(3);
  expect(core.asked).toHaveLength(1);
  expect(room.messages('m1')).toHaveLength(1);
});

it('takes up again a question that it could neither show nor give back', async () => {
  let isAway = false;
  const gate = createGate();
  const { look, room, state, told } = await openWith(['holds', 'postpone'], () => isAway, gate);

  isAway = true;
  gate.open();
  await until('it is dropped', () => told().includes('a question is given back later'));
  isAway = false;
  await until('it is answered', async () => {
    look();
    return (await state()) === 'answered';
  });

  expect(room.messages('m1').map(({ text }) => text)).toEqual([
    expect.stringContaining(answerTo('Who won the final?')),
  ]);
});
