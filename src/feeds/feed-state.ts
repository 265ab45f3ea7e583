// How what is remembered of a feed changes with each poll: pure steps, so that every turn of a feed's life can
// be read and tested here.
import type { FeedState } from './ports.js';
import { gapMs, isAhead, nextPollAt, pollIntervalMs, type Rhythm } from './schedule.js';

export interface Moment {
  now: Date;
  /** 0 to 1. */
  random: () => number;
}

export interface FailedPoll {
  message: string;
  /** The server's status; absent = no answer. */
  status?: number | undefined;
  /** How long it asked to be left alone. */
  retryAfterMs?: number | undefined;
}

/** Something that the operator should know of a feed. */
export interface FeedNotice {
  code: 'feed_failing' | 'feed_recovered' | 'feed_retired' | 'feed_moved';
  feedUrl: string;
  message: string;
}

/** A feed that fails for so long is worth a notice. */
const FAILING_NOTICE_MS = 2 * 24 * 3_600_000;
const UNKNOWN_INTERVAL_MS = 3_600_000;
/** A first failure may be over in minutes: 20, 40, 80, … whatever the feed's own rhythm, up to a day. */
const FAILING_INTERVAL_MS = 10 * 60_000;

/**
 * Before it is asked: whoever takes over from a process that dies while it asks keeps the gap, too. What that one has not
 * stored comes with the next look.
 */
export function whileAsked(before: FeedState, { now }: Pick<Moment, 'now'>): FeedState {
  const waitMs = before.gapMs ?? gapMs({});
  return { ...before, nextPollAt: new Date(now.getTime() + waitMs).toISOString() };
}

export function afterSuccess(
  before: FeedState,
  found: Pick<FeedState, 'title' | 'etag' | 'lastModified' | 'documentHash' | 'movedTo' | 'newestEntryAt'>,
  rhythm: Rhythm,
  { now, random }: Moment,
): FeedState {
  const intervalMs = pollIntervalMs(rhythm, now);
  return {
    ...found,
    moveNoticed: before.moveNoticed,
    intervalMs,
    gapMs: gapMs(rhythm),
    failures: 0,
    lastPolledAt: now.toISOString(),
    lastSuccessAt: now.toISOString(),
    firstSuccessAt: before.firstSuccessAt ?? now.toISOString(),
    nextPollAt: nextPollAt({ intervalMs, failures: 0 }, now, random),
  };
}

/** A 304, or the same document again. */
export function afterUnchanged(before: FeedState, { now, random }: Moment): FeedState {
  const { failingSince: _since, lastError: _error, noticedAt: _noticed, notBefore: _wait, ...kept } = before;
  const intervalMs = before.intervalMs ?? UNKNOWN_INTERVAL_MS;
  return {
    ...kept,
    failures: 0,
    lastPolledAt: now.toISOString(),
    lastSuccessAt: now.toISOString(),
    nextPollAt: nextPollAt({ intervalMs, failures: 0 }, now, random),
  };
}

export function afterFailure(before: FeedState, failed: FailedPoll, { now, random }: Moment): FeedState {
  const at = now.toISOString();
  const failures = before.failures + 1;
  const notBefore =
    failed.retryAfterMs === undefined
      ? undefined
      : new Date(now.getTime() + failed.retryAfterMs).toISOString();
  const intervalMs = Math.min(before.intervalMs ?? UNKNOWN_INTERVAL_MS, FAILING_INTERVAL_MS);
  return {
    ...before,
    failures,
    lastPolledAt: at,
    lastError: failed.message,
    failingSince: before.failingSince ?? at,
    // An address that fails may be the one it moved to: the old one is tried again.
    movedTo: undefined,
    notBefore,
    retiredAt: failed.status === 410 && !before.movedTo ? at : before.retiredAt,
    nextPollAt: nextPollAt({ intervalMs, failures, notBefore }, now, random),
  };
}

/** A feed that was gone for good, to be asked again at once. */
export function revived(state: FeedState): FeedState {
  const { nextPollAt: _next, notBefore: _wait, retiredAt: _gone, ...kept } = state;
  return kept;
}

/** A feed whose document is read again at the next poll, even if it says what it said last time. */
export function unread(state: FeedState): FeedState {
  const { documentHash: _hash, etag: _etag, lastModified: _modified, ...kept } = state;
  return kept;
}

/** Why the feed is not even asked now; undefined = it may be. */
export function reasonToWait(feedUrl: string, state: FeedState, now: Date): string | undefined {
  if (state.retiredAt) {
    return `${feedUrl} is gone for good since ${state.retiredAt.slice(0, 10)} (410) and no longer polled; to try it again: third-umpire feeds add ${feedUrl}`;
  }
  return state.notBefore && isAhead(state.notBefore, now)
    ? `${feedUrl} asked to be left alone until ${state.notBefore.slice(0, 16).replace('T', ' ')} UTC`
    : undefined;
}

/** What the operator should hear after this poll, and the state that remembers having said it. */
export function noticeOf(
  feedUrl: string,
  before: FeedState,
  after: FeedState,
  now: Date,
): { notice?: FeedNotice; state: FeedState } {
  if (after.retiredAt && !before.retiredAt) {
    const message = `${feedUrl} answered 410: it is gone for good and no longer polled`;
    return { notice: { code: 'feed_retired', feedUrl, message }, state: after };
  }
  if (after.failures === 0 && before.noticedAt) {
    const message = `${feedUrl} works again, after failing since ${before.failingSince?.slice(0, 10)}`;
    return { notice: { code: 'feed_recovered', feedUrl, message }, state: after };
  }
  // A new address that fails for a while and is found again is no news.
  if (after.movedTo && after.movedTo !== before.moveNoticed) {
    const message = `${feedUrl} has moved for good to ${after.movedTo}, where it is polled from now on`;
    const state = { ...after, moveNoticed: after.movedTo };
    return { notice: { code: 'feed_moved', feedUrl, message }, state };
  }
  const failingMs = after.failingSince ? now.getTime() - Date.parse(after.failingSince) : 0;
  if (failingMs >= FAILING_NOTICE_MS && !after.noticedAt) {
    const message = `${feedUrl} fails since ${after.failingSince?.slice(0, 10)}; it is tried again every day: ${after.lastError}`;
    return {
      notice: { code: 'feed_failing', feedUrl, message },
      state: { ...after, noticedAt: now.toISOString() },
    };
  }
  return { state: after };
}
