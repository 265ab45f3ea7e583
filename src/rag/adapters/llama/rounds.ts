// Keeps answers that are written at once in step, so that each batch takes a token of every one. Left alone, two
// answers fall into turns (one is computed while the other waits) and every batch reads the weights for one token.
// They go on in the order of their places: llama.cpp computes tokens of a batch together only where the numbers of
// their sequences rise by one (llama_batch_allocr::split_equal), and a batch in another order falls apart again.

export interface Round {
  /** Comes back when all that take part want their next token. */
  next(): Promise<void>;
  leave(): void;
}

/** Gives `join`: an answer takes part from its first token on, since reading a prompt takes many batches. */
export function createRounds(): (place: number) => Round {
  let members = 0;
  let waiting: { place: number; go: () => void }[] = [];

  function goWhenComplete(): void {
    if (waiting.length === members) {
      const all = waiting.sort((one, other) => one.place - other.place);
      waiting = [];
      for (const { go } of all) {
        go();
      }
    }
  }

  return (place) => {
    members += 1;
    return {
      next: () =>
        new Promise((resolve) => {
          waiting.push({ place, go: resolve });
          // Not at once: the one that comes last would go on after all others, whatever its place.
          queueMicrotask(goWhenComplete);
        }),
      leave() {
        members -= 1;
        goWhenComplete();
      },
    };
  };
}
