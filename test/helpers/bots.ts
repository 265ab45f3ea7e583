// Bots over a real store, as main.ts composes them, with a scripted core.
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { digestArticles } from '#src/bot-digests.js';
import { createIdHash } from '#src/bots/id-hash.js';
import { type Bots, type BotsOptions, createBots } from '#src/bots/open-bots.js';
import type { BotPlatform } from '#src/bots/ports.js';
import { realTimers, type Timers } from '#src/bots/timers.js';
import { createWatchDesk } from '#src/bots/watch-desk.js';
import type { Ask, Clock } from '#src/domain.js';
import { openStore, type Store } from '#src/store/open-store.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { storePlace } from './store-place.js';
import { watchedLog } from './watched-log.js';

export const BOT_OPTIONS: BotsOptions = {
  concurrent: 4,
  waiting: 200,
  answerSeconds: 60,
  graceSeconds: 10,
  retentionDays: 30,
  limits: { minutes: 10, user: 0, channel: 0, workspace: 0, all: 0 },
  channels: { allow: [], deny: [] },
  users: { allow: [], deny: [] },
};

export async function openTestStore(place?: string): Promise<Store> {
  const store = await openStore(place ?? (await storePlace()));
  onTestFinished(() => store.close());
  return store;
}

export interface TestBots {
  platforms: BotPlatform[];
  ask: Ask;
  store: Store;
  owner?: string;
  isGone?: (owner: string) => boolean;
  clock?: Clock;
  timers?: Timers;
  isShared?: boolean;
  onWake?: (look: () => void) => () => void;
  options?: Partial<BotsOptions>;
  /** Lines of the log, as JSON. */
  logged?: string[];
}

export function testBots(given: TestBots): Bots {
  const { ask, clock = () => new Date(), isGone = () => false, logged, owner = 'one', platforms } = given;
  const log = logged
    ? pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
    : watchedLog();
  const hashId = createIdHash(`own-${SECRET}`);
  return createBots(
    {
      ask,
      store: given.store.conversations,
      platforms,
      hashId,
      articlesOf: (place) => digestArticles(given.store.digests, place),
      watches: createWatchDesk({
        ...{ hashId, clock, newsClock: clock, store: given.store.watches },
        askedOf: given.store.conversations.questionOf,
      }),
      log,
      clock,
      timers: given.timers ?? realTimers,
      owner,
      isGone,
      isShared: given.isShared,
      onWake: given.onWake,
    },
    { ...BOT_OPTIONS, ...given.options },
  );
}
