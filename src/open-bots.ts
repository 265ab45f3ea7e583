// The bots of `start`: every platform that is configured, over the store and the core.
import { createIdHash } from './bots/id-hash.js';
import { type Bots, createBots } from './bots/open-bots.js';
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { Settings } from './config.js';
import { openDiscord } from './discord.js';
import type { Ask, Clock } from './domain.js';
import type { Log } from './log.js';
import { isGoneOwner, ownerName } from './ops/hold.js';
import { ownSecret } from './own-secret.js';
import { openSlackPlatform } from './slack.js';
import type { Store } from './store/open-store.js';

export interface BotParts {
  ask: Ask;
  store: Store;
  log: Log;
  /** The time of the news, which ages of sources are told by. */
  newsClock: Clock;
}

/** Undefined = no platform is configured. */
export async function openBots(parts: BotParts, settings: Settings): Promise<Bots | undefined> {
  const { ask, log, store } = parts;
  const secret = ownSecret(settings.dataDir, settings.secrets.own);
  const platforms = await configuredPlatforms(parts, settings, secret);
  if (platforms.length === 0) {
    return undefined;
  }
  const owner = ownerName();
  return createBots(
    {
      ask,
      store: store.conversations,
      platforms,
      hashId: createIdHash(secret),
      log,
      clock: () => new Date(),
      timers: realTimers,
      owner,
      isGone: (other) => isGoneOwner(other, owner),
    },
    { ...settings.bots, retentionDays: settings.conversations.retentionDays },
  );
}

/** A platform joins here with the secrets that switch it on. */
async function configuredPlatforms(
  parts: BotParts,
  settings: Settings,
  secret: string,
): Promise<BotPlatform[]> {
  const slack = await openSlackPlatform(parts, settings, secret);
  const discord = await openDiscord(parts, settings);
  return [slack, discord].filter((platform) => platform !== undefined);
}
