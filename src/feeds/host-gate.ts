// One request at a time to each host, with a pause between them, and none at all while a host has asked to be
// left alone; where several processes share a store, all of them together. Hosts that the operator allowed are the
// operator's own: they need no such manners.
import { setTimeout as sleep } from 'node:timers/promises';
import { BotError } from '../errors.js';
import type { HostTurns } from './ports.js';

export interface HostGate {
  /**
   * Runs `work` when the host's turn comes; a host is scheme, name and port. Error: `host_paused` while a pause
   * lasts, at once. A file that a page is made of (`isPart`) waits for its turn, but not for the usual gap.
   */
  run<Result>(
    url: URL,
    work: () => Promise<Result>,
    signal: AbortSignal,
    kind?: { isPart?: boolean | undefined },
  ): Promise<Result>;
  /** No request to the host for so long; told by whoever is asking it. */
  pause(url: URL, milliseconds: number): void;
  /** At least so long between two requests to the host, as its robots.txt says; 0 = it says nothing. */
  slowDown(url: URL, gapMs: number): void;
}

export interface HostGateOptions {
  /** Milliseconds between the end of one request to a host and the start of the next. */
  gapMs: number;
  /** Hosts that may be asked side by side, without a gap. */
  isFree: (url: URL) => boolean;
  /** Turns shared with other processes, each held for `holdMs` at most; absent = there are no others. */
  shared?: { turns: HostTurns; holdMs: number } | undefined;
}

/** Between two files of one page: a browser would ask for all of them at once. */
const PART_GAP_MS = 100;
/** The turn of another process ends when its request does, which may be long before it runs out. */
const LOOK_AGAIN_MS = 500;

/** What a gate needs of time: milliseconds that only grow, and a way to wait. */
export interface Stopwatch {
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const realTime: Stopwatch = {
  now: () => performance.now(),
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal });
  },
};

interface Lane {
  /** Settles when the last request in line has ended; never rejects. */
  tail: Promise<unknown>;
  /** When the next request may start, and when it may if it is for a part. */
  readyAt: number;
  partReadyAt: number;
  /** The gap that the site's robots.txt asks for; absent = it has not been read here. */
  askedGapMs?: number;
  pausedUntil: number;
}

export function createHostGate(
  { gapMs, isFree, shared }: HostGateOptions,
  { now, wait }: Stopwatch = realTime,
): HostGate {
  const lanes = new Map<string, Lane>();

  function laneOf(url: URL): Lane {
    const known = lanes.get(url.origin);
    const lane = known ?? { tail: Promise.resolve(), readyAt: 0, partReadyAt: 0, pausedUntil: 0 };
    lanes.set(url.origin, lane);
    return lane;
  }

  function checkPause(url: URL, lane: Lane) {
    const rest = lane.pausedUntil - now();
    if (rest > 0) {
      throw new BotError(
        'host_paused',
        `${url.host} asked to be left alone; it is tried again in ${Math.ceil(rest / 60_000)} min`,
      );
    }
  }

  /** Waits for the turn among all processes; gives what ends it. */
  async function takeTurn(
    url: URL,
    lane: Lane,
    isPart: boolean,
    signal: AbortSignal,
  ): Promise<() => Promise<void>> {
    if (!shared) {
      return async () => {};
    }
    const { holdMs, turns } = shared;
    for (;;) {
      const turn = await turns.take(url.origin, { isPart, holdMs });
      if ('term' in turn) {
        return () =>
          turns.giveBack(url.origin, turn.term, {
            ...{ gapMs, partGapMs: PART_GAP_MS, askedGapMs: lane.askedGapMs },
            pauseMs: Math.max(0, lane.pausedUntil - now()),
          });
      }
      if (turn.isPaused) {
        lane.pausedUntil = now() + turn.waitMs;
        checkPause(url, lane);
      }
      await wait(Math.min(turn.waitMs, LOOK_AGAIN_MS), signal);
    }
  }

  return {
    async run(url, work, signal, { isPart = false } = {}) {
      const lane = laneOf(url);
      checkPause(url, lane);
      if (isFree(url)) {
        return work();
      }
      const turn = lane.tail.then(async () => {
        signal.throwIfAborted();
        const restMs = (isPart ? lane.partReadyAt : lane.readyAt) - now();
        if (restMs > 0) {
          await wait(restMs, signal);
        }
        checkPause(url, lane);
        const giveBack = await takeTurn(url, lane, isPart, signal);
        try {
          return await work();
        } finally {
          const { askedGapMs = 0 } = lane;
          lane.readyAt = now() + Math.max(askedGapMs, gapMs);
          lane.partReadyAt = now() + Math.max(askedGapMs, PART_GAP_MS);
          // Where the store is away, the turn runs out.
          await giveBack().catch(() => {});
        }
      });
      lane.tail = turn.catch(() => undefined);
      return turn;
    },
    pause(url, milliseconds) {
      const lane = laneOf(url);
      lane.pausedUntil = Math.max(lane.pausedUntil, now() + milliseconds);
    },
    slowDown(url, askedGapMs) {
      laneOf(url).askedGapMs = askedGapMs;
    },
  };
}
