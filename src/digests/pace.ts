// How often, and how many at once.

/** Time that passes; tests move it by hand. */
export interface Timers {
  /** Runs once; gives what prevents it. */
  after(milliseconds: number, run: () => void): () => void;
}

export interface Lane {
  /** Comes back when it is our turn: one after the other, `apartMs` apart; at once when the signal is aborted. */
  turn(): Promise<void>;
  /** No turn before so many milliseconds from now. */
  rest(milliseconds: number): void;
}

export function createLane(timers: Timers, apartMs: number, signal: AbortSignal): Lane {
  let free = Promise.resolve();

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      if (ms <= 0 || signal.aborted) {
        resolve();
        return;
      }
      const end = () => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = timers.after(ms, end);
      signal.addEventListener('abort', end, { once: true });
    });

  return {
    async turn() {
      // Whoever rested the lane while we waited is waited for, too.
      let seen: Promise<void>;
      do {
        seen = free;
        await seen;
      } while (seen !== free);
      free = wait(apartMs);
    },
    rest(ms) {
      if (ms > 0) {
        free = Promise.all([free, wait(ms)]).then(() => {});
      }
    },
  };
}

/** Takes one of `count` places, in the order of asking; what it gives gives the place back. */
export function createSlots(count: number): () => Promise<() => void> {
  let free = count;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    if (next) {
      next();
    } else {
      free += 1;
    }
  };
  return async () => {
    if (free > 0) {
      free -= 1;
    } else {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    return release;
  };
}
