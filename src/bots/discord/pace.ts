// Turns that come one after the other, so far apart at least: for what may wait, so that what may not is not behind it.
import { pause, type Timers } from '../timers.js';

/**
 * Comes back when it is the caller's turn, or when `needless` is: whoever does not need a turn any more takes none from
 * those behind, and under a load that goes on the line does not grow without end.
 */
export type NextTurn = (needless?: Promise<void>) => Promise<void>;

/** `apartMs` is asked for each turn. */
export function createPace(timers: Timers, apartMs: () => number): NextTurn {
  const waiting = new Set<() => void>();
  let isServing = false;

  async function serve(): Promise<void> {
    isServing = true;
    for (const next of waiting) {
      next();
      await pause(timers, apartMs());
    }
    isServing = false;
  }

  return (needless) =>
    new Promise((resolve) => {
      const done = () => {
        waiting.delete(done);
        resolve();
      };
      waiting.add(done);
      void needless?.then(done);
      if (!isServing) {
        void serve();
      }
    });
}

/** A promise that somebody else ends. */
export function createHurry(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
