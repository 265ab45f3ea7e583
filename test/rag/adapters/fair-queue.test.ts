import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFairQueue, type Leave } from '#src/rag/adapters/fair-queue.js';
import type { Wait } from '#src/rag/language-model.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
const LIMITS = { most: 32, perUser: 3, timeoutSeconds: 120 };

/** A queue whose turns end one by one, and the order in which they came. */
function aQueue(limits: Partial<typeof LIMITS> = {}, places = 1) {
  const queue = createFairQueue({ now: () => Date.now() }, { ...LIMITS, ...limits });
  queue.setPlaces(places);
  const came: string[] = [];
  const leaves: Leave[] = [];
  const enter = async (name: string, who: Partial<Parameters<typeof queue.enter>[0]> = {}) => {
    const leave = await queue.enter({ signal: never, user: name.slice(0, 1), ...who });
    came.push(name);
    leaves.push(leave);
  };
  async function endTurns(count: number, isWhole = true): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      await vi.advanceTimersByTimeAsync(0);
      leaves.shift()?.(isWhole);
    }
    await vi.advanceTimersByTimeAsync(0);
  }
  return { queue, came, enter, endTurns };
}

it('gives a turn to each person before a second one to anybody', async () => {
  const { came, endTurns, enter } = aQueue({ perUser: 9 });

  const asked = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => enter(name));
  await endTurns(6);
  await Promise.all(asked);

  expect(came).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});

it('fills every place at once', async () => {
  const { came, enter, queue } = aQueue({}, 2);

  void enter('a1');
  void enter('b1');
  void enter('c1');
  await vi.advanceTimersByTimeAsync(0);

  expect(came).toEqual(['a1', 'b1']);
  expect(queue.counts()).toEqual({ taken: 2, waiting: 1 });
});

it('refuses what goes beyond the bound, and says how many wait', async () => {
  const { enter } = aQueue({ most: 2 });
  void enter('a1');
  void enter('b1');
  void enter('c1');

  await expect(enter('d1')).rejects.toMatchObject({
    code: 'model_busy',
    message: 'Busy: 2 questions are waiting. Ask again in a minute.',
  });
});

it('caps a person, and never strangers', async () => {
  const { enter, queue } = aQueue({ perUser: 2 });
  void enter('a1');
  void enter('a2');
  const stranger = { user: undefined };
  void enter('x1', stranger);
  void enter('x2', stranger);
  void enter('x3', stranger);

  await expect(enter('a3')).rejects.toMatchObject({ code: 'model_busy' });
  expect(queue.counts().waiting).toBe(4);
});

it('lets an answer that has begun go before all others, whatever the bounds', async () => {
  const { came, endTurns, enter } = aQueue({ most: 1, perUser: 1 });
  void enter('a1');
  void enter('b1');

  void enter('a2', { goesOn: true });
  await endTurns(2);

  expect(came).toEqual(['a1', 'a2', 'b1']);
});

it('tells the place and the time by the speed so far, and again when they change', async () => {
  const { endTurns, enter } = aQueue();
  const told: Wait[] = [];
  void enter('a1');
  await vi.advanceTimersByTimeAsync(10_000);
  await endTurns(1);
  void enter('b1');
  void enter('c1');

  void enter('d1', { onWait: (wait) => told.push(wait) });
  await vi.advanceTimersByTimeAsync(10_000);
  await endTurns(2);

  expect(told).toEqual([
    { ahead: 1, seconds: 20 },
    { ahead: 0, seconds: 10 },
  ]);
});

it('learns nothing about the time from a turn that was cut short', async () => {
  const { endTurns, enter } = aQueue();
  const told: Wait[] = [];
  void enter('a1');
  await vi.advanceTimersByTimeAsync(10_000);
  await endTurns(1);
  void enter('b1');
  await vi.advanceTimersByTimeAsync(100);
  await endTurns(1, false);
  void enter('c1');

  void enter('d1', { onWait: (wait) => told.push(wait) });

  expect(told).toEqual([{ ahead: 0, seconds: 10 }]);
});

it('says nothing of seconds before the first turn has ended', async () => {
  const { enter } = aQueue();
  const told: Wait[] = [];
  void enter('a1');

  void enter('b1', { onWait: (wait) => told.push(wait) });

  expect(told).toEqual([{ ahead: 0, seconds: undefined }]);
});

it('sends somebody away who waited too long, and nobody else', async () => {
  const { came, endTurns, enter, queue } = aQueue({ timeoutSeconds: 5 });
  void enter('a1');
  const late = enter('b1').catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(4000);
  void enter('c1');

  await vi.advanceTimersByTimeAsync(1000);
  await endTurns(1);

  expect(await late).toMatchObject({ code: 'model_busy' });
  expect(came).toEqual(['a1', 'c1']);
  expect(queue.counts()).toEqual({ taken: 1, waiting: 0 });
});

it('forgets a question that is cancelled while it waits', async () => {
  const { came, endTurns, enter } = aQueue();
  const stop = new AbortController();
  void enter('a1');
  const cancelled = enter('b1', { signal: stop.signal }).catch((error: unknown) => error);
  void enter('c1');

  stop.abort(new Error('stopped'));
  await endTurns(1);

  expect(await cancelled).toMatchObject({ message: 'stopped' });
  expect(came).toEqual(['a1', 'c1']);
});

it('keeps those who wait while there is no place, and lets them in when there is one', async () => {
  const { came, enter, queue } = aQueue({}, 0);
  void enter('a1');
  void enter('b1');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(came).toEqual([]);

  queue.setPlaces(2);
  await vi.advanceTimersByTimeAsync(0);

  expect(came).toEqual(['a1', 'b1']);
});

it('tells nobody how long to wait by turns that take a word', async () => {
  const queue = createFairQueue({ now: () => Date.now() }, LIMITS);
  queue.setPlaces(1);
  const waits: (number | undefined)[] = [];
  for (const [ms, isBrief] of [
    [8000, false],
    [100, true],
    [100, true],
  ] as const) {
    const leave = await queue.enter({ signal: never, isBrief });
    await vi.advanceTimersByTimeAsync(ms);
    leave(true);
  }
  await queue.enter({ signal: never });
  void queue.enter({ signal: never, onWait: ({ seconds }) => waits.push(seconds) });
  await vi.advanceTimersByTimeAsync(0);

  expect(waits).toEqual([8]);
});

it('counts a turn that is given back twice once', async () => {
  const queue = createFairQueue({ now: () => Date.now() }, LIMITS);
  queue.setPlaces(1);
  const leave = await queue.enter({ signal: never });

  leave(true);
  leave(true);

  expect(queue.counts().taken).toBe(0);
});

it('turns everybody away when it is closed, now and later', async () => {
  const { enter, queue } = aQueue();
  const closed = new Error('closed');
  void enter('a1');
  const waiting = enter('b1').catch((error: unknown) => error);

  queue.close(closed);

  expect(await waiting).toBe(closed);
  await expect(enter('c1')).rejects.toBe(closed);
});
