// How a feed is doing, in one word and the facts behind it.

import { reasonToWait } from './feed-state.js';
import type { FeedState } from './ports.js';
import { isAhead } from './schedule.js';

/**
 * `new` = never asked; `waiting` = it asked to be left alone for a while; `failing` = its last polls failed, it is
 * tried again by itself; `gone` = it said that it is gone for good (410) and is not asked any more.
 */
export type FeedCondition = 'new' | 'ok' | 'failing' | 'waiting' | 'gone';

export interface FeedFacts {
  condition: FeedCondition;
  title?: string | undefined;
  movedTo?: string | undefined;
  /** All times ISO 8601. */
  lastPolledAt?: string | undefined;
  lastSuccessAt?: string | undefined;
  newestEntryAt?: string | undefined;
  /** Polls failed in a row. */
  failures: number;
  failingSince?: string | undefined;
  /** It fails for so long that the operator was told. */
  isMarked: boolean;
  /** Why it is not read, or what its last poll came to; absent = all is well. */
  error?: string | undefined;
  /** Absent = as soon as the jobs run, or never for one that is gone. */
  nextPollAt?: string | undefined;
}

export function feedFacts(feedUrl: string, state: FeedState | undefined, now: Date): FeedFacts {
  if (!state) {
    return { condition: 'new', failures: 0, isMarked: false };
  }
  const { failingSince, failures, lastPolledAt, lastSuccessAt, movedTo, newestEntryAt, title } = state;
  const condition = conditionOf(state, now);
  return {
    condition,
    title,
    movedTo,
    lastPolledAt,
    lastSuccessAt,
    newestEntryAt,
    failures,
    failingSince,
    isMarked: state.noticedAt !== undefined,
    error: condition === 'ok' ? undefined : (reasonToWait(feedUrl, state, now) ?? state.lastError),
    nextPollAt: condition === 'gone' ? undefined : state.nextPollAt,
  };
}

/** Whether the jobs should ask the feed now. */
export function isDue(state: FeedState | undefined, now: Date): boolean {
  return !state?.retiredAt && !isAhead(state?.nextPollAt, now);
}

function conditionOf(state: FeedState, now: Date): FeedCondition {
  if (state.lastPolledAt === undefined && !state.retiredAt) {
    return 'new';
  }
  if (state.retiredAt) {
    return 'gone';
  }
  if (isAhead(state.notBefore, now)) {
    return 'waiting';
  }
  return state.failures > 0 ? 'failing' : 'ok';
}
