// Many servers that nobody writes in, made up as they are published: what a bot in thousands of servers must hold.
import { ChannelType } from 'discord.js';
import { guildOf, memberOf } from './payloads.js';
import { type FakeGuild, type FakeState, INVITED } from './state.js';

const FIRST = 300_000_000_000_000_000n;
/** Shards go by the id's upper bits: a step of one there spreads servers evenly. */
const STEP = 1n << 22n;

export function guildIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(FIRST + BigInt(n) * STEP));
}

/** As GUILD_CREATE tells of it: text channels, three roles, the bot as the one member that is sent. */
export function largeGuild(state: FakeState, id: string, channels: number): object {
  const roles = [id, String(BigInt(id) + 1n), String(BigInt(id) + 2n)].map((role, n) => ({
    ...{
      id: role,
      name: n === 0 ? '@everyone' : `role ${n}`,
      permissions: INVITED,
      botId: n === 1 ? state.bot.id : undefined,
    },
  }));
  const guild: FakeGuild = {
    ...{
      id,
      name: `server ${id}`,
      ownerId: String(BigInt(id) + 3n),
      channelIds: new Set<string>(),
      isAvailable: true,
    },
    roles: new Map(roles.map((role) => [role.id, role])),
    members: new Map([[state.bot.id, new Set([String(BigInt(id) + 1n)])]]),
  };
  return {
    ...guildOf(guild),
    ...{ joined_at: new Date(0).toISOString(), large: true, unavailable: false, member_count: 5000 },
    members: [memberOf(guild, state.bot)],
    channels: Array.from({ length: channels }, (_, n) => ({
      ...{
        id: String(BigInt(id) + 10n + BigInt(n)),
        type: ChannelType.GuildText,
        name: `channel-${n}`,
        position: n,
        flags: 0,
      },
      ...{
        parent_id: null,
        nsfw: false,
        topic: `What is said in channel ${n}`,
        last_message_id: id,
        rate_limit_per_user: 0,
      },
      permission_overwrites: [],
    })),
    ...{
      threads: [],
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    },
  };
}
