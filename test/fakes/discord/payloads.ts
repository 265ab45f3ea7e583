// What Discord sends of its nouns, field for field as discord-api-types has them (API version 10).
import {
  type APIChannel,
  type APIDMChannel,
  type APIGuild,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIRole,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  type GuildSystemChannelFlags,
  Locale,
  type RoleFlags,
} from 'discord.js';
import { namedUsers, textOf } from './pings.js';
import {
  type FakeChannel,
  type FakeGuild,
  type FakeMessage,
  type FakeRole,
  type FakeState,
  type FakeUser,
  isThread,
} from './state.js';

export function userOf({ id, isBot, username }: FakeUser): APIUser {
  return { id, username, discriminator: '0', global_name: username, avatar: null, bot: isBot };
}

export function channelOf(channel: FakeChannel): APIChannel {
  return channel.recipient ? directOf(channel, channel.recipient) : guildChannelOf(channel);
}

function guildChannelOf(channel: FakeChannel): APIThreadChannel | APITextChannel {
  return isThread(channel) ? threadOf(channel) : textChannelOf(channel);
}

function directOf(channel: FakeChannel, recipient: FakeUser): APIDMChannel {
  const { id, lastMessageId = null } = channel;
  const recipients = [userOf(recipient)];
  return { id, type: ChannelType.DM, name: null, last_message_id: lastMessageId, recipients };
}

function threadOf(channel: FakeChannel): APIThreadChannel {
  const { id, isArchived, isLocked, lastMessageId = null, members, messages, name, ownerId } = channel;
  const { guildId, parentId } = placeOf(channel);
  return {
    ...{ id, name, guild_id: guildId, parent_id: parentId, last_message_id: lastMessageId },
    // Which of the three kinds it is decides nothing else.
    type: channel.type as ChannelType.PublicThread,
    ...(ownerId === undefined ? {} : { owner_id: ownerId }),
    ...{ message_count: messages.size, member_count: members.size, total_message_sent: messages.size },
    ...{ rate_limit_per_user: 0, applied_tags: [] },
    thread_metadata: {
      archived: isArchived,
      locked: isLocked,
      auto_archive_duration: 1440,
      archive_timestamp: new Date(0).toISOString(),
      create_timestamp: new Date(0).toISOString(),
    },
  };
}

