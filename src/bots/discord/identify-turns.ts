// Discord lets a bot identify once in five seconds, or as often as `max_concurrency` says, each time for another bucket of
// shards; whoever is too fast loses the session. The turns are given out by the store, so that replicas take them together.
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import { pause, type Timers } from '../timers.js';
import type { ShardStore } from './ports.js';

export interface IdentifyTurns {
  /** Comes back when the shard may identify; rejects with the signal's reason. As discord.js asks it. */
  waitForIdentify(shard: number, signal: AbortSignal): Promise<void>;
}

export interface IdentifyTurnsDeps {
  store: Pick<ShardStore, 'nextIdentify'>;
  clock(): Date;
  timers: Timers;
  log: Log;
}

/** Five seconds, and some for what is under way. */
export const IDENTIFY_MS = 5_500;
const ASK_AGAIN_MS = 1_000;

export function createIdentifyTurns(
  { clock, log, store, timers }: IdentifyTurnsDeps,
  maxConcurrency: number,
): IdentifyTurns {
  return {
    async waitForIdentify(shard, signal) {
      for (;;) {
        signal.throwIfAborted();
        try {
          const at = await store.nextIdentify(shard % maxConcurrency, clock().getTime(), IDENTIFY_MS);
          await pause(timers, Math.max(0, at - clock().getTime()), signal);
          return;
        } catch (error) {
          signal.throwIfAborted();
          log.debug({ shard, why: describeError(error) }, 'no turn to identify yet');
          await pause(timers, ASK_AGAIN_MS, signal);
        }
      }
    },
  };
}
