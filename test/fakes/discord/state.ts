// What a Discord holds: users, servers with roles and channels, threads, direct messages, messages. Ids are
// snowflakes: milliseconds since 2015 in their upper bits, so that later ids are larger.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { FakeClock } from '../clock.js';
import type { JsonObject } from './json.js';

export interface FakeUser {
  id: string;
  username: string;
  isBot: boolean;
  /** Refuses direct messages of the bot. */
  isClosed: boolean;
}

export interface FakeRole {
  id: string;
  name: string;
  permissions: bigint;
  /** The bot's own role, made when it is invited. */
  botId?: string | undefined;
}

export interface FakeOverwrite {
  id: string;
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface FakeMessage {
  id: string;
  channelId: string;
  author: FakeUser;
  type: number;
  content: string;
  flags: number;
  components: JsonObject[];
  embeds: JsonObject[];
  nonce?: string | number | undefined;
  reference?: string | undefined;
  editedAt?: number | undefined;
  /** Set for the answer to an interaction. */
  interactionId?: string | undefined;
  webhookId?: string | undefined;
  /** Only this user sees it. */
  ephemeralFor?: string | undefined;
  /** Whom it rang for when it was posted: user and role ids, "everyone", "here". */
  pings: string[];
  /** Everything that posted or changed it. */
  history: { at: number; what: 'posted' | 'changed' }[];
}

export interface FakeChannel {
  id: string;
  type: ChannelType;
  name: string;
  guildId?: string | undefined;
  parentId?: string | undefined;
  overwrites: FakeOverwrite[];
  /** Of direct messages: the other one. */
  recipient?: FakeUser | undefined;
  messages: Map<string, FakeMessage>;
  lastMessageId?: string | undefined;
  isArchived: boolean;
  isLocked: boolean;
  /** Of threads. */
  ownerId?: string | undefined;
  members: Set<string>;
}

export interface FakeGuild {
  id: string;
  name: string;
  ownerId: string;
  roles: Map<string, FakeRole>;
  /** Role ids by user. */
  members: Map<string, Set<string>>;
  channelIds: Set<string>;
  isAvailable: boolean;
}

export interface FakeState {
  clock: FakeClock;
  bot: FakeUser;
  users: Map<string, FakeUser>;
  guilds: Map<string, FakeGuild>;
  channels: Map<string, FakeChannel>;
  nextId(): string;
  user(name: string): FakeUser;
  guild(name: string, options?: { botPermissions?: bigint }): FakeGuild;
  channel(guild: FakeGuild, name: string, type?: ChannelType): FakeChannel;
  thread(parent: FakeChannel, name: string, id: string | undefined, ownerId: string): FakeChannel;
  direct(user: FakeUser): FakeChannel;
}

export const DISCORD_EPOCH = 1_420_070_400_000;
const P = PermissionFlagsBits;
const EVERYONE =
  P.ViewChannel |
  P.SendMessages |
  P.ReadMessageHistory |
  P.CreatePublicThreads |
  P.SendMessagesInThreads |
  P.UseApplicationCommands;
/** What an invite with nothing missing gives. */
export const INVITED =
  P.ViewChannel | P.SendMessages | P.SendMessagesInThreads | P.CreatePublicThreads | P.ReadMessageHistory;

export function createState(clock: FakeClock): FakeState {
  const users = new Map<string, FakeUser>();
  const guilds = new Map<string, FakeGuild>();
  const channels = new Map<string, FakeChannel>();
  let last = 0n;

  function nextId(): string {
    const now = BigInt(Math.max(0, Math.floor(clock.now() - DISCORD_EPOCH))) << 22n;
    last = now > last ? now : last + 1n;
    return String(last);
  }

  function addUser(username: string, isBot: boolean): FakeUser {
    const user = { id: nextId(), username, isBot, isClosed: false };
    users.set(user.id, user);
    return user;
  }

  function addChannel(parts: Pick<FakeChannel, 'id' | 'type' | 'name'> & Partial<FakeChannel>): FakeChannel {
    const channel: FakeChannel = {
      ...{ overwrites: [], messages: new Map(), isArchived: false, isLocked: false, members: new Set() },
      ...parts,
    };
    channels.set(channel.id, channel);
    return channel;
  }

  const bot = addUser('third-umpire', true);
  return {
    clock,
    bot,
    users,
    guilds,
    channels,
    nextId,
    user: (name) => [...users.values()].find(({ username }) => username === name) ?? addUser(name, false),

    guild(name, { botPermissions = INVITED } = {}) {
      const id = nextId();
      const roles = new Map<string, FakeRole>();
      // @everyone has the id of its server.
      roles.set(id, { id, name: '@everyone', permissions: EVERYONE & ~(botPermissions ^ INVITED) });
      const own = { id: nextId(), name: bot.username, permissions: botPermissions, botId: bot.id };
      roles.set(own.id, own);
      const guild: FakeGuild = {
        ...{ id, name, ownerId: nextId(), roles, channelIds: new Set<string>(), isAvailable: true },
        members: new Map([[bot.id, new Set([own.id])]]),
      };
      guilds.set(id, guild);
      return guild;
    },

    channel(guild, name, type = ChannelType.GuildText) {
      const channel = addChannel({ id: nextId(), type, name, guildId: guild.id });
      guild.channelIds.add(channel.id);
      return channel;
    },

    thread(parent, name, id, ownerId) {
      const type =
        parent.type === ChannelType.GuildAnnouncement
          ? ChannelType.AnnouncementThread
          : ChannelType.PublicThread;
      const guildId = parent.guildId;
      return addChannel({
        id: id ?? nextId(),
        type,
        name,
        guildId,
        parentId: parent.id,
        ownerId,
        members: new Set([ownerId]),
      });
    },

    direct(user) {
      const known = [...channels.values()].find(({ recipient }) => recipient === user);
      return known ?? addChannel({ id: nextId(), type: ChannelType.DM, name: '', recipient: user });
    },
  };
}

export const isThread = ({ type }: FakeChannel) =>
  type === ChannelType.PublicThread ||
  type === ChannelType.AnnouncementThread ||
  type === ChannelType.PrivateThread;