function textChannelOf(channel: FakeChannel): APITextChannel {
  const { id, lastMessageId = null, name, overwrites } = channel;
  return {
    ...{ id, name, guild_id: placeOf(channel).guildId, parent_id: null, last_message_id: lastMessageId },
    // Announcement channels have the same fields.
    type: channel.type as ChannelType.GuildText,
    ...{ position: 0, nsfw: false, topic: null, rate_limit_per_user: 0 },
    permission_overwrites: overwrites.map(({ allow, deny, id: whose, type }) => ({
      id: whose,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
  };
}

function placeOf({ guildId, id, parentId }: FakeChannel): { guildId: string; parentId: string } {
  if (guildId === undefined) {
    throw new Error(`channel ${id} is on no server`);
  }
  return { guildId, parentId: parentId ?? '' };
}

function roleOf({ botId, id, name, permissions }: FakeRole): APIRole {
  return {
    ...{
      id,
      name,
      permissions: String(permissions),
      color: 0,
      hoist: false,
      position: 0,
      mentionable: false,
      flags: 0 as RoleFlags,
    },
    ...{
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      managed: botId !== undefined,
    },
    ...(botId === undefined ? {} : { tags: { bot_id: botId } }),
  };
}

export function memberOf(guild: FakeGuild, user: FakeUser) {
  return {
    ...{
      user: userOf(user),
      nick: null,
      avatar: null,
      roles: [...(guild.members.get(user.id) ?? [])],
      flags: 0,
    },
    ...{ joined_at: new Date(0).toISOString(), deaf: false, mute: false },
  };
}

export function guildOf({ id, name, ownerId, roles }: FakeGuild): APIGuild {
  return {
    ...{ id, name, owner_id: ownerId, roles: [...roles.values()].map(roleOf) },
    ...{
      icon: null,
      splash: null,
      discovery_splash: null,
      banner: null,
      description: null,
      afk_channel_id: null,
    },
    ...{
      afk_timeout: 300,
      verification_level: 0,
      default_message_notifications: 1,
      explicit_content_filter: 0,
    },
    ...{
      emojis: [],
      stickers: [],
      features: [],
      mfa_level: 0,
      application_id: null,
      system_channel_id: null,
    },
    ...{
      system_channel_flags: 0 as GuildSystemChannelFlags,
      rules_channel_id: null,
      vanity_url_code: null,
      premium_tier: 0,
      region: 'deprecated',
    },
    ...{
      preferred_locale: Locale.EnglishUS,
      public_updates_channel_id: null,
      nsfw_level: 0,
      premium_progress_bar_enabled: false,
    },
    ...{ safety_alerts_channel_id: null, incidents_data: null, hub_type: null },
  };
}

export function guildCreate(state: FakeState, guild: FakeGuild): GatewayGuildCreateDispatchData {
  const channels = [...guild.channelIds]
    .map((id) => state.channels.get(id))
    .filter((one) => one !== undefined);
  const threads = [...state.channels.values()].filter(
    (one) => one.guildId === guild.id && isThread(one) && !one.isArchived,
  );
  return {
    ...guildOf(guild),
    ...{
      joined_at: new Date(0).toISOString(),
      large: false,
      unavailable: false,
      member_count: guild.members.size,
    },
    members: [memberOf(guild, state.bot)],
    channels: channels.map(textChannelOf),
    threads: threads.map(threadOf),
    ...{
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    },
  };
}

/** As REST gives it; `mayReadContent` false = the privileged intent is missing, and it is not for the bot. */
export function messageOf(state: FakeState, message: FakeMessage, mayReadContent = true): APIMessage {
  const { author, channelId, components, editedAt, embeds, flags, id, nonce, reference, webhookId } = message;
  const channel = state.channels.get(channelId);
  const guild = state.guilds.get(channel?.guildId ?? '');
  const roles = [...(guild?.roles.values() ?? [])];
  const text = textOf(message);
  const isOpen = mayReadContent || isForBot(state, message);
  const referenced = reference === undefined ? undefined : channel?.messages.get(reference);
  return {
    ...{
      id,
      channel_id: channelId,
      author: userOf(author),
      type: message.type,
      flags,
      tts: false,
      pinned: false,
    },
    content: isOpen ? message.content : '',
    // As the bot sent them, and components.ts took them.
    components: isOpen ? (components as unknown as APIMessageTopLevelComponent[]) : [],
    embeds: isOpen ? embeds : [],
    attachments: [],
    timestamp: new Date(timeOf(id)).toISOString(),
    edited_timestamp: editedAt === undefined ? null : new Date(editedAt).toISOString(),
    mention_everyone: /@(everyone|here)\b/.test(text) && !author.isBot,
    mentions: namedUsers(text)
      .flatMap((one) => state.users.get(one) ?? [])
      .map(userOf),
    mention_roles: roles.filter((role) => text.includes(`<@&${role.id}>`)).map((role) => role.id),
    ...(nonce === undefined ? {} : { nonce }),
    ...(webhookId === undefined ? {} : { webhook_id: webhookId, application_id: state.bot.id }),
    ...(reference === undefined
      ? {}
      : { message_reference: { type: 0, message_id: reference, channel_id: channelId } }),
    ...(referenced === undefined
      ? {}
      : { referenced_message: messageOf(state, { ...referenced, reference: undefined }, mayReadContent) }),
  };
}

/** Discord gives content without the privileged intent where the bot is mentioned, wrote it, or is written to alone. */
export function isForBot(state: FakeState, message: FakeMessage): boolean {
  const channel = state.channels.get(message.channelId);
  return (
    message.author.id === state.bot.id ||
    channel?.type === ChannelType.DM ||
    namedUsers(textOf(message)).includes(state.bot.id)
  );
}

export function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000;
}
