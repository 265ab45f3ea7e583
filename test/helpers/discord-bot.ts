// The Discord adapter against the loopback Discord, for tests: each process of it over a line of its own, which can be
// cut as a kill would.
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import { createDiscordBot } from '#src/bots/discord/discord-bot.js';
import type { FeedLine, GuildSettings, Sharing } from '#src/bots/discord/ports.js';
import type { BotPlatform } from '#src/bots/ports.js';
import { realTimers, type Timers } from '#src/bots/timers.js';
import type { FakeDiscord } from '../fakes/discord/open-fake-discord.js';
import { until } from './processes.js';
import { watchedLog } from './watched-log.js';

/** The machine's time, run through twenty times as fast: pauses between calls are not what is tested. */
export const hastyTimers: Timers = {
  after: (ms, run) => realTimers.after(ms / 20, run),
  every: (ms, run) => realTimers.every(ms / 20, run),
};

export interface AdapterOptions {
  timers?: Timers;
  settings?: GuildSettings;
  feeds?: FeedLine[];
  digests?: DigestDesk;
  apiUrl?: string;
  token?: string;
  messageContent?: 'auto' | 'off';
  sharding?: 'inside' | 'processes' | 'shared';
  sharing?: Sharing;
  clock?: () => Date;
  shards?: number;
  hasChannelLists?: boolean;
}

export function discordAdapter(discord: FakeDiscord, options: AdapterOptions = {}): BotPlatform {
  const {
    apiUrl = discord.apiUrl,
    digests,
    feeds = [],
    hasChannelLists = false,
    messageContent = 'auto',
    settings = memorySettings(),
    sharding = 'inside',
    sharing,
    shards,
    timers = hastyTimers,
    token = discord.token,
  } = options;
  const { clock: now = () => new Date(discord.clock.now()) } = options;
  return createDiscordBot(
    {
      ...{ clock: now, newsClock: now, timers, log: watchedLog(), settings, digests, sharing },
      feeds: async () => feeds,
    },
    { token, apiUrl, messageContent, callTimeoutMs: 5_000, sharding, shards, hasChannelLists },
  );
}

/** A start waits fifteen seconds at most until all servers are known: by hasty timers, on a busy machine, not long enough. */
export const connected = (platform: BotPlatform): Promise<void> =>
  until('it knows its servers', () => platform.isConnected?.() === true);

export function memorySettings(): GuildSettings {
  const closed = new Map<string, Set<string>>();
  return {
    closed: async (guild) => [...(closed.get(guild) ?? [])],
    async setClosed(guild, channel, isClosed) {
      const own = closed.get(guild) ?? new Set();
      closed.set(guild, own);
      isClosed ? own.add(channel) : own.delete(channel);
    },
  };
}

/** A line to Discord that can be cut for good. */
export async function openLine(discord: FakeDiscord): Promise<{ apiUrl: string; cut(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectSocket(discord.port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    cut() {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
