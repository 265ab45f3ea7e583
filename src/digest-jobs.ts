// The minute's work of digests in a process that stays: what is due is planned, composed and posted, questions that wait
// for news are asked again when something came in, and every few minutes breaking stories are looked for.
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { Settings } from './config.js';
import { type LookDeps, lookForBreaking } from './digests/look-for-breaking.js';
import { createDigests } from './digests/open-digests.js';
import type { Compose } from './digests/ports.js';
import { askAgain, type WatchingDeps } from './digests/watch.js';
import { describeError } from './errors.js';
import type { Log } from './log.js';
import { everyMinute } from './ops/every-minute.js';
import { createHold, isGoneOwner } from './ops/hold.js';
import type { Store } from './store/open-store.js';

export interface DigestJobsDeps {
  store: Store;
  seekNews: WatchingDeps['seekNews'];
  compose: Compose;
  breaking: Pick<LookDeps, 'readWindow' | 'tellBreaking'>;
  platforms: BotPlatform[];
  /** Whether the indexes have all that the store has. */
  isCurrent(): Promise<boolean>;
  log: Log;
  /** A name that no other process has. */
  owner: string;
}

const MINUTE_MS = 60_000;
/** Ticks come some moments early or late. */
const TICK_SLACK_MS = 10_000;

/** Begins at once; gives what ends it, and comes back then when nothing is being sent. */
export function startDigestJobs(deps: DigestJobsDeps, { digest }: Settings): () => Promise<void> {
  const { isCurrent, log, owner, platforms, seekNews, store } = deps;
  const ending = new AbortController();
  const { clock } = store;
  const hold = createHold({ claims: store.claims, owner, clock, every: realTimers.every });
  const posting = platforms.flatMap((platform) => platform.digests ?? []);
  const digests = createDigests(
    {
      ...{ store: store.digests, compose: deps.compose, hold, clock, timers: realTimers, log, owner },
      platforms: posting,
      isGone: (other) => isGoneOwner(other, owner),
    },
    digest,
  );
  const { everyMinutes, publishers, withinMinutes } = digest.breaking;
  const { signal } = ending;

  /** One round at a time: it may take a model minutes. What was laid into the outbox goes out with it. */
  function createRound(look: () => Promise<number>, failure: string) {
    let running: Promise<void> | undefined;
    return {
      start() {
        running ??= look()
          .then(
            (told) => (told > 0 ? digests.tick() : undefined),
            (error: unknown) => signal.aborted || log.error({ why: describeError(error) }, failure),
          )
          .then(() => {
            running = undefined;
          });
      },
      idle: () => running,
    };
  }

  const watching = { store: store.watches, seekNews, platforms, hold, isCurrent, clock, log };
  const waiting = createRound(() => askAgain(watching, signal), 'questions that wait were not asked');
  const looking = { ...deps.breaking, store: store.digests, platforms: posting, hold, clock, log };
  const limits = { publishers, withinMs: withinMinutes * MINUTE_MS, toldDays: digest.toldDays };
  const breaking = createRound(
    () => lookForBreaking(looking, limits, signal),
    'breaking stories were not looked for',
  );
  let lookAt = 0;

  async function tick(): Promise<void> {
    await digests.tick();
    waiting.start();
    // A clock that was set back makes nobody wait.
    const now = Date.now();
    if (now >= lookAt || lookAt - now > everyMinutes * MINUTE_MS) {
      lookAt = now + everyMinutes * MINUTE_MS - TICK_SLACK_MS;
      breaking.start();
    }
  }

  const end = everyMinute(tick);
  const endWakes = store.onWake('digests', () => void digests.tick());
  // What was due while no process was there is not left to the next full minute.
  const first = tick();
  return async () => {
    ending.abort();
    endWakes();
    await Promise.all([end(), first, digests.stop(), waiting.idle(), breaking.idle()]);
  };
}
