import { expect, it } from 'vitest';
import { isDue } from '#src/feeds/feed-health.js';
import {
  afterFailure,
  afterSuccess,
  afterUnchanged,
  noticeOf,
  reasonToWait,
  revived,
} from '#src/feeds/feed-state.js';
import type { FeedState } from '#src/feeds/ports.js';

const URL = 'https://example.org/feed';
const at = (day: string) => ({ now: new Date(`2023-12-${day}T00:00:00.000Z`), random: () => 0.5 });
const working: FeedState = {
  failures: 0,
  etag: '"1"',
  documentHash: 'x',
  firstSuccessAt: '2023-12-01T00:00:00.000Z',
};
const down = { message: 'cannot be reached' };

it('tells the operator once when a feed fails for two days, and once when it works again', () => {
  const told: string[] = [];
  let state = working;
  const step = (day: string, change: (before: FeedState) => FeedState) => {
    const { notice, state: after } = noticeOf(URL, state, change(state), at(day).now);
    state = after;
    told.push(notice?.code ?? '');
  };

  for (const day of ['10', '11', '12', '13']) {
    step(day, (before) => afterFailure(before, down, at(day)));
  }
  step('14', (before) => afterUnchanged(before, at('14')));
  step('15', (before) => afterUnchanged(before, at('15')));

  expect(told).toEqual(['', '', 'feed_failing', '', 'feed_recovered', '']);
  expect(state).toMatchObject({ failures: 0, etag: '"1"' });
  expect(state.lastError).toBeUndefined();
});

it('keeps what it knows of a feed that fails', () => {
  const after = afterFailure(working, down, at('10'));

  expect(after).toMatchObject({
    etag: '"1"',
    documentHash: 'x',
    failures: 1,
    lastError: 'cannot be reached',
  });
  expect(after.failingSince).toBe('2023-12-10T00:00:00.000Z');
  expect(reasonToWait(URL, after, at('11').now)).toBeUndefined();
});

it('retires a feed that answers 410', () => {
  const after = afterFailure(working, { message: 'gone', status: 410 }, at('10'));

  expect(noticeOf(URL, working, after, at('10').now).notice?.code).toBe('feed_retired');
  expect(reasonToWait(URL, after, at('20').now)).toContain('gone for good since 2023-12-10');
});

it('goes back to the old address when the new one fails, before it believes a 410', () => {
  const moved = { ...working, movedTo: 'https://example.org/new' };

  const after = afterFailure(moved, { message: 'gone', status: 410 }, at('10'));

  expect(after.movedTo).toBeUndefined();
  expect(after.retiredAt).toBeUndefined();
});

it('waits as long as the server asked', () => {
  const after = afterFailure(working, { message: 'busy', status: 429, retryAfterMs: 7_200_000 }, at('10'));

  expect(reasonToWait(URL, after, new Date('2023-12-10T01:59:00Z'))).toContain('until 2023-12-10 02:00 UTC');
  expect(reasonToWait(URL, after, new Date('2023-12-10T02:00:00Z'))).toBeUndefined();
  expect(after.nextPollAt).toBe('2023-12-10T02:00:00.000Z');
});

it('says once that a feed has moved, also when its new address fails in between', () => {
  const found = { movedTo: 'https://example.org/new' };
  const told: string[] = [];
  let state = working;
  const step = (day: string, change: (before: FeedState) => FeedState) => {
    const { notice, state: after } = noticeOf(URL, state, change(state), at(day).now);
    state = after;
    told.push(notice?.code ?? '');
  };
  const succeed = (day: string) => (before: FeedState) =>
    afterSuccess(before, found, { entryTimes: [] }, at(day));

  step('10', succeed('10'));
  step('11', succeed('11'));
  step('12', (before) => afterFailure(before, down, at('12')));
  step('13', succeed('13'));

  expect(told).toEqual(['feed_moved', '', '', '']);
  expect(state.movedTo).toBe('https://example.org/new');
});

it('tries a feed again soon after a first failure, then ever more seldom, at least once a day', () => {
  const waits: number[] = [];
  let state: FeedState = { ...working, intervalMs: 6 * 3_600_000 };
  for (let i = 0; i < 9; i += 1) {
    state = afterFailure(state, down, at('10'));
    waits.push((Date.parse(state.nextPollAt ?? '') - at('10').now.getTime()) / 60_000);
  }

  expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
});

it('asks a feed that was gone again once it is added again', () => {
  const gone = afterFailure(working, { message: 'gone', status: 410 }, at('10'));

  expect(reasonToWait(URL, revived(gone), at('10').now)).toBeUndefined();
  expect(isDue(gone, at('20').now)).toBe(false);
  expect(isDue(revived(gone), at('10').now)).toBe(true);
});

it('remembers the first success', () => {
  const first = afterSuccess({ failures: 2 }, {}, { entryTimes: [] }, at('10'));
  const second = afterSuccess(first, {}, { entryTimes: [] }, at('11'));

  expect([first.firstSuccessAt, second.firstSuccessAt]).toEqual(Array(2).fill('2023-12-10T00:00:00.000Z'));
});

it('asks a feed that a clock far ahead has put off for years', () => {
  const ahead = afterFailure(working, { ...down, retryAfterMs: 86_400_000 }, at('20'));

  expect(isDue(ahead, at('20').now)).toBe(false);
  expect(reasonToWait(URL, ahead, at('20').now)).toContain('left alone');
  expect(isDue(ahead, at('10').now)).toBe(true);
  expect(reasonToWait(URL, ahead, at('10').now)).toBeUndefined();
});
