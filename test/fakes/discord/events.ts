// What happens in Discord, told to every session that may hear of it: by intent, by shard, by what the bot can see.
import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import type { Gateway } from './gateway.js';
import { channelOf, guildCreate, memberOf, messageOf } from './payloads.js';
import { may } from './permissions.js';
import type { FakeChannel, FakeGuild, FakeMessage, FakeState } from './state.js';

export interface Events {
  posted(message: FakeMessage, times?: number): void;
  changed(message: FakeMessage, times?: number): void;
  deleted(message: FakeMessage, times?: number): void;
  threadMade(thread: FakeChannel): void;
  threadChanged(thread: FakeChannel): void;
  interaction(guildId: string | undefined, payload: object, times?: number): void;
  /** The bot joins a server, or an outage ends. */
  guildAvailable(guild: FakeGuild): void;
  guildUnavailable(guild: FakeGuild): void;
  channelChanged(channel: FakeChannel): void;
}

const intentOf = ({ guildId }: FakeChannel) =>
  guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;

export function createEvents(state: FakeState, gateway: () => Gateway): Events {
  function ofMessage(type: string, message: FakeMessage, times?: number): void {
    const channel = state.channels.get(message.channelId);
    if (
      !channel ||
      message.ephemeralFor !== undefined ||
      !may(state, channel, state.bot.id, PermissionFlagsBits.ViewChannel)
    ) {
      return;
    }
    const guild = state.guilds.get(channel.guildId ?? '');
    const place = guild ? { guild_id: guild.id, member: memberOf(guild, message.author) } : {};
    gateway().dispatch(
      {
        type,
        guildId: channel.guildId,
        intent: intentOf(channel),
        data: ({ intents }) => ({
          ...messageOf(state, message, (intents & GatewayIntentBits.MessageContent) !== 0),
          ...place,
          channel_type: channel.type,
        }),
      },
      times,
    );
  }

  function ofThread(type: string, thread: FakeChannel): void {
    const data = { ...channelOf(thread), ...(type === 'THREAD_CREATE' ? { newly_created: true } : {}) };
    gateway().dispatch({ type, guildId: thread.guildId, intent: GatewayIntentBits.Guilds, data: () => data });
  }

  return {
    posted: (message, times) => ofMessage('MESSAGE_CREATE', message, times),
    changed: (message, times) => ofMessage('MESSAGE_UPDATE', message, times),

    deleted(message, times) {
      const channel = state.channels.get(message.channelId);
      if (channel) {
        const data = {
          id: message.id,
          channel_id: channel.id,
          ...(channel.guildId ? { guild_id: channel.guildId } : {}),
        };
        gateway().dispatch(
          { type: 'MESSAGE_DELETE', guildId: channel.guildId, intent: intentOf(channel), data: () => data },
          times,
        );
      }
    },

    threadMade: (thread) => ofThread('THREAD_CREATE', thread),
    threadChanged: (thread) => ofThread('THREAD_UPDATE', thread),

    interaction(guildId, payload, times) {
      const here =
        guildId !== undefined && state.guilds.get(guildId)?.members.has(state.bot.id) ? guildId : undefined;
      gateway().dispatch(
        { type: 'INTERACTION_CREATE', guildId: here, intent: 0, data: () => payload },
        times,
      );
    },

    guildAvailable(guild) {
      guild.isAvailable = true;
      const data = () => guildCreate(state, guild);
      gateway().dispatch({ type: 'GUILD_CREATE', guildId: guild.id, intent: GatewayIntentBits.Guilds, data });
    },

    guildUnavailable(guild) {
      guild.isAvailable = false;
      const data = { id: guild.id, unavailable: true };
      gateway().dispatch({
        type: 'GUILD_DELETE',
        guildId: guild.id,
        intent: GatewayIntentBits.Guilds,
        data: () => data,
      });
    },

    channelChanged(channel) {
      gateway().dispatch({
        type: 'CHANNEL_UPDATE',
        guildId: channel.guildId,
        intent: GatewayIntentBits.Guilds,
        data: () => channelOf(channel),
      });
    },
  };
}
