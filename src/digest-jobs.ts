// The minute's work of digests in a process that stays: what is due is planned, composed and posted, and questions that
// wait for news are asked again when something came in.
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { Settings } from './config.js';
import { createDigests } from './digests/open-digests.js';
import type { Compose } from './digests/ports.js';
import { askAgain } from './digests/watch.js';
import type { Ask } from './domain.js';
import { describeError } from './errors.js';
import type { Log } from './log.js';
import { everyMinute } from './ops/every-minute.js';
import { createHold, isGoneOwner } from './ops/hold.js';
import type { Store } from './store/open-store.js';

export interface DigestJobsDeps {
  store: Store;
  ask: Ask;
  compose: Compose;
  platforms: BotPlatform[];
  /** Whether the indexes have all that the store has. */
  isCurrent(): Promise<boolean>;
  log: Log;
  /** A name that no other process has. */
  owner: string;
}

/** Begins at once; gives what ends it, and comes back then when nothing is being sent. */
export function startDigestJobs(deps: DigestJobsDeps, { digest }: Settings): () => Promise<void> {
  const { ask, isCurrent, log, owner, platforms, store } = deps;
  const ending = new AbortController();
  const clock = () => new Date();
  const hold = createHold({ claims: store.claims, owner, clock, every: realTimers.every });
  const digests = createDigests(
    {
      ...{ store: store.digests, compose: deps.compose, hold, clock, timers: realTimers, log, owner },
      platforms: platforms.flatMap((platform) => platform.digests ?? []),
      isGone: (other) => isGoneOwner(other, owner),
    },
    digest,
  );
  let asking: Promise<void> | undefined;

  /** One round at a time: it may take a model minutes. */
  function lookForNews(): void {
    asking ??= askAgain({ store: store.watches, ask, platforms, hold, isCurrent, clock, log }, ending.signal)
      // What was laid into the outbox goes out with it.
      .then(
        (told) => (told > 0 ? digests.tick() : undefined),
        (error: unknown) => log.error({ why: describeError(error) }, 'questions that wait were not asked'),
      )
      .finally(() => {
        asking = undefined;
      });
  }

  async function tick(): Promise<void> {
    await digests.tick();
    lookForNews();
  }

  const end = everyMinute(tick);
  // What was due while no process was there is not left to the next full minute.
  const first = tick();
  return async () => {
    ending.abort();
    await Promise.all([end(), first, digests.stop(), asking]);
  };
}
