// What a gateway's connection keeps in memory of a place: who the bot is there, what the channel is, what it may do.
// The functions need nothing but their arguments: they are also sent to shards in processes of their own, as text.
import type { Client } from 'discord.js';

export interface Where {
  /** Absent = direct messages. */
  guild?: string | undefined;
  channel: string;
}

export interface Found {
  /** The bot's own id. */
  botId: string;
  /** The bot's own role on the server, which people mention in place of the bot. */
  roleId?: string | undefined;
  /** Absent = it is not in memory, as threads that have been quiet are not. */
  channel?: { isThread: boolean; parent?: string | undefined } | undefined;
}

export interface Granted {
  /** "#cricket" */
  channel: string;
  /** The bits of the permissions, as a decimal number; absent = nobody knows. */
  bits?: string | undefined;
}

export function lookUp(client: Client, { channel, guild }: Where): Found {
  const { user } = client;
  const known = client.channels.cache.get(channel);
  const roles = guild === undefined ? undefined : client.guilds.cache.get(guild)?.roles;
  const isThread = known?.isThread() ?? false;
  return {
    botId: user?.id ?? '',
    roleId: (user && roles?.botRoleFor(user)?.id) ?? undefined,
    channel: known && {
      isThread,
      parent: isThread ? ((known as { parentId?: string | null }).parentId ?? undefined) : undefined,
    },
  };
}

/** Undefined = the channel is not in memory. */
export function grantedIn(client: Client, { channel: id }: Where): Granted | undefined {
  const channel = client.channels.cache.get(id);
  if (!channel || !('guild' in channel) || !client.user) {
    return undefined;
  }
  const bits = channel.permissionsFor(client.user.id)?.bitfield;
  return { channel: `#${channel.name}`, bits: bits === undefined ? undefined : String(bits) };
}
