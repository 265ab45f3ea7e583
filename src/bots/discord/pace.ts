// Turns that come one after the other, so far apart at least: for what may wait, so that what may not is not behind it.
import { pause, type Timers } from '../timers.js';

export function createPace(timers: Timers, apartMs: number): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    const turn = last;
    last = last.then(() => pause(timers, apartMs));
    return turn;
  };
}

/** A promise that somebody else ends. */
export function createHurry(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
