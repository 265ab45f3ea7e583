// The bots of `start`: every platform that is configured, over the store and the core.

import { createBotDigests, digestArticles } from './bot-digests.js';
import { isUnwelcome } from './bots/access.js';
import { createCachedAsk } from './bots/cached-ask.js';
import { createRecordedDesk, type RecordChange } from './bots/changes.js';
import { createOpenDesk, withClosedChannels } from './bots/closed-channels.js';
import type { DigestDesk } from './bots/digest-desk.js';
import { createIdHash } from './bots/id-hash.js';
import { type Bots, createBots } from './bots/open-bots.js';
import type { BotPlatform } from './bots/ports.js';
import { withPreviewBudget } from './bots/preview-budget.js';
import { realTimers } from './bots/timers.js';
import { createWatchDesk } from './bots/watch-desk.js';
import type { Settings } from './config.js';
import { type ConsoleApp, createConsoleDesk } from './console-desk.js';
import { type DigestJobsDeps, startDigestJobs } from './digest-jobs.js';
import type { Compose } from './digests/ports.js';
import { openDiscord } from './discord.js';
import type { Ask, Clock } from './domain.js';
import type { Log } from './log.js';
import { createAudit } from './open-audit.js';
import { isGoneOwner, ownerName } from './ops/hold.js';
import { secretOf } from './own-secret.js';
import type { NameLists } from './rag/understand/names.js';
import { openSlackPlatform } from './slack.js';
import type { Store } from './store/open-store.js';
import { openWeb } from './web.js';

export interface BotParts {
  ask: Ask;
  seekNews: DigestJobsDeps['seekNews'];
  store: Store;
  log: Log;
  /** The time of the news, which ages of sources are told by. */
  newsClock: Clock;
  names: NameLists;
  compose: Compose;
  breaking: DigestJobsDeps['breaking'];
  /** Whether the indexes have all that the store has. */
  isCurrent(): Promise<boolean>;
  /** What the console in the browser shows of the whole. */
  app: ConsoleApp;
  /** Told where the console is served. */
  onServed?: ((url: string) => void) | undefined;
}

/** Undefined = no platform is configured. */
export async function openBots(parts: BotParts, settings: Settings): Promise<Bots | undefined> {
  const { isCurrent, log, store } = parts;
  const revision = async () => ((await isCurrent()) ? store.watches.revision() : undefined);
  const ask = createCachedAsk(parts.ask, { revision, now: () => performance.now() });
  const secret = await secretOf(settings, store);
  const { clock } = store;
  const audit = createAudit({ store, clock }, settings);
  const { record } = audit;
  const hashId = createIdHash(secret);
  const desk = createBotDigests({ ...parts, clock, hashId }, settings);
  const digests = createRecordedDesk(
    createOpenDesk(
      withPreviewBudget(desk, () => performance.now()),
      settings.bots,
    ),
    record,
  );
  const owner = ownerName();
  const platforms = await configuredPlatforms({ ...parts, digests, record, owner }, settings, secret);
  if (platforms.length === 0) {
    return undefined;
  }
  const askedOf = store.conversations.questionOf;
  const bots = createBots(
    {
      ask,
      store: {
        ...store.conversations,
        async forgetBefore(time) {
          await audit.forgetOld();
          return store.conversations.forgetBefore(time);
        },
      },
      platforms,
      hashId,
      articlesOf: (place) => digestArticles(store.digests, place),
      watches: createWatchDesk({ store: store.watches, askedOf, hashId, clock, newsClock: parts.newsClock }),
      log,
      clock,
      timers: realTimers,
      owner,
      isGone: (other) => isGoneOwner(other, owner),
      isShared: settings.secrets.databaseUrl !== undefined,
      onWake: (look) => store.onWake('questions', look),
    },
    { ...settings.bots, retentionDays: settings.conversations.retentionDays },
  );
  let endDigests = async () => {};
  return {
    async start() {
      await audit.recordSettings();
      await bots.start();
      const open = platforms.map((platform) => withClosedChannels(platform, settings.bots));
      endDigests = startDigestJobs({ ...parts, platforms: open, owner }, settings);
    },
    async stop() {
      await Promise.all([endDigests(), bots.stop()]);
    },
    platforms: bots.platforms,
    load: bots.load,
  };
}

/** A platform joins here with the secrets that switch it on. */
async function configuredPlatforms(
  parts: BotParts & { digests: DigestDesk; record: RecordChange; owner: string },
  settings: Settings,
  secret: string,
): Promise<BotPlatform[]> {
  const slack = await openSlackPlatform(parts, settings, secret);
  const discord = await openDiscord(parts, settings);
  const console = createConsoleDesk({
    ...parts,
    preview: parts.digests.preview,
    isUnwelcome: (user) => isUnwelcome({ platform: 'web', user }, settings.bots),
  });
  const web = await openWeb({ ...parts, console }, settings);
  return [slack, discord, web].filter((platform) => platform !== undefined);
}
