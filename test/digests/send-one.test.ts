import { afterEach, expect, it, vi } from 'vitest';
import { CALL_MS, sendOne } from '#src/digests/send-one.js';
import type { Change, OutboxEntry } from '#src/digests/store-port.js';

afterEach(() => void vi.useRealTimers());

const NOW = '2023-12-19T08:00:00.000Z';
const ENTRY: OutboxEntry = {
  ...{ platform: 'office', tenant: '', channel: 'c1', subscriptionId: 's1', localDate: '2023-12-19' },
  ...{ owner: 'one', epoch: 1, dueAt: NOW, state: 'ready', tries: 0, sentAt: undefined, payload: '{}' },
};

it('gives up a call that heeds no signal: what it did is unknown', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const changes: Change[] = [];
  const signals: AbortSignal[] = [];
  const platform = {
    name: 'office',
    rate: { perSecond: 1, of: 'all' as const },
    render: () => '{}',
    post(_: unknown, signal: AbortSignal) {
      signals.push(signal);
      return new Promise<never>(() => {});
    },
    find: async () => ({ kind: 'absent' as const }),
  };

  const sending = sendOne(
    {
      store: {
        async change(_, change) {
          changes.push(change);
          return true;
        },
      },
      clock: () => new Date(NOW),
      startedAt: new Date('2023-12-19T07:00:00.000Z'),
    },
    { catchUpHours: 6, settleSeconds: 60 },
    platform,
    ENTRY,
  );
  await vi.advanceTimersByTimeAsync(CALL_MS);

  expect(await sending).toMatchObject({ outcome: 'unknown', why: 'no answer within 20 s' });
  expect(signals[0]?.aborted).toBe(true);
  expect(changes.map(({ state }) => state)).toEqual(['sending', 'unknown']);
  expect(changes[1]).toMatchObject({ takeAt: '2023-12-19T08:01:00.000Z' });
});

it.each([
  ['one of the day on which the store was put back', '2023-12-19', '2023-12-18T10:00:00.000Z', true],
  ['one of a later day', '2023-12-20', undefined, false],
])('looks first for %s', async (_, localDate, from, isLookedFor) => {
  const looked: string[] = [];
  const platform = {
    name: 'office',
    rate: { perSecond: 1, of: 'all' as const },
    render: () => '{}',
    post: async () => ({ kind: 'posted' as const, message: 'm' }),
    async find({ dueAt }: { dueAt: string }) {
      looked.push(dueAt);
      return { kind: 'found' as const, message: 'earlier' };
    },
  };
  const dueAt = `${localDate}T18:00:00.000Z`;

  const sent = await sendOne(
    {
      store: { change: async () => true },
      clock: () => new Date(dueAt),
      startedAt: new Date('2023-12-19T09:00:00.000Z'),
      restoredAt: '2023-12-19T09:00:00.000Z',
    },
    { catchUpHours: 6, settleSeconds: 60 },
    platform,
    { ...ENTRY, localDate, dueAt },
  );

  expect(sent.outcome).toBe('posted');
  expect(looked).toEqual(isLookedFor ? [from] : []);
});
