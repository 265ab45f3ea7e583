// Slack's events about messages, as the core wants to hear of them. One message may come as `message` and as
// `app_mention`, each with an event id of its own; channel and timestamp are the same, and that is its delivery.
import type { DeletedMessage, IncomingMessage } from '../ports.js';
import { isToSomeoneElse, plainText } from './plain-text.js';

/** The bot in a workspace. */
export interface Self {
  team: string;
  botUser: string;
  botId: string;
}

/** The fields that are read of an event; everything may be absent. */
export interface SlackMessage {
  type?: string;
  subtype?: string;
  channel?: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts?: string;
  thread_ts?: string;
  deleted_ts?: string;
  edited?: { ts?: string };
  message?: SlackMessage;
  previous_message?: SlackMessage;
}

export type MessageNews =
  | { kind: 'said' | 'edited'; message: IncomingMessage }
  | { kind: 'deleted'; message: DeletedMessage };

/** Subtypes that are still somebody saying something. */
const SAID = new Set(['file_share', 'me_message', 'thread_broadcast', 'bot_message', 'assistant_app_thread']);

/** Undefined = nothing that anybody said: joins, topics, unfurled links. */
export function readMessage(event: SlackMessage, self: Self): MessageNews | undefined {
  const { channel = '', subtype } = event;
  if (subtype === 'message_deleted') {
    return deleted(channel, event.deleted_ts ?? event.previous_message?.ts, self);
  }
  if (subtype === 'message_changed') {
    return readChange(event, self);
  }
  if (subtype !== undefined && !SAID.has(subtype)) {
    return undefined;
  }
  const message = incoming(event, self, deliveryOf(event));
  return message && { kind: 'said', message };
}

function readChange(
  { channel = '', channel_type, message: now, previous_message: before }: SlackMessage,
  self: Self,
) {
  // The first of a thread leaves a stone behind when it is deleted.
  if (now?.subtype === 'tombstone') {
    return deleted(channel, now.ts, self);
  }
  // A link that was unfurled, a reply that was counted.
  if (!now || now.text === before?.text) {
    return undefined;
  }
  const event = { ...now, channel, ...(channel_type ? { channel_type } : {}) };
  const message = incoming(event, self, `${deliveryOf(event)}:${now.edited?.ts ?? ''}`);
  return message && ({ kind: 'edited', message } as const);
}

function incoming(event: SlackMessage, self: Self, deliveryId: string): IncomingMessage | undefined {
  const { bot_id, channel, channel_type, subtype, text = '', thread_ts, ts, user = '' } = event;
  if (!channel || !ts) {
    return undefined;
  }
  const isDirect = channel_type === 'im' || (channel_type === undefined && channel.startsWith('D'));
  const isMention = event.type === 'app_mention' || text.includes(`<@${self.botUser}>`);
  return {
    platform: 'slack',
    tenant: self.team,
    channel,
    thread: thread_ts ?? ts,
    deliveryId,
    message: ts,
    user,
    text: plainText(text, self.botUser),
    way: isDirect ? 'direct' : isMention ? 'mention' : 'seen',
    isFromBot: bot_id !== undefined || subtype === 'bot_message' || user === self.botUser || user === '',
    isToSomeoneElse: isToSomeoneElse(text, self.botUser),
  };
}

function deliveryOf({ channel = '', ts = '' }: SlackMessage): string {
  return `${channel}:${ts}`;
}

function deleted(channel: string, ts: string | undefined, { team }: Self): MessageNews | undefined {
  return ts
    ? { kind: 'deleted', message: { platform: 'slack', tenant: team, channel, message: ts } }
    : undefined;
}
