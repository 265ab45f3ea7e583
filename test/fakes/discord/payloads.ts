// What Discord sends of its nouns, field for field as discord-api-types has them (API version 10).
import {
  type APIChannel,
  type APIGuild,
  type APIMessage,
  type APIRole,
  type APIUser,
  ChannelType,
  type GatewayGuildCreateDispatchData,
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
  const {
    guildId,
    id,
    isArchived,
    isLocked,
    lastMessageId = null,
    name,
    overwrites,
    ownerId,
    parentId,
    recipient,
    type,
  } = channel;
  if (recipient) {
    return {
      id,
      type: ChannelType.DM,
      name: null,
      last_message_id: lastMessageId,
      recipients: [userOf(recipient)],
    } as APIChannel;
  }
  const shared = {
    id,
    type,
    name,
    guild_id: guildId,
    last_message_id: lastMessageId,
    flags: 0,
    rate_limit_per_user: 0,
  };
  if (isThread(channel)) {
    return {
      ...shared,
      parent_id: parentId,
      owner_id: ownerId,
      message_count: channel.messages.size,
      member_count: channel.members.size,
      total_message_sent: channel.messages.size,
      thread_metadata: {
        archived: isArchived,
        locked: isLocked,
        auto_archive_duration: 1440,
        archive_timestamp: new Date(0).toISOString(),
        create_timestamp: new Date(0).toISOString(),
      },
    } as unknown as APIChannel;
  }
  return {
    ...shared,
    parent_id: null,
    position: 0,
    nsfw: false,
    topic: null,
    permission_overwrites: overwrites.map(({ allow, deny, id, type }) => ({
      id,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
  } as unknown as APIChannel;
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
      flags: 0,
    },
    ...{
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      managed: botId !== undefined,
    },
    ...(botId === undefined ? {} : { tags: { bot_id: botId } }),
  } as unknown as APIRole;
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
      system_channel_flags: 0,
      rules_channel_id: null,
      vanity_url_code: null,
      premium_tier: 0,
      region: 'deprecated',
    },
    ...{
      preferred_locale: 'en-US',
      public_updates_channel_id: null,
      nsfw_level: 0,
      premium_progress_bar_enabled: false,
    },
    ...{ safety_alerts_channel_id: null, incidents_data: null },
  } as unknown as APIGuild;
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
    channels: channels.map(channelOf),
    threads: threads.map(channelOf),
    ...{
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    },
  } as unknown as GatewayGuildCreateDispatchData;
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
    components: isOpen ? components : [],
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
  } as unknown as APIMessage;
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
