// What waits here is offered to replicas that have nothing to do, and what waits there is taken while there is nothing to do
// here.
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import type { BotStore } from './store-port.js';
import { type Held, holdKey } from './turn.js';

export interface SharedWork {
  /** It has no slot yet. */
  waits(held: Held): void;
  /** It has one. False = another process took it meanwhile. */
  begins(held: Held): Promise<boolean>;
}

export function createSharedWork({
  log,
  store,
}: {
  log: Log;
  store: Pick<BotStore, 'waits' | 'begins'>;
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
      if (!told) {
        return true;
      }
      // In their order: what is told to wait after it has begun would be taken from under our hands.
      await told;
      return store.begins(held.question.id, held.hold).catch((error: unknown) => {
        failed(error);
        return true;
      });
    },
  };
}
