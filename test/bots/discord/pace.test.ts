import { expect, it } from 'vitest';
import { createHurry, createPace } from '#src/bots/discord/pace.js';

/** Timers whose time is moved by hand. */
function handTimers() {
  const due: (() => void)[] = [];
  return {
    timers: {
      after: (_: number, run: () => void) => {
        due.push(run);
        return () => {};
      },
      every: () => () => {},
    },
    async pass() {
      due.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => due.length,
  };
}

it('gives the first turn at once and each other one a pause later', async () => {
  const { pass, timers, waiting } = handTimers();
  const turn = createPace(timers, () => 100);
  const given: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    void turn().then(() => given.push(name));
  }

  await pass();
  expect(given).toEqual(['a', 'b']);
  await pass();
  await pass();
  expect(given).toEqual(['a', 'b', 'c']);
  expect(waiting()).toBe(0);
  void turn().then(() => given.push('d'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(given.at(-1)).toBe('d');
});

it('takes no turn for what became needless, however many they are', async () => {
  const { pass, timers } = handTimers();
  const turn = createPace(timers, () => 100);
  const given: string[] = [];
  await turn();
  const hurries = Array.from({ length: 1000 }, createHurry);
  const needless = hurries.map(({ promise }) => turn(promise));
  void turn().then(() => given.push('wanted'));

  for (const { resolve } of hurries) {
    resolve();
  }
  await Promise.all(needless);
  await pass();

  expect(given).toEqual(['wanted']);
});
