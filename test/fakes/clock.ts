// Time as a loopback platform sees it: the machine's own, or one that a test moves. Five minutes of a stream's life
// and an hour of redeliveries then cost nothing.

export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once, `ms` from now; the function given cancels it. */
  after(ms: number, work: () => void): () => void;
}

export interface VirtualClock extends FakeClock {
  /** Moves time on and runs what has become due, in order, each at its own moment. */
  advance(ms: number): void;
  /** Moves to the next thing that is due; false = nothing is. */
  next(): boolean;
  /** A pause that passes when time is moved; rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const machineClock: FakeClock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export function createVirtualClock(start = Date.parse('2023-12-19T15:05:00.000Z')): VirtualClock {
  let now = start;
  let order = 0;
  let due: { at: number; order: number; work: () => void }[] = [];

  function after(ms: number, work: () => void): () => void {
    const entry = { at: now + Math.max(0, ms), order: order++, work };
    due.push(entry);
    return () => {
      due = due.filter((other) => other !== entry);
    };
  }

  function earliest(until: number) {
    const ready = due.filter(({ at }) => at <= until);
    return ready.sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }

  function runUntil(end: number): void {
    for (let entry = earliest(end); entry; entry = earliest(end)) {
      const current = entry;
      due = due.filter((other) => other !== current);
      now = Math.max(now, current.at);
      current.work();
    }
    now = Math.max(now, end);
  }

  return {
    now: () => now,
    after,
    advance: (ms) => runUntil(now + ms),
    next() {
      const entry = earliest(Number.POSITIVE_INFINITY);
      if (!entry) {
        return false;
      }
      runUntil(entry.at);
      return true;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const stop = () => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = after(ms, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        if (signal?.aborted) {
          stop();
        } else {
          signal?.addEventListener('abort', stop, { once: true });
        }
      });
    },
  };
}
