// Ends an answer at a text that does not belong to it, also when it comes in pieces.

export interface StopFilter {
  /** What may be handed on; `isStopped` = a stop text stood there and all before it was handed on. */
  push(piece: string): { text: string; isStopped: boolean };
  /** What was held back, since no stop text came of it. */
  end(): string;
}

export function createStopFilter(stops: readonly string[]): StopFilter {
  let held = '';
  return {
    push(piece) {
      held += piece;
      const places = stops.map((stop) => held.indexOf(stop)).filter((at) => at >= 0);
      if (places.length > 0) {
        const text = held.slice(0, Math.min(...places));
        held = '';
        return { text, isStopped: true };
      }
      const from = held.length - beginningOfStop(held, stops);
      const text = held.slice(0, from);
      held = held.slice(from);
      return { text, isStopped: false };
    },
    end() {
      const text = held;
      held = '';
      return text;
    },
  };
}

/** Characters at the end that may begin a stop text. */
function beginningOfStop(text: string, stops: readonly string[]): number {
  const longest = Math.max(0, ...stops.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const tail = text.slice(-length);
    if (stops.some((stop) => stop.startsWith(tail))) {
      return length;
    }
  }
  return 0;
}
