// What waits here is offered to replicas that have nothing to do, and what waits there is taken while there is nothing to do
// here. A question begins when those before it in its thread have ended, wherever they are answered.
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import type { BotStore } from './store-port.js';
import { pause, type Timers } from './timers.js';
import { type Held, holdKey } from './turn.js';

export interface SharedWork {
  /** It has no slot yet. */
  waits(held: Held): void;
  /** It has one. `later` = one before it in its thread is not answered; `lost` = another process took it meanwhile. */
  begins(held: Held): Promise<'here' | 'later' | 'lost'>;
  /** Comes back when it may be tried again, or is to end. */
  later(held: Held): Promise<void>;
}

const LATER_MS = 500;

export function createSharedWork({
  clock,
  log,
  store,
  timers,
}: {
  clock: Clock;
  log: Log;
  store: Pick<BotStore, 'waits' | 'begins'>;
  timers: Pick<Timers, 'after'>;
}): SharedWork {
  /** Those that the store calls waiting, or is being told so. */
  const waiting = new Map<string, Promise<void>>();
  const keyOf = ({ hold, question }: Held) => holdKey({ id: question.id, epoch: hold.epoch });
  const failed = (error: unknown) =>
    log.debug({ why: describeError(error) }, 'waiting questions are not shared');

  return {
    waits(held) {
      waiting.set(keyOf(held), store.waits(held.question.id, held.hold).catch(failed));
    },
    async begins(held) {
      const told = waiting.get(keyOf(held));
      waiting.delete(keyOf(held));
      // In their order: what is told to wait after it has begun would be taken from under our hands.
      await told;
      return store
        .begins(held.question.id, held.hold, clock().toISOString())
        .catch((error: unknown): 'here' => {
          failed(error);
          return 'here';
        });
    },
    later: (held) => pause(timers, LATER_MS, held.work.signal).catch(() => {}),
  };
}
