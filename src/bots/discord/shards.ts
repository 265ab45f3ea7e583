// The gateway with a process for each shard, by discord.js's ShardingManager: for so many servers that what is kept of
// them is too much for one process. A shard holds its connection and hands on what happens; questions are answered
// here all the same, so that there is one core, one queue and one count of the calls that Discord allows.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Client, Routes, type Shard, ShardClientUtil, ShardingManager } from 'discord.js';
import { BotError, describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import { pause, type Timers, within } from '../timers.js';
import type { ConnectDeps, Connection, ConnectOptions } from './connect.js';
import type { Packet } from './hear-messages.js';
import { type Found, grantedIn, lookUp, type Where } from './look-up.js';
import type { DiscordApi } from './rest.js';

/** What a shard's process says. */
export type FromShard = { packet: Packet } | { refused: string };

/** What Discord says of its gateway. */
export interface GatewayBot {
  shards: number;
  session_start_limit: { max_concurrency: number };
}

/** Discord lets a bot identify so often at once, every five seconds. */
const IDENTIFY_MS = 5_500;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A shard that does not say what it keeps is taken to keep nothing. */
const ANSWER_MS = 5_000;
/** A shard that does not end by itself is killed. */
const END_MS = 5_000;

export function connectShards(
  deps: ConnectDeps & { api: DiscordApi },
  { apiUrl, hasMessageContent, shards: wanted, token }: ConnectOptions,
): Connection {
  const { api, log, onPacket, timers } = deps;
  const ended = new AbortController();
  const shards: Shard[] = [];
  let count = 1;

  async function open(signal: AbortSignal): Promise<void> {
    const asked = { signal, withinMs: Number.POSITIVE_INFINITY };
    const { session_start_limit: limit, shards: advised } = await api.surely<GatewayBot>(
      'GET',
      Routes.gatewayBot(),
      asked,
    );
    count = wanted ?? advised;
    const manager = new ShardingManager(fileURLToPath(new URL('./shard-process.js', import.meta.url)), {
      ...{ totalShards: count, respawn: false, ...(token === undefined ? {} : { token }) },
      shardArgs: [JSON.stringify({ apiUrl, hasMessageContent, shards: count, logLevel: log.level })],
    });
    const ready: Promise<unknown>[] = [];
    for (let id = 0; id < count; id += 1) {
      const shard = manager.createShard(id);
      shards.push(shard);
      ready.push(firstReady(shard, signal));
      keepAlive(shard);
      await shard.spawn(-1);
      await (id < count - 1 ? pause(timers, IDENTIFY_MS / limit.max_concurrency, signal) : undefined);
    }
    await Promise.all(ready);
  }

  /** Error: `discord_refused`, the signal's reason. */
  function firstReady(shard: Shard, signal: AbortSignal): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      shard.on('ready', resolve);
      shard.on('message', (message: FromShard) => {
        if ('packet' in message) {
          onPacket(message.packet, shard.id);
        } else if ('refused' in message) {
          log.error({ shard: shard.id, why: message.refused }, 'discord refuses a shard');
          reject(new BotError('discord_refused', message.refused));
        }
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    ready.catch(() => {});
    return ready;
  }

  /** A shard that dies comes again, later each time: Discord counts how often a bot identifies. */
  function keepAlive(shard: Shard): void {
    let waitMs = FIRST_PAUSE_MS;
    async function spawnAgain(): Promise<void> {
      while (!ended.signal.aborted) {
        const ms = waitMs;
        waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS);
        try {
          await pause(timers, ms, ended.signal);
          await shard.spawn(-1);
          return;
        } catch (error) {
          if (!ended.signal.aborted) {
            log.error({ shard: shard.id, why: describeError(error) }, 'a discord shard was not started');
          }
        }
      }
    }
    shard.on('ready', () => {
      waitMs = FIRST_PAUSE_MS;
    });
    shard.on('death', () => {
      if (!ended.signal.aborted) {
        log.error({ shard: shard.id, waitMs }, 'the process of a discord shard ended; it is started again');
        void spawnAgain();
      }
    });
  }

  async function ask<Result>(
    work: (client: Client, where: Where) => Result,
    where: Where,
  ): Promise<Result | undefined> {
    const { guild } = where;
    const shard = shards[guild === undefined ? 0 : ShardClientUtil.shardIdForGuildId(guild, count)];
    if (!shard) {
      return undefined;
    }
    const answer = shard.eval(work as never, where) as Promise<Result>;
    return within(timers, ANSWER_MS, answer).catch(() => undefined);
  }

  return {
    open,
    close: async () => {
      ended.abort();
      await Promise.all(shards.map((shard) => endOf(shard, timers, log)));
    },
    isOpen: () => shards.length === count && shards.every(({ ready }) => ready),
    lookUp: async (where) => (await ask<Found>(lookUp, where)) ?? { botId: '' },
    grantedIn: (where) => ask(grantedIn, where),
    replicas: () => 1,
  };
}

/** It ends when its line to us does, as it would if we died. */
async function endOf({ id, process: child }: Shard, timers: Timers, log: Log): Promise<void> {
  if (!child) {
    return;
  }
  const gone = once(child, 'exit');
  const cancel = timers.after(END_MS, () => {
    log.warn({ shard: id }, 'a discord shard did not end and is killed');
    child.kill('SIGKILL');
  });
  child.disconnect();
  await gone;
  cancel();
}
