import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTurns } from '#src/turns.js';

it('lets one caller go in each round of the event loop, in order', async () => {
  const nextTurn = createTurns();
  const log: string[] = [];
  const rounds = (async () => {
    for (let round = 0; round < 8; round += 1) {
      await setImmediate();
      log.push('|');
    }
  })();

  await Promise.all(['a', 'b', 'c'].map((name) => nextTurn().then(() => log.push(name))));
  await rounds;

  expect(log.join('')).toMatch(/^\|?a\|b\|c\|+$/);
});
