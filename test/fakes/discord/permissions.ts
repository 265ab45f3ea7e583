// What somebody may do in a channel, as Discord computes it (discord.com/developers/docs/topics/permissions): roles
// together, then the channel's overwrites for everyone, for roles, for the member. Threads have their parent's.
import { PermissionFlagsBits } from 'discord.js';
import { type FakeChannel, type FakeState, isThread } from './state.js';

const ALL = Object.values(PermissionFlagsBits).reduce((all, one) => all | one, 0n);

/** 0n = cannot see it. In direct messages everything that there is. */
export function permissionsIn(state: FakeState, channel: FakeChannel, userId: string): bigint {
  const guild = channel.guildId === undefined ? undefined : state.guilds.get(channel.guildId);
  if (channel.guildId === undefined) {
    return ALL;
  }
  const own = guild?.members.get(userId);
  if (!guild || !own) {
    return 0n;
  }
  if (guild.ownerId === userId) {
    return ALL;
  }
  const roleIds = new Set([guild.id, ...own]);
  let granted = [...roleIds].reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  if (granted & PermissionFlagsBits.Administrator) {
    return ALL;
  }
  const { overwrites } = isThread(channel)
    ? (state.channels.get(channel.parentId ?? '') ?? channel)
    : channel;
  const apply = (some: { allow: bigint; deny: bigint }[]) => {
    const deny = some.reduce((sum, one) => sum | one.deny, 0n);
    const allow = some.reduce((sum, one) => sum | one.allow, 0n);
    granted = (granted & ~deny) | allow;
  };
  apply(overwrites.filter(({ id }) => id === guild.id));
  apply(overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && roleIds.has(id)));
  apply(overwrites.filter(({ id, type }) => type === 1 && id === userId));
  return granted & PermissionFlagsBits.ViewChannel ? granted : 0n;
}

export function may(state: FakeState, channel: FakeChannel, userId: string, permission: bigint): boolean {
  return (permissionsIn(state, channel, userId) & permission) === permission;
}
