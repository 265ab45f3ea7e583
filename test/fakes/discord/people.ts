// People at work in Discord: they write, mention, edit, delete, use commands, press buttons. Each deed becomes the
// events that Discord would send for it.
import { ApplicationCommandType, ChannelType, ComponentType, InteractionType } from 'discord.js';
import type { Application } from './application-routes.js';
import { withInner } from './components.js';
import type { Events } from './events.js';
import type { FakeInteraction, Interactions } from './interactions.js';
import type { JsonObject } from './json.js';
import { channelOf, memberOf, messageOf, userOf } from './payloads.js';
import { permissionsIn } from './permissions.js';
import { type FakeChannel, type FakeMessage, type FakeState, type FakeUser, isThread } from './state.js';

export interface Saying {
  /** Replies to this message, and rings its author unless `isQuiet`. */
  replyTo?: FakeMessage | undefined;
  /** As often it is told to each session. */
  times?: number | undefined;
}

export interface People {
  say(user: FakeUser, channel: FakeChannel, content: string, saying?: Saying): FakeMessage;
  mention(user: FakeUser, channel: FakeChannel, text: string, saying?: Saying): FakeMessage;
  edit(message: FakeMessage, content: string, times?: number): void;
  remove(message: FakeMessage, times?: number): void;
  /** Uses a slash command, "name" or "name subcommand"; `asUser` = installed to that user alone. */
  command(
    user: FakeUser,
    channel: FakeChannel,
    name: string,
    options?: Record<string, string>,
    how?: { asUser?: boolean; times?: number },
  ): FakeInteraction;
  /** Uses a command of a message's menu. */
  messageCommand(user: FakeUser, message: FakeMessage, name: string): FakeInteraction;
  autocomplete(
    user: FakeUser,
    channel: FakeChannel,
    name: string,
    option: string,
    value: string,
  ): FakeInteraction;
  /** Presses the button with these words or this custom id; undefined = there is none. */
  press(user: FakeUser, message: FakeMessage, button: string, times?: number): FakeInteraction | undefined;
}

export interface PeopleDeps {
  state: FakeState;
  events: Events;
  interactions: Interactions;
  application: Application;
}

const SUBCOMMAND = 1;
const INTEGER = 4;

/** An option as it was registered; Discord offers no other. */
function optionOf(parent: JsonObject, name: string): JsonObject {
  const options = (parent['options'] ?? []) as JsonObject[];
  const found = options.find((option) => option['name'] === name);
  if (!found) {
    throw new Error(`no option "${name}" is registered`);
  }
  return found;
}

/** Every permission that a member of a server has by default. */
const MEMBER_PERMISSIONS = '2248473465835073';

