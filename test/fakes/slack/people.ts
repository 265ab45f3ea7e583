// People at work in Slack: they write, mention, edit, delete, press buttons, open panes and tabs. Each deed becomes
// the events that Slack would send for it.
import type { FakeClock } from '../clock.js';
import type { Deliverer } from './deliver.js';
import type { Acknowledgement } from './envelope.js';
import * as payloads from './payloads.js';
import { buttonsOf } from './read-message.js';
import type { FakeChannel, FakeMessage, FakeTeam, JsonObject } from './state.js';

/** `over` makes it another bot's message, or one with a subtype. */
type Say = (
  user: string,
  channel: FakeChannel,
  text: string,
  threadTs?: string,
  over?: Partial<FakeMessage>,
) => Promise<FakeMessage>;

export interface People {
  /** Writes; `<@BOT>` in it is a mention. Comes back when the app has acknowledged all that Slack sends for it. */
  say: Say;
  /** The same, with a mention of the bot before it. */
  mention: Say;
  edit(channel: FakeChannel, message: FakeMessage, text: string): Promise<void>;
  remove(channel: FakeChannel, message: FakeMessage): Promise<void>;
  /** Presses the button whose words or action id are given; `undefined` = there is none. */
  press(
    user: string,
    channel: FakeChannel,
    message: FakeMessage,
    button: string,
  ): Promise<Acknowledgement | undefined>;
  command(user: string, channel: FakeChannel, command: string, text: string): Promise<Acknowledgement>;
  shortcut(
    user: string,
    channel: FakeChannel,
    message: FakeMessage,
    callbackId: string,
  ): Promise<Acknowledgement>;
  openHome(user: string): Promise<void>;
  /** Presses a button of the Home tab; undefined = there is none. */
  pressHome(user: string, button: string): Promise<Acknowledgement | undefined>;
  /** Opens the assistant pane; gives the thread that it writes in. */
  openPane(user: string): Promise<{ channel: FakeChannel; threadTs: string }>;
}

export interface PeopleDeps {
  clock: FakeClock;
  team: FakeTeam;
  deliverer: Deliverer;
  /** An address that answers a command or a press. */
  responseUrl(channel: FakeChannel, user: string, message?: FakeMessage): string;
}

export function createPeople({ clock, deliverer, responseUrl, team }: PeopleDeps): People {
  const event = (inner: JsonObject) =>
    deliverer.deliver('events_api', payloads.eventCallback(team, inner, clock.now()));
  const urls = (channel: FakeChannel, user: string, message?: FakeMessage) => ({
    trigger: `1.2.${team.nextTs()}`,
    response: responseUrl(channel, user, message),
  });

  const say: Say = async (user, channel, text, threadTs, over = {}) => {
    const ts = team.nextTs();
    const message: FakeMessage = {
      ts,
      threadTs,
      user,
      text,
      blocks: [],
      markdown: '',
      history: [{ method: 'person', at: clock.now() }],
      reactions: [],
      ...over,
    };
    channel.members.add(user);
    channel.messages.set(ts, message);
    if (!channel.members.has(team.botUser)) {
      // Slack asks the person whether to invite the app, and tells the app nothing.
      return message;
    }
    const isMention = text.includes(`<@${team.botUser}>`) && channel.kind !== 'im';
    await Promise.all([
      event(payloads.messageEvent(team, channel, message)),
      ...(isMention ? [event(payloads.mentionEvent(team, channel, message))] : []),
    ]);
    return message;
  };

  return {
    say,
    mention: (user, channel, text, threadTs, over) =>
      say(user, channel, `<@${team.botUser}> ${text}`, threadTs, over),

    async edit(channel, message, text) {
      const before = structuredClone(message);
      message.text = text;
      message.editedAt = clock.now();
      await event(payloads.changeEvent({ type: 'changed', team, channel, message, before }, team.nextTs()));
    },

    async remove(channel, message) {
      channel.messages.delete(message.ts);
      await event(payloads.changeEvent({ type: 'deleted', team, channel, message }, team.nextTs()));
    },

    async press(user, channel, message, button) {
      const action = actionOf(message, button);
      return action
        ? deliverer.deliver(
            'interactive',
            payloads.blockActions(team, channel, user, message, action, urls(channel, user, message)),
          )
        : undefined;
    },

    command: (user, channel, command, text) =>
      deliverer.deliver(
        'slash_commands',
        payloads.commandPayload(team, channel, user, { command, text }, urls(channel, user)),
      ),

    shortcut: (user, channel, message, callbackId) =>
      deliverer.deliver(
        'interactive',
        payloads.messageAction(team, channel, user, message, callbackId, urls(channel, user)),
      ),

    async openHome(user) {
      const channel = team.direct(user).id;
      await event({ type: 'app_home_opened', user, channel, tab: 'home', event_ts: team.nextTs() });
    },

    async pressHome(user, button) {
      const view = team.homes.get(user);
      const action = view && actionOf({ blocks: view['blocks'] as JsonObject[] }, button);
      return action
        ? deliverer.deliver(
            'interactive',
            payloads.homeAction(team, user, view, action, `1.2.${team.nextTs()}`),
          )
        : undefined;
    },

    async openPane(user) {
      const channel = team.direct(user);
      const threadTs = team.nextTs();
      channel.panes.set(threadTs, { prompts: [] });
      await event({
        type: 'assistant_thread_started',
        assistant_thread: { user_id: user, context: {}, channel_id: channel.id, thread_ts: threadTs },
        event_ts: threadTs,
      });
      return { channel, threadTs };
    },
  };
}

/** The action that pressing sends; of feedback buttons, which hold two, the one whose words are given. */
function actionOf(message: Pick<FakeMessage, 'blocks'>, wanted: string): JsonObject | undefined {
  for (const button of buttonsOf(message)) {
    const { action_id: id, text, type, value } = button;
    for (const name of ['positive_button', 'negative_button']) {
      const half = button[name] as JsonObject | undefined;
      if (half && (half['text'] as JsonObject)['text'] === wanted) {
        return {
          type: 'feedback_buttons',
          action_id: id,
          block_id: 'b',
          value: half['value'],
          action_ts: '1.2',
        };
      }
    }
    if (id === wanted || (text as JsonObject | undefined)?.['text'] === wanted) {
      return { type, action_id: id, block_id: 'b', text, value, action_ts: '1.2' };
    }
  }
  return undefined;
}
