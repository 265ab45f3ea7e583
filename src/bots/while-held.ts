// A write to a store that may be away for a moment, as a database is that is started again.
import type { Clock } from '../domain.js';
import { isBotError } from '../errors.js';
import type { Timers } from './timers.js';
import type { Held } from './turn.js';

const PAUSE_MS = 500;

/** Tries again while the question is surely ours; an answer that is shown need not be written once more. */
export async function whileHeld<Result>(
  held: Held,
  { clock, timers }: { clock: Clock; timers: Timers },
  write: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      const isOver = clock().getTime() + PAUSE_MS >= held.heldUntil || held.show.signal.aborted;
      if (isOver || !isBotError(error, 'database_unreachable')) {
        throw error;
      }
      await new Promise<void>((resolve) => void timers.after(PAUSE_MS, resolve));
    }
  }
}
