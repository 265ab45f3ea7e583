// The turn to identify that discord.js waits for, given out by a store that may be lost for a while.
import { expect, it } from 'vitest';
import { createIdentifyTurns, IDENTIFY_MS } from '#src/bots/discord/identify-turns.js';
import { createVirtualClock } from '../../fakes/clock.js';
import { timersOf } from '../../helpers/slack-bot.js';
import { watchedLog } from '../../helpers/watched-log.js';

function world(maxConcurrency: number) {
  const clock = createVirtualClock();
  const free = new Map<number, number>();
  const state = { isLost: false };
  const store = {
    async nextIdentify(bucket: number, now: number, apartMs: number) {
      if (state.isLost) {
        throw new Error('the database is lost');
      }
      const at = Math.max(now, free.get(bucket) ?? 0);
      free.set(bucket, at + apartMs);
      return at;
    },
  };
  const now = () => new Date(clock.now());
  const turns = createIdentifyTurns(
    { store, clock: now, timers: timersOf(clock), log: watchedLog() },
    maxConcurrency,
  );
  const given: string[] = [];
  const start = clock.now();
  return {
    given,
    state,
    wait(shard: number, signal = new AbortController().signal) {
      const turn = turns.waitForIdentify(shard, signal);
      turn.then(
        () => given.push(`${shard} after ${clock.now() - start}`),
        () => given.push(`${shard} never`),
      );
    },
    async pass(ms: number) {
      for (let passed = 0; passed <= ms; passed += 500) {
        await new Promise((resolve) => setImmediate(resolve));
        clock.advance(passed === 0 ? 0 : 500);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

it('lets shards of a bucket identify one after the other, and those of another beside them', async () => {
  const { given, pass, wait } = world(2);
  for (const shard of [0, 1, 2, 3, 4]) {
    wait(shard);
  }

  await pass(3 * IDENTIFY_MS);

  expect(given.sort()).toEqual([
    '0 after 0',
    '1 after 0',
    `2 after ${IDENTIFY_MS}`,
    `3 after ${IDENTIFY_MS}`,
    `4 after ${2 * IDENTIFY_MS}`,
  ]);
});

it('asks again while the store is lost, and waits no more for a shard that is closed', async () => {
  const { given, pass, state, wait } = world(1);
  state.isLost = true;
  const closed = new AbortController();
  wait(0);
  wait(1, closed.signal);
  await pass(5_000);
  expect(given).toEqual([]);

  closed.abort();
  state.isLost = false;
  await pass(2_000);

  expect(given).toHaveLength(2);
  expect(given).toContain('1 never');
  expect(given.some((line) => line.startsWith('0 after'))).toBe(true);
});
