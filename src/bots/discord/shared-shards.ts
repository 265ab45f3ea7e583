// The gateway over several replicas: each holds its part of the shards, a connection of discord.js for each, so that one
// can be given to another replica while the rest goes on. All replicas together identify at Discord's pace.
import { Routes, ShardClientUtil } from 'discord.js';
import { BotError } from '../../errors.js';
import { pause } from '../timers.js';
import { askGranted } from './ask-granted.js';
import type { Heard } from './catch-up.js';
import { type ConnectDeps, type Connection, type ConnectOptions, connectDiscord } from './connect.js';
import { createShardHolder, type ShardHolder } from './hold-shards.js';
import { createIdentifyTurns } from './identify-turns.js';
import type { Sharing } from './ports.js';
import type { DiscordApi } from './rest.js';
import type { GatewayBot } from './shards.js';

export interface SharedDeps extends ConnectDeps {
  api: DiscordApi;
  /** The time that all replicas share. */
  clock(): Date;
  heard: Heard;
  sharing: Sharing;
  /** The bot's own id. */
  botId: string;
}

/** Of the connections that Discord lets a bot open at once; each costs a call, of five in five seconds. */
const MOST_AT_ONCE = 4;
const LOOK_MS = 100;

type Line = Connection & { end: AbortController };

export function connectShared(deps: SharedDeps, options: ConnectOptions): Connection {
  const { api, clock, heard, log, sharing, timers } = deps;
  let holder: ShardHolder<Line> | undefined;
  let refusal: unknown;

  function openLine(turns: ReturnType<typeof createIdentifyTurns>, shard: number, count: number): Line {
    const end = new AbortController();
    const identify = { shard, turns };
    const connection = connectDiscord(
      { ...deps, onRefused: (error) => void refuse(error) },
      { ...options, shards: count, own: identify },
    );
    connection.open(end.signal).catch((error: unknown) => {
      if (!end.signal.aborted) {
        refuse(error);
      }
    });
    return {
      ...connection,
      end,
      close() {
        end.abort(new BotError('restarting', 'the shard is let go'));
        return connection.close();
      },
    };
  }

  /** Discord would refuse another replica, too: only a person can mend it. */
  function refuse(error: unknown): void {
    if (refusal === undefined) {
      refusal = error;
      void holder?.stop();
    }
  }

  async function open(signal: AbortSignal): Promise<void> {
    const patiently = { signal, withinMs: Number.POSITIVE_INFINITY };
    const found = await api.surely<GatewayBot>('GET', Routes.gatewayBot(), patiently);
    const { max_concurrency: atOnce } = found.session_start_limit;
    const turns = createIdentifyTurns({ store: sharing.store, clock, timers, log }, atOnce);
    const started = createShardHolder<Line>(
      { ...sharing, clock, timers, log, heard, openLine: (shard, count) => openLine(turns, shard, count) },
      { wanted: options.shards ?? found.shards, atOnce: Math.min(atOnce, MOST_AT_ONCE) },
    );
    holder = started;
    started.start();
    while (refusal === undefined && !started.isWell()) {
      await pause(timers, LOOK_MS, signal);
    }
    if (refusal !== undefined) {
      throw refusal;
    }
  }

  /** The connection that hears a server; undefined = another replica has it. */
  function lineOf(guild: string | undefined): Line | undefined {
    const lines = holder?.lines() ?? [];
    const shard = guild === undefined ? 0 : ShardClientUtil.shardIdForGuildId(guild, holder?.count() || 1);
    return lines.find((line) => line.shard === shard)?.line;
  }

  return {
    open,
    close: async () => holder?.stop(),
    isOpen: () => refusal === undefined && holder?.isWell() === true,
    lookUp: async (where) => (await lineOf(where.guild)?.lookUp(where)) ?? { botId: deps.botId },
    async grantedIn(where) {
      const line = lineOf(where.guild);
      return line ? line.grantedIn(where) : askGranted(api, where, deps.botId);
    },
    replicas: () => holder?.replicas() ?? 1,
  };
}
