// One run's own signal. Hundreds of fetches listen to it at once, and Node 20 never forgets a signal that was
// combined with another (AbortSignal.any): both are fine for a signal that ends with its run, not for the
// program's own.
import { setMaxListeners } from 'node:events';

/** Runs `work` under a signal that aborts with `outer`, and leaves nothing behind on `outer`. */
export async function withOwnSignal<Result>(
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const own = new AbortController();
  const stop = () => own.abort(outer.reason);
  setMaxListeners(0, own.signal);
  outer.throwIfAborted();
  outer.addEventListener('abort', stop, { once: true });
  try {
    return await work(own.signal);
  } finally {
    outer.removeEventListener('abort', stop);
  }
}
