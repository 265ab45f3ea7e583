import { expect, it } from 'vitest';
import { createRounds } from '#src/rag/adapters/llama/rounds.js';

it('lets all go on when the last of them wants to, in the order of their places', async () => {
  const join = createRounds();
  const [second, first] = [join(5), join(2)];
  const log: string[] = [];

  const gone = second.next().then(() => log.push('second'));
  await Promise.resolve();
  log.push('before');
  await Promise.all([gone, first.next().then(() => log.push('first'))]);

  expect(log).toEqual(['before', 'first', 'second']);
});

it('does not wait for one that has left, nor keeps back one that is alone', async () => {
  const join = createRounds();
  const [stays, leaves] = [join(0), join(1)];

  const waiting = stays.next();
  leaves.leave();
  await waiting;

  await stays.next();
});

it('waits for one that came later', async () => {
  const join = createRounds();
  const early = join(0);
  await early.next();
  const late = join(1);
  let isGone = false;

  const waiting = early.next().then(() => {
    isGone = true;
  });
  await Promise.resolve();
  expect(isGone).toBe(false);

  await late.next();
  await waiting;
});
