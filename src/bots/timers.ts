// Time that passes, as the bots need it; tests and soaks move it by hand.

export interface Timers {
  /** Runs once; gives what prevents it. */
  after(milliseconds: number, run: () => void): () => void;
  /** Runs again and again; gives what ends it. */
  every(milliseconds: number, run: () => void): () => void;
}

export const realTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  },
};

/** A wait that an abort ends: rejects with the signal's reason. */
export function pause(timers: Pick<Timers, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = timers.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) {
      stop();
    }
  });
}

/** What comes of `work` in time; undefined = nothing did. Throws what it throws. */
export async function within<Result>(
  timers: Pick<Timers, 'after'>,
  ms: number,
  work: Promise<Result>,
): Promise<Result | undefined> {
  let cancel = () => {};
  const late = new Promise<undefined>((resolve) => {
    cancel = timers.after(ms, () => resolve(undefined));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
