// One digest that is ours: sent, or looked for first where it may have been posted. The state is written before each
// step, so that whoever finds it after a crash knows what may have happened.
//
//   ready --(written: sending)--> post --> posted | undeliverable | ready again (surely not posted) | unknown
//   sending (its owner died) and unknown --> find --> posted | ready (surely absent) | unknown (look again later)
import { createHash } from 'node:crypto';
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { DigestPlatform, DigestPost, FindOutcome, PostOutcome } from './platform.js';
import type { OutboxEntry, OutboxStore } from './store-port.js';

export interface SendDeps {
  store: Pick<OutboxStore, 'change'>;
  clock: Clock;
  /** When this process started: what was due before may have been posted by one that cannot tell any more. */
  startedAt: Date;
  /** When the store was put back from a backup; absent = never. */
  restoredAt?: string | undefined;
}

export interface SendOptions {
  catchUpHours: number;
  /** Between a post whose outcome is unknown and the look for it: longer than a platform may still take to do it. */
  settleSeconds: number;
}

/** What the lane does next; a wait for all that shares the rate. */
export interface Sent {
  outcome: 'posted' | 'undeliverable' | 'missed' | 'unknown' | 'again' | 'lost';
  why?: string | undefined;
  laneWaitMs?: number | undefined;
}

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
/** A call that takes longer is cut, and what it did is unknown. */
export const CALL_MS = 20_000;
/** Pauses between tries: doubled from the first to the longest. */
const FIRST_PAUSE_MS = 5 * SECOND_MS;
const LONGEST_PAUSE_MS = 5 * 60 * SECOND_MS;
/** An outcome that is not found out in so many hours stays unknown. */
const LOOK_HOURS = 24;
/** A local date begins so long before the UTC one at most. */
const EARLIEST_HOURS = 14;
/** No Retry-After is waited for longer. */
const LONGEST_WAIT_MS = HOUR_MS;

export async function sendOne(
  { clock, restoredAt = '', startedAt, store }: SendDeps,
  { catchUpHours, settleSeconds }: SendOptions,
  platform: DigestPlatform,
  entry: OutboxEntry,
): Promise<Sent> {
  const now = () => clock().toISOString();
  const inMs = (ms: number) => new Date(clock().getTime() + ms).toISOString();
  const isLate = () => clock().getTime() >= Date.parse(entry.dueAt) + catchUpHours * HOUR_MS;
  const { dueAt, localDate } = entry;
  const dayBegins = new Date(Date.parse(localDate) - EARLIEST_HOURS * HOUR_MS).toISOString();
  // Then it may have been posted at another time of that date, before the store was put back.
  const isOfBefore = dayBegins <= restoredAt;
  const mine = postOf({ ...entry, dueAt: isOfBefore && dayBegins < dueAt ? dayBegins : dueAt });
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(entry.tries, 10));

  async function write(change: Parameters<OutboxStore['change']>[1], sent: Sent): Promise<Sent> {
    return (await store.change(entry, change)) ? sent : { outcome: 'lost' };
  }
  const posted = (message: string) =>
    write({ state: 'posted', settledAt: now(), message }, { outcome: 'posted' });
  const missed = (why: string) =>
    write({ state: 'missed', settledAt: now(), reason: why }, { outcome: 'missed', why });
  const unknown = (why: string, waitMs: number) =>
    write({ state: 'unknown', takeAt: inMs(waitMs), reason: why }, { outcome: 'unknown', why });

  async function look(): Promise<Sent> {
    const settledMs = Date.parse(entry.sentAt ?? entry.dueAt) + settleSeconds * SECOND_MS - clock().getTime();
    // A clock that was set back since would make us wait for long.
    if (settledMs > 0 && settledMs <= settleSeconds * SECOND_MS && entry.sentAt) {
      return unknown('sent, and not known to be posted', settledMs);
    }
    const found = await within<FindOutcome>(
      (signal) => platform.find(mine, signal),
      (why) => ({ kind: 'later', why }),
    );
    switch (found.kind) {
      case 'found':
        return posted(found.message);
      case 'absent':
        return isLate() ? missed('late') : post();
      case 'never':
        return write(
          { state: 'unknown', settledAt: now(), reason: found.why },
          { outcome: 'unknown', why: found.why },
        );
      case 'later': {
        const isHopeless = clock().getTime() >= Date.parse(entry.dueAt) + LOOK_HOURS * HOUR_MS;
        return isHopeless
          ? write(
              { state: 'unknown', settledAt: now(), reason: found.why },
              { outcome: 'unknown', why: found.why },
            )
          : unknown(found.why, Math.min(found.retryAfterMs ?? pauseMs, LONGEST_WAIT_MS));
      }
    }
  }

  async function post(): Promise<Sent> {
    if (!(await store.change(entry, { state: 'sending', sentAt: now() }))) {
      return { outcome: 'lost' };
    }
    const outcome = await within<PostOutcome>(
      (signal) => platform.post(mine, signal),
      (why) => ({ kind: 'unknown', why }),
    );
    switch (outcome.kind) {
      case 'posted':
        return posted(outcome.message);
      case 'refused':
        return write(
          { state: 'undeliverable', settledAt: now(), reason: outcome.why },
          { outcome: 'undeliverable', why: outcome.why },
        );
      case 'unknown':
        return unknown(outcome.why, settleSeconds * SECOND_MS);
      case 'limited': {
        const waitMs = Math.min(outcome.retryAfterMs, LONGEST_WAIT_MS);
        const laneWaitMs = outcome.ofChannelAlone ? undefined : waitMs;
        return again('too many calls', waitMs, laneWaitMs);
      }
      case 'failed':
        return again(outcome.why, pauseMs);
    }
  }

  const again = (why: string, waitMs: number, laneWaitMs?: number) =>
    write(
      { state: 'ready', takeAt: inMs(waitMs), reason: why },
      { outcome: 'again', why, ...(laneWaitMs === undefined ? {} : { laneWaitMs }) },
    );

  // What a former process had may be posted though the store does not know: a power cut, a restored backup.
  const mayBePosted = entry.state !== 'ready' || dueAt <= startedAt.toISOString() || isOfBefore;
  return mayBePosted ? look() : isLate() ? missed('late') : post();
}

/** A call that ends in time, whether it heeds the signal or not: no post holds its place for ever. */
async function within<Outcome>(
  call: (signal: AbortSignal) => Promise<Outcome>,
  failed: (why: string) => Outcome,
): Promise<Outcome> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${CALL_MS / SECOND_MS} s`);
      controller.abort(error);
      reject(error);
    }, CALL_MS);
  });
  try {
    return await Promise.race([call(controller.signal), late]);
  } catch (error) {
    return failed(describeError(error));
  } finally {
    clearTimeout(timer);
  }
}

function postOf({
  channel,
  dueAt,
  localDate,
  payload,
  platform,
  sentAt,
  subscriptionId,
  tenant,
}: OutboxEntry): DigestPost {
  const key = createHash('sha256')
    .update(JSON.stringify([subscriptionId, localDate]))
    .digest('hex');
  return { platform, tenant, channel, key: key.slice(0, 25), localDate, payload, sentAt, dueAt };
}
