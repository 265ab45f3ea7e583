// Asks again after a failure that may pass. Whoever has begun to write is never asked again: a second beginning
// would not go on from the first.
import { setTimeout as sleep } from 'node:timers/promises';
import { Temporary } from '../temporary.js';

export interface RetryOptions {
  /** Further tries at most. */
  retries: number;
  signal: AbortSignal;
  /** Whether another try makes sense still. */
  mayRetry: () => boolean;
  /** Waits; tests have their own. Aborted = throws. */
  wait?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
  /** 0..1, so that many clients do not come back at once. */
  random?: (() => number) | undefined;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** A server that asks for more patience is told to the person instead. */
const LONGEST_ASKED_MS = 30_000;

/** What `run` gives. Throws the last failure, or the signal's reason. */
export async function retrying<Result>(run: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { mayRetry, random = Math.random, retries, signal, wait = waitFor } = options;
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Temporary)) {
        throw error;
      }
      const { afterMs = 0 } = error;
      if (tries >= retries || !mayRetry() || afterMs > LONGEST_ASKED_MS) {
        throw error;
      }
      const backoff = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS) * (0.5 + random() / 2);
      await wait(Math.max(afterMs, backoff), signal);
    }
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
