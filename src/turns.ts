/**
 * Gives a function that resolves for one caller in each round of the event loop, first come, first served. Work
 * that blocks for a few milliseconds (parsing, a store that answers at once) waits for its turn, so that dozens
 * of pieces of it never add up to a long block.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
