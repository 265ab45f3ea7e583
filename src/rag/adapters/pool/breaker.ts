// The circuit breaker (Nygard, "Release It!"): whoever failed a few times in a row is left alone for a while, then tried
// with one question, and trusted again when that went well. Each failed trial makes the rest longer.

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number;
  /** First rest, in ms; doubled after each failed trial. */
  restMs: number;
  longestRestMs: number;
}

export interface Breaker {
  /** `closed` = trusted; `open` = left alone; `half-open` = it has rested and may be tried. */
  state(): 'closed' | 'open' | 'half-open';
  succeeded(): void;
  failed(): void;
  /** Opens at once. */
  trip(): void;
}

/** `now` is monotonic, in milliseconds. */
export function createBreaker(now: () => number, options: BreakerOptions): Breaker {
  let inARow = 0;
  let restMs = options.restMs;
  let openUntil: number | undefined;

  function trip(): void {
    openUntil = now() + restMs;
    restMs = Math.min(restMs * 2, options.longestRestMs);
  }

  const state = () => (openUntil === undefined ? 'closed' : now() < openUntil ? 'open' : 'half-open');

  return {
    state,
    succeeded() {
      inARow = 0;
      restMs = options.restMs;
      openUntil = undefined;
    },
    failed() {
      inARow += 1;
      // What fails while it rests was under way before.
      if (state() === 'half-open' || (state() === 'closed' && inARow >= options.failures)) {
        trip();
      }
    },
    trip,
  };
}
