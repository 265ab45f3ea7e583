import { expect, it } from 'vitest';
import { afterFailure, afterSuccess, afterUnchanged, noticeOf, reasonToWait } from '#src/feeds/feed-state.js';
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

it('says once that a feed has moved', () => {
  const found = { movedTo: 'https://example.org/new' };
  const first = afterSuccess(working, found, { entryTimes: [] }, at('10'));

  expect(noticeOf(URL, working, first, at('10').now).notice?.code).toBe('feed_moved');
  expect(
    noticeOf(URL, first, afterSuccess(first, found, { entryTimes: [] }, at('11')), at('11').now).notice,
  ).toBeUndefined();
});

it('remembers the first success', () => {
  const first = afterSuccess({ failures: 2 }, {}, { entryTimes: [] }, at('10'));
  const second = afterSuccess(first, {}, { entryTimes: [] }, at('11'));

  expect([first.firstSuccessAt, second.firstSuccessAt]).toEqual(Array(2).fill('2023-12-10T00:00:00.000Z'));
});
