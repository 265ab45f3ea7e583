// One request at a time to each host, with a pause between them, and none at all while a host has asked to be
// left alone. Hosts that the operator allowed are the operator's own: they need no such manners.
import { setTimeout as sleep } from 'node:timers/promises';
import { BotError } from '../errors.js';

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
  /** No request to the host for so long. */
  pause(url: URL, milliseconds: number): void;
  /** At least so long between two requests to the host; its robots.txt says so. */
  slowDown(url: URL, gapMs: number): void;
}

export interface HostGateOptions {
  /** Milliseconds between the end of one request to a host and the start of the next. */
  gapMs: number;
  /** Hosts that may be asked side by side, without a gap. */
  isFree: (url: URL) => boolean;
}

/** Between two files of one page: a browser would ask for all of them at once. */
const PART_GAP_MS = 100;

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
  /** The gap that the site's robots.txt asks for. */
  askedGapMs: number;
  pausedUntil: number;
}

export function createHostGate(options: HostGateOptions, { now, wait }: Stopwatch = realTime): HostGate {
  const lanes = new Map<string, Lane>();

  function laneOf(url: URL): Lane {
    const known = lanes.get(url.origin);
    const lane = known ?? {
      tail: Promise.resolve(),
      readyAt: 0,
      partReadyAt: 0,
      askedGapMs: 0,
      pausedUntil: 0,
    };
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

  return {
    async run(url, work, signal, { isPart = false } = {}) {
      const lane = laneOf(url);
      checkPause(url, lane);
      if (options.isFree(url)) {
        return work();
      }
      const turn = lane.tail.then(async () => {
        signal.throwIfAborted();
        const restMs = (isPart ? lane.partReadyAt : lane.readyAt) - now();
        if (restMs > 0) {
          await wait(restMs, signal);
        }
        checkPause(url, lane);
        try {
          return await work();
        } finally {
          lane.readyAt = now() + Math.max(lane.askedGapMs, options.gapMs);
          lane.partReadyAt = now() + Math.max(lane.askedGapMs, PART_GAP_MS);
        }
      });
      lane.tail = turn.catch(() => undefined);
      return turn;
    },
    pause(url, milliseconds) {
      const lane = laneOf(url);
      lane.pausedUntil = Math.max(lane.pausedUntil, now() + milliseconds);
    },
    slowDown(url, gapMs) {
      const lane = laneOf(url);
      lane.askedGapMs = Math.max(lane.askedGapMs, gapMs);
    },
  };
}
