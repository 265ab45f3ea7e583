// What the bot may do, asked of Discord: for servers that this process does not hear, and for `doctor`. Computed as Discord
// says (docs: "Permissions", "Permission overwrites"): roles together, then what the channel changes for everyone, for
// roles, for the member.
import {
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type APITextChannel,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { isThreadType } from './channels.js';
import type { Granted, Where } from './look-up.js';
import type { DiscordApi } from './rest.js';

interface OnServer {
  bits: bigint;
  isOwnerOrAdministrator: boolean;
  /** Of the bot, with everyone's. */
  roles: Set<string>;
}

/** On the server as a whole; channels may take away what it gives. Errors: those of the API. */
export async function askOnServer(api: DiscordApi, server: string, bot: string): Promise<OnServer> {
  const [guild, member] = await Promise.all([
    api.once<APIGuild>('GET', Routes.guild(server)),
    api.once<APIGuildMember>('GET', Routes.guildMember(server, bot)),
  ]);
  const roles = new Set([server, ...member.roles]);
  const bits = guild.roles
    .filter(({ id }) => roles.has(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  const isAll = guild.owner_id === bot || (bits & PermissionFlagsBits.Administrator) !== 0n;
  return { bits: isAll ? ~0n : bits, isOwnerOrAdministrator: isAll, roles };
}

/** In a channel; undefined = it is a thread, which has its channel's, or Discord does not tell. */
export async function askGranted(
  api: DiscordApi,
  { channel: id, guild }: Where,
  bot: string,
): Promise<Granted | undefined> {
  if (guild === undefined) {
    return undefined;
  }
  try {
    const channel = await api.once<APITextChannel>('GET', Routes.channel(id));
    if (isThreadType(channel.type)) {
      return undefined;
    }
    const { bits, isOwnerOrAdministrator, roles } = await askOnServer(api, guild, bot);
    const overwrites = isOwnerOrAdministrator ? [] : (channel.permission_overwrites ?? []);
    const steps = [
      overwrites.filter((one) => one.id === guild),
      overwrites.filter((one) => one.id !== guild && roles.has(one.id)),
      overwrites.filter((one) => one.id === bot),
    ];
    return { channel: `#${channel.name}`, bits: String(steps.reduce(changed, bits) & ALL) };
  } catch {
    return undefined;
  }
}

const ALL = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);

function changed(bits: bigint, overwrites: APIOverwrite[]): bigint {
  const deny = overwrites.reduce((sum, one) => sum | BigInt(one.deny), 0n);
  const allow = overwrites.reduce((sum, one) => sum | BigInt(one.allow), 0n);
  return (bits & ~deny) | allow;
}
