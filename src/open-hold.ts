// Claims of this process on a store, and work that one process does for all on it.
import { setTimeout as sleep } from 'node:timers/promises';
import { createHold, type Held, type Hold, ownerName } from './ops/hold.js';
import type { Store } from './store/open-store.js';

/** `owner` is a name that no other process has. */
export function openHold({ claims, clock }: Pick<Store, 'claims' | 'clock'>, owner = ownerName()): Hold {
  return createHold({
    ...{ claims, clock, owner },
    every(milliseconds, run) {
      const timer = setInterval(run, milliseconds);
      return () => clearInterval(timer);
    },
  });
}

const LOOK_AGAIN_MS = 1000;

/**
 * Has `work` done by one process, while the others wait for it; one that dies is followed by another. Errors: those of
 * `isDone` and `work`.
 */
export async function doOnceForAll(
  hold: Hold,
  job: string,
  {
    isDone,
    work,
  }: { isDone: () => Promise<boolean>; work: (signal: AbortSignal, held: Held) => Promise<void> },
): Promise<void> {
  const { signal } = new AbortController();
  while (!(await isDone())) {
    const done = await hold({ subject: 'store', job }, signal, async (...own) =>
      // It may have been done between the look and the claim.
      (await isDone()) ? undefined : work(...own),
    );
    if (!done) {
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
