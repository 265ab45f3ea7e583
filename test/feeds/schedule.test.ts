import { expect, it } from 'vitest';
import { nextPollAt, pollIntervalMs } from '#src/feeds/schedule.js';

const NOW = new Date('2023-12-19T12:00:00Z');
const MINUTE = 60_000;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 60 * MINUTE).toISOString();
const every = (hours: number) => Array.from({ length: 30 }, (_, i) => hoursAgo(hours * (i + 0.5)));
const monthsBefore = (time: string, months: number) =>
  new Date(Date.parse(time) - months * 30 * 24 * 60 * MINUTE).toISOString();
const half = () => 0.5;

it.each([
  ['an entry every three hours: hourly', { entryTimes: every(3) }, 60],
  ['an entry every minute: no more often than every 5 minutes', { entryTimes: every(1 / 60) }, 5],
  ['an entry a month: daily at least', { entryTimes: every(24 * 30) }, 1440],
  [
    'a feed that fell silent two months ago: daily',
    { entryTimes: every(1).map((time) => monthsBefore(time, 2)) },
    1440,
  ],
  ['a single entry of ten hours ago: every 20 minutes', { entryTimes: [hoursAgo(10)] }, 20],
  ['no times: hourly', { entryTimes: [] }, 60],
  ['only times ahead of now: hourly', { entryTimes: [hoursAgo(-5)] }, 60],
  ['its own wish for more patience', { entryTimes: every(1), ttlMinutes: 240 }, 240],
  ['a wish for days: daily all the same', { entryTimes: every(1), ttlMinutes: 100_000 }, 1440],
  ['Cache-Control', { entryTimes: every(1), cacheControl: 'public, max-age=7200' }, 120],
  ['a Cache-Control that says nothing', { entryTimes: every(3), cacheControl: 'no-cache' }, 60],
])('follows %s', (_, rhythm, minutes) => {
  expect(pollIntervalMs(rhythm, NOW) / MINUTE).toBeCloseTo(minutes, 5);
});

it('does not care about the order of the entries', () => {
  const times = every(7);

  expect(pollIntervalMs({ entryTimes: [...times].reverse() }, NOW)).toBe(
    pollIntervalMs({ entryTimes: times }, NOW),
  );
});

it('spreads feeds by a tenth to both sides', () => {
  const minutesUntil = (random: number) =>
    (Date.parse(nextPollAt({ intervalMs: 60 * MINUTE, failures: 0 }, NOW, () => random)) - NOW.getTime()) /
    MINUTE;

  expect([minutesUntil(0), minutesUntil(0.5), minutesUntil(1)]).toEqual([54, 60, 66]);
});

it.each([
  [0, 60],
  [1, 120],
  [3, 480],
  [5, 1440],
  [500, 1440],
])('waits longer after %i failures', (failures, minutes) => {
  const next = nextPollAt({ intervalMs: 60 * MINUTE, failures }, NOW, half);

  expect((Date.parse(next) - NOW.getTime()) / MINUTE).toBe(minutes);
});

it('never comes back before it was asked to', () => {
  const notBefore = '2023-12-20T00:00:00.000Z';

  expect(nextPollAt({ intervalMs: 60 * MINUTE, failures: 1, notBefore }, NOW, half)).toBe(notBefore);
});
