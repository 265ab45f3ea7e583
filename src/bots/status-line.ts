// The line that says what happens: told at once when it changes, and again before the platform lets it expire.
import type { Timers } from './timers.js';

export interface StatusLine {
  /** A text, or what gives the text of the moment. */
  say(text: string | (() => string)): void;
  /** Nothing more is told. */
  end(): void;
}

/** Of a line's life; two tellings may fail before it is gone. */
const TOLD_AGAIN_AFTER = 0.3;

export function createStatusLine(
  tell: (text: string) => void,
  timers: Timers,
  lifeMs: number | undefined,
): StatusLine {
  let current: () => string = () => '';
  let hasEnded = false;
  const endTelling = lifeMs ? timers.every(lifeMs * TOLD_AGAIN_AFTER, () => tell(current())) : () => {};
  return {
    say(text) {
      if (!hasEnded) {
        current = typeof text === 'string' ? () => text : text;
        tell(current());
      }
    },
    end() {
      hasEnded = true;
      endTelling();
    },
  };
}
