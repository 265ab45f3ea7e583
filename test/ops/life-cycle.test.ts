import { expect, it } from 'vitest';
import { createLifeCycle } from '#src/ops/life-cycle.js';

const NEVER = new AbortController().signal;

it('ends what was begun in the reverse order', async () => {
  const told: string[] = [];
  const life = createLifeCycle(NEVER);
  for (const name of ['store', 'jobs', 'bots']) {
    await life.begin(
      name,
      () => told.push(`begin ${name}`),
      () => void told.push(`end ${name}`),
    );
  }

  expect(await life.end()).toEqual([]);
  expect(told).toEqual(['begin store', 'begin jobs', 'begin bots', 'end bots', 'end jobs', 'end store']);
});

it('names what does not end in time or fails, and ends the others', async () => {
  const told: string[] = [];
  const life = createLifeCycle(NEVER);
  await life.begin(
    'store',
    () => {},
    () => void told.push('end store'),
  );
  await life.begin(
    'index',
    () => {},
    () => Promise.reject(new Error('it broke')),
  );
  await life.begin(
    'bots',
    () => {},
    () => new Promise<void>(() => {}),
    20,
  );

  expect(await life.end()).toEqual(['bots did not end within 0.02 s', 'index did not end well: it broke']);
  expect(told).toEqual(['end store']);
});

it('ends what came before a part that does not begin', async () => {
  const told: string[] = [];
  const life = createLifeCycle(NEVER);
  await life.begin(
    'store',
    () => {},
    () => void told.push('end store'),
  );

  await expect(
    life.begin(
      'bots',
      () => Promise.reject(new Error('refused')),
      () => {},
    ),
  ).rejects.toThrow('refused');
  await life.end();
  await life.end();

  expect(told).toEqual(['end store']);
});

it('begins nothing once it is to end', async () => {
  const ending = new AbortController();
  const life = createLifeCycle(ending.signal);
  await life.begin(
    'store',
    () => {},
    () => {},
  );
  ending.abort(new Error('Stopped'));

  await expect(
    life.begin(
      'bots',
      () => 'open',
      () => {},
    ),
  ).rejects.toThrow('Stopped');
});
