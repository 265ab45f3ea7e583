// Discord as `start` and `doctor` open it; discord.js is loaded only where a token is set.
import type { RecordChange } from './bots/changes.js';
import type { DigestDesk } from './bots/digest-desk.js';
import { DIRECT } from './bots/discord/place.js';
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { Settings } from './config.js';
import type { Clock } from './domain.js';
import { feedLines } from './feed-lines.js';
import type { Log } from './log.js';
import { once } from './once.js';
import type { Check } from './ops/doctor.js';
import { isGoneOwner } from './ops/hold.js';
import type { Store } from './store/open-store.js';

/** Conversations that are looked through for what was missed. */
const MOST_DIRECT = 200;
const DISCORD_API_URL = 'https://discord.com/api';

/** Undefined = no token is set. */
export async function openDiscord(
  parts: {
    digests: DigestDesk;
    log: Log;
    newsClock: Clock;
    store: Store;
    record: RecordChange;
    /** A name that no other process has. */
    owner: string;
  },
  { bots, discord, secrets }: Settings,
): Promise<BotPlatform | undefined> {
  const { digests, log, newsClock, owner, record, store } = parts;
  const { apiUrl = DISCORD_API_URL, token } = secrets.discord;
  if (!token) {
    return undefined;
  }
  const { createDiscordBot } = await import('./bots/discord/discord-bot.js');
  const { createGuildSettings } = await import('./bots/discord/guild-settings.js');
  const { clock } = store;
  const settings = createGuildSettings(store.guildSettings, clock, record);
  const shards = discord.shards === 'auto' ? undefined : discord.shards;
  return createDiscordBot(
    {
      ...{ clock, newsClock, timers: realTimers, log, settings, digests },
      feeds: () => feedLines(store.feeds, newsClock()),
      sharing: {
        ...{ owner, store: store.discordShards },
        isGone: (other) => isGoneOwner(other, owner),
        directChannels: () => store.discordShards.directChannels('discord', DIRECT, MOST_DIRECT),
      },
    },
    {
      token,
      apiUrl,
      shards,
      sharding: shardingOf(discord.sharding, secrets.databaseUrl),
      hasChannelLists: bots.channels.allow.length + bots.channels.deny.length > 0,
      messageContent: discord.messageContent,
      callTimeoutMs: discord.callTimeoutSeconds * 1000,
    },
  );
}

/** Where several replicas can be, each takes its part. */
export function shardingOf(
  wanted: Settings['discord']['sharding'],
  databaseUrl: string | undefined,
): 'inside' | 'processes' | 'shared' {
  return wanted !== 'auto' ? wanted : databaseUrl ? 'shared' : 'inside';
}

/** For `doctor`; [] = no token is set. */
export function discordChecksFor({ discord, secrets }: Settings): Check[] {
  const { apiUrl = DISCORD_API_URL, token } = secrets.discord;
  if (!token) {
    return [];
  }
  const load = once(async () => {
    const { discordChecks } = await import('./bots/discord/check-discord.js');
    const deps = { clock: () => new Date(), timers: realTimers };
    return discordChecks(deps, { token, apiUrl, messageContent: discord.messageContent });
  });
  return ['token', 'intent', 'commands', 'servers'].map((name, at) => ({
    name: `discord ${name}`,
    run: async (signal) => (await load())[at]?.run(signal) ?? { status: 'ok', fact: 'nothing to check' },
  }));
}
