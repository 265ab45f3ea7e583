// How the gateway is held: by this process alone, by processes of its own for each shard, or beside other replicas.
import { BotError } from '../../errors.js';
import type { Heard } from './catch-up.js';
import { type ConnectDeps, type Connection, type ConnectOptions, connectDiscord } from './connect.js';
import type { Sharing } from './ports.js';
import type { DiscordApi } from './rest.js';
import { connectShards } from './shards.js';
import { connectShared } from './shared-shards.js';

export interface GatewayDeps extends ConnectDeps {
  api: DiscordApi;
  clock(): Date;
  heard: Heard;
  /** The bot's own id. */
  botId: string;
  sharing?: Sharing | undefined;
}

export interface GatewayOptions extends ConnectOptions {
  /** All shards in this process, each in one of its own, or as many as are this replica's part. */
  sharding: 'inside' | 'processes' | 'shared';
}

/** Nothing is opened yet. */
export function chooseConnection(deps: GatewayDeps, options: GatewayOptions): Connection {
  if (options.sharding === 'inside') {
    return connectDiscord(deps, options);
  }
  if (options.sharding === 'processes') {
    return connectShards(deps, options);
  }
  if (!deps.sharing) {
    throw new BotError('config_invalid', 'discord.sharding: shared needs a store that replicas share');
  }
  return connectShared({ ...deps, sharing: deps.sharing }, options);
}