export function createPeople({ application, events, interactions, state }: PeopleDeps): People {
  function say(
    user: FakeUser,
    channel: FakeChannel,
    content: string,
    { replyTo, times }: Saying = {},
  ): FakeMessage {
    const now = state.clock.now();
    const message: FakeMessage = {
      ...{
        id: state.nextId(),
        channelId: channel.id,
        author: user,
        type: replyTo ? 19 : 0,
        content,
        flags: 0,
      },
      ...{
        components: [],
        embeds: [],
        pings: [],
        reference: replyTo?.id,
        history: [{ at: now, what: 'posted' as const }],
      },
    };
    join(user, channel);
    channel.messages.set(message.id, message);
    channel.lastMessageId = message.id;
    events.posted(message, times);
    return message;
  }

  function join(user: FakeUser, channel: FakeChannel): void {
    const members = state.guilds.get(channel.guildId ?? '')?.members;
    if (members && !members.has(user.id)) {
      members.set(user.id, new Set());
    }
    if (isThread(channel)) {
      channel.members.add(user.id);
    }
  }

  function interact(
    kind: FakeInteraction['kind'],
    type: InteractionType,
    user: FakeUser,
    channel: FakeChannel,
    rest: { data: object; source?: FakeMessage; asUser?: boolean; times?: number | undefined },
  ): FakeInteraction {
    join(user, channel);
    const interaction = interactions.start({ id: state.nextId(), kind, user, channel, source: rest.source });
    const guild = state.guilds.get(channel.guildId ?? '');
    const hasBot = guild?.members.has(state.bot.id) ?? false;
    const isUserInstall = rest.asUser ?? false;
    const { recipient } = channel;
    const payload = {
      ...{ id: interaction.id, application_id: state.bot.id, type, token: interaction.token, version: 1 },
      data: rest.data,
      ...{ channel_id: channel.id, channel: { ...channelOf(channel), permissions: MEMBER_PERMISSIONS } },
      ...(guild
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: 'en-US', features: [] },
            guild_locale: 'en-US',
          }
        : {}),
      ...(guild
        ? {
            member: { ...memberOf(guild, user), permissions: String(permissionsIn(state, channel, user.id)) },
          }
        : { user: userOf(user) }),
      app_permissions: String(hasBot || recipient ? permissionsIn(state, channel, state.bot.id) : 0n),
      ...{ locale: 'en-GB', entitlements: [], attachment_size_limit: 10_485_760 },
      authorizing_integration_owners: isUserInstall ? { 1: user.id } : { 0: guild?.id ?? '0' },
      context: guild ? 0 : channel.type === ChannelType.DM && recipient === user ? 1 : 2,
      ...(rest.source ? { message: messageOf(state, rest.source) } : {}),
    };
    events.interaction(channel.guildId, payload, rest.times);
    return interaction;
  }

  function commandOf(name: string, type: ApplicationCommandType): JsonObject {
    const found = application.commands.find((one) => one['name'] === name && one['type'] === type);
    if (!found) {
      throw new Error(`no command "${name}" is registered`);
    }
    return found;
  }

  return {
    say,
    mention: (user, channel, text, saying) => say(user, channel, `<@${state.bot.id}> ${text}`, saying),

    edit(message, content, times) {
      message.content = content;
      message.editedAt = state.clock.now();
      events.changed(message, times);
    },

    remove(message, times) {
      state.channels.get(message.channelId)?.messages.delete(message.id);
      events.deleted(message, times);
    },

    command(user, channel, words, options = {}, { asUser = false, times } = {}) {
      const [name = '', sub] = words.split(' ');
      const known = commandOf(name, ApplicationCommandType.ChatInput);
      const parent = sub === undefined ? known : optionOf(known, sub);
      const given = Object.entries(options).map(([option, value]) => {
        const { type } = optionOf(parent, option);
        return { name: option, type, value: type === INTEGER ? Number(value) : value };
      });
      const data = {
        ...{ id: known['id'], name, type: ApplicationCommandType.ChatInput },
        options: sub === undefined ? given : [{ name: sub, type: SUBCOMMAND, options: given }],
      };
      return interact('command', InteractionType.ApplicationCommand, user, channel, { data, asUser, times });
    },

    messageCommand(user, message, name) {
      const { id } = commandOf(name, ApplicationCommandType.Message);
      const channel = state.channels.get(message.channelId) as FakeChannel;
      const data = {
        ...{ id, name, type: ApplicationCommandType.Message, target_id: message.id },
        // A message that somebody shows to the bot comes with its content.
        resolved: { messages: { [message.id]: messageOf(state, message) } },
      };
      return interact('command', InteractionType.ApplicationCommand, user, channel, { data });
    },

    autocomplete(user, channel, words, option, value) {
      const [name = '', sub] = words.split(' ');
      const known = commandOf(name, ApplicationCommandType.ChatInput);
      const typed = [{ name: option, type: 3, value, focused: true }];
      if (optionOf(sub === undefined ? known : optionOf(known, sub), option)['autocomplete'] !== true) {
        throw new Error(`nothing is suggested for "${option}"`);
      }
      const options = sub === undefined ? typed : [{ name: sub, type: SUBCOMMAND, options: typed }];
      const data = { id: known['id'], name, type: ApplicationCommandType.ChatInput, options };
      return interact('autocomplete', InteractionType.ApplicationCommandAutocomplete, user, channel, {
        data,
      });
    },

    press(user, message, button, times) {
      const found = message.components
        .flatMap(withInner)
        .find(
          (one) =>
            one['type'] === ComponentType.Button &&
            one['custom_id'] &&
            (one['label'] === button || one['custom_id'] === button),
        );
      if (!found || found['disabled']) {
        return undefined;
      }
      const channel = state.channels.get(message.channelId) as FakeChannel;
      const data = { custom_id: found['custom_id'], component_type: ComponentType.Button, id: 1 };
      return interact('component', InteractionType.MessageComponent, user, channel, {
        data,
        source: message,
        times,
      });
    },
  };
}
