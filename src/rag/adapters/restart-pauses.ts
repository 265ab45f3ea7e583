// How long a server that ended by itself rests before it is started again: longer each time, so that one that cannot run
// does not keep the machine busy, and short again once it has run for a while.

const PAUSES_MS = [200, 1000, 5000, 15_000];
const LASTED_MS = 60_000;

export interface RestartPauses {
  /** It runs from now on. */
  begun(): void;
  /** It has ended. Gives the pause in milliseconds, and which of its endings in a row this is. */
  ended(): { pauseMs: number; inARow: number };
}

/** `now` is monotonic, in milliseconds. */
export function createRestartPauses(now: () => number): RestartPauses {
  let begunAt = now();
  let inARow = 0;
  return {
    begun() {
      begunAt = now();
    },
    ended() {
      inARow = now() - begunAt >= LASTED_MS ? 1 : inARow + 1;
      const pauseMs = PAUSES_MS[Math.min(inARow, PAUSES_MS.length) - 1] ?? 0;
      return { pauseMs, inARow };
    },
  };
}
