// chat.*: messages posted, changed, taken away.
import { checkBlocks } from './check-blocks.js';
import {
  channelOf,
  type Method,
  type MethodContext,
  ownMessage,
  printMessage,
  Refusal,
  writableChannel,
} from './method.js';
import type { FakeChannel, FakeMessage, JsonObject } from './state.js';

/** Slack cuts a longer text and says so. */
const TEXT_CHARACTERS = 40_000;
/** Of `text` in chat.update, in bytes: not documented, measured by others. */
const UPDATE_BYTES = 4_000;

const CONTENT = {
  channel: 'text!',
  text: 'text',
  blocks: 'json',
  markdown_text: 'text',
  metadata: 'json',
  parse: 'text',
  link_names: 'boolean',
} as const;

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    tier: 'post',
    scopes: ['chat:write'],
    fields: {
      ...CONTENT,
      thread_ts: 'text',
      reply_broadcast: 'boolean',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
      mrkdwn: 'boolean',
      client_msg_id: 'text',
    },
    run(context) {
      const channel = writableChannel(context);
      const message = newMessage(context, channel);
      if (context.arguments['unfurl_links'] !== false || context.arguments['unfurl_media'] !== false) {
        context.violate('chat.postMessage: unfurling is not off');
      }
      channel.messages.set(message.ts, message);
      channel.statuses.delete(message.threadTs ?? '');
      context.tell({ type: 'posted', team: context.team, channel, message });
      return { ok: true, channel: channel.id, ts: message.ts, message: printMessage(context.team, message) };
    },
  },

  'chat.postEphemeral': {
    tier: 4,
    scopes: ['chat:write'],
    fields: { ...CONTENT, user: 'text!', thread_ts: 'text' },
    run(context) {
      const channel = writableChannel(context);
      const user = String(context.arguments['user']);
      if (!channel.members.has(user)) {
        throw new Refusal('user_not_in_channel');
      }
      const message = { ...newMessage(context, channel), ephemeralFor: user };
      channel.messages.set(message.ts, message);
      return { ok: true, message_ts: message.ts };
    },
  },

  'chat.update': {
    tier: 3,
    scopes: ['chat:write'],
    fields: { ...CONTENT, ts: 'text!', reply_broadcast: 'boolean' },
    run(context) {
      const channel = channelOf(context);
      const message = ownMessage(context, channel, 'message_not_found');
      if (message.botId !== context.team.botId) {
        throw new Refusal('cant_update_message');
      }
      if (message.stream?.isOpen) {
        throw new Refusal('streaming_state_conflict');
      }
      const before = structuredClone(message);
      const content = contentOf(context);
      if (Buffer.byteLength(content.text) > UPDATE_BYTES) {
        throw new Refusal('msg_too_long');
      }
      Object.assign(message, content, { editedAt: context.clock.now() });
      message.history.push({ method: context.method, at: context.clock.now() });
      context.tell({ type: 'changed', team: context.team, channel, message, before });
      return {
        ok: true,
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: printMessage(context.team, message),
      };
    },
  },

  'chat.delete': {
    tier: 3,
    scopes: ['chat:write'],
    fields: { channel: 'text!', ts: 'text!' },
    run(context) {
      const channel = channelOf(context);
      const message = ownMessage(context, channel, 'message_not_found');
      if (message.botId !== context.team.botId) {
        throw new Refusal('cant_delete_message');
      }
      channel.messages.delete(message.ts);
      context.tell({ type: 'deleted', team: context.team, channel, message });
      return { ok: true, channel: channel.id, ts: message.ts };
    },
  },

  'chat.getPermalink': {
    tier: 'status',
    scopes: [],
    fields: { channel: 'text!', message_ts: 'text!' },
    run(context) {
      const channel = channelOf(context);
      const ts = String(context.arguments['message_ts']);
      if (!channel.messages.has(ts)) {
        throw new Refusal('message_not_found');
      }
      const permalink = `https://example.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
      return { ok: true, channel: channel.id, permalink };
    },
  },
};

/** A message of the bot with what a call says. */
export function newMessage(context: MethodContext, channel: FakeChannel): FakeMessage {
  const { arguments: given, clock, method, team } = context;
  const threadTs = given['thread_ts'] === undefined ? undefined : String(given['thread_ts']);
  if (threadTs !== undefined && !/^\d{10}\.\d{6}$/.test(threadTs)) {
    throw new Refusal('invalid_thread_ts');
  }
  const parent = threadTs === undefined ? undefined : channel.messages.get(threadTs);
  if (threadTs !== undefined && parent?.threadTs && parent.threadTs !== threadTs) {
    // Slack puts it into the thread of the reply; nothing good is meant by it.
    context.violate(`${method}: thread_ts ${threadTs} is a reply and opens no thread`);
  }
  return {
    ts: team.nextTs(),
    threadTs,
    user: team.botUser,
    botId: team.botId,
    ...contentOf(context),
    history: [{ method, at: clock.now() }],
    reactions: [],
  };
}

type Content = Pick<FakeMessage, 'text' | 'blocks' | 'markdown' | 'metadata'>;

function contentOf(context: MethodContext): Content {
  const { arguments: given, method, violate } = context;
  const text = String(given['text'] ?? '');
  const markdown = String(given['markdown_text'] ?? '');
  const blocks = given['blocks'] === undefined ? [] : checkBlocks(given['blocks']);
  if (markdown && (text || blocks.length > 0)) {
    throw new Refusal('markdown_text_conflict');
  }
  if (!text && !markdown && blocks.length === 0) {
    throw new Refusal('no_text');
  }
  if (markdown.length > 12_000) {
    throw new Refusal('msg_too_long');
  }
  if (blocks.length > 0 && !text && method !== 'chat.update') {
    violate(`${method}: blocks without a text for notifications`);
  }
  if (text.length > TEXT_CHARACTERS) {
    violate(`${method}: ${text.length} characters of text are cut`);
  }
  if (given['parse'] === 'full' || given['link_names'] === true) {
    violate(`${method}: plain words become mentions`);
  }
  return { text: text.slice(0, TEXT_CHARACTERS), markdown, blocks, metadata: metadataOf(given['metadata']) };
}

export function metadataOf(metadata: unknown): JsonObject | undefined {
  if (metadata === undefined) {
    return undefined;
  }
  const { event_payload: payload, event_type: type } = metadata as JsonObject;
  if (typeof type !== 'string' || typeof payload !== 'object' || payload === null) {
    throw new Refusal('invalid_metadata_format');
  }
  return metadata as JsonObject;
}
