// One deadline at a time for one request: to connect and begin, then from each sign of life to the next.

export interface Watch {
  /** Aborted by the caller's signal or by the deadline; its reason tells which. */
  signal: AbortSignal;
  /** Replaces the deadline: in `ms` the signal aborts with what `late` makes. */
  expect(ms: number, late: () => Error): void;
  end(): void;
}

export function createWatch(given: AbortSignal): Watch {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: AbortSignal.any([given, late.signal]),
    expect(ms, makeError) {
      clearTimeout(timer);
      timer = setTimeout(() => late.abort(makeError()), ms);
    },
    end: () => clearTimeout(timer),
  };
}
