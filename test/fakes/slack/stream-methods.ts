// chat.startStream, appendStream and stopStream: one mode for each stream, a life of about five minutes, and what is
// given with the end is added, not put in place.
import { metadataOf, newMessage } from './chat-methods.js';
import { checkBlocks } from './check-blocks.js';
import {
  type Method,
  type MethodContext,
  ownMessage,
  printMessage,
  Refusal,
  writableChannel,
} from './method.js';
import type { FakeMessage, FakeTeam, JsonObject } from './state.js';

export const STREAM_LIFE_MS = 5 * 60_000;
const STREAM_CHARACTERS = 12_000;

const TEXT = { channel: 'text!', markdown_text: 'text', chunks: 'json' } as const;

export const streamMethods: Record<string, Method> = {
  'chat.startStream': {
    tier: 2,
    scopes: ['chat:write'],
    fields: {
      ...TEXT,
      thread_ts: 'text!',
      recipient_user_id: 'text',
      recipient_team_id: 'text',
      task_display_mode: 'text',
    },
    run(context) {
      const { arguments: given, clock, team, violate } = context;
      const channel = writableChannel(context);
      for (const field of ['recipient_team_id', 'recipient_user_id']) {
        if (channel.kind !== 'im' && !given[field]) {
          violate(`chat.startStream: ${field} is missing in a channel`);
          throw new Refusal(`missing_${field}`);
        }
      }
      const { blocks, markdown, mode } = piece(context);
      const message: FakeMessage = {
        ...newMessage({ ...context, arguments: { thread_ts: given['thread_ts'], text: ' ' } }, channel),
        text: '',
        markdown,
        blocks,
        stream: { mode: mode ?? 'text', startedAt: clock.now(), isOpen: true },
      };
      channel.messages.set(message.ts, message);
      channel.statuses.delete(message.threadTs ?? '');
      context.tell({ type: 'posted', team, channel, message });
      return { ok: true, channel: channel.id, ts: message.ts };
    },
  },

  'chat.appendStream': {
    tier: 4,
    scopes: ['chat:write'],
    fields: { ...TEXT, ts: 'text!' },
    run(context) {
      const channel = writableChannel(context);
      const message = openStream(context);
      const added = piece(context);
      if (added.mode === undefined) {
        throw new Refusal('no_text');
      }
      append(context, message, added);
      return { ok: true, channel: channel.id, ts: message.ts };
    },
  },

  'chat.stopStream': {
    tier: 2,
    scopes: ['chat:write'],
    fields: { ...TEXT, ts: 'text!', blocks: 'json', metadata: 'json', session_status: 'text' },
    run(context) {
      const { arguments: given, clock, team } = context;
      const channel = writableChannel(context);
      const message = openStream(context);
      const blocks = given['blocks'] === undefined ? [] : checkBlocks(given['blocks']);
      const before = structuredClone(message);
      append(context, message, piece(context));
      message.blocks.push(...blocks);
      message.metadata = metadataOf(given['metadata']) ?? message.metadata;
      Object.assign(message.stream ?? {}, { isOpen: false });
      message.history.push({ method: context.method, at: clock.now() });
      context.tell({ type: 'changed', team, channel, message, before });
      return { ok: true, channel: channel.id, ts: message.ts, message: printMessage(team, message) };
    },
  },
};

/** Ends every stream of a workspace, as time does. */
export function closeStreams(team: FakeTeam): void {
  for (const channel of team.channels.values()) {
    for (const { stream } of channel.messages.values()) {
      if (stream) {
        stream.isOpen = false;
      }
    }
  }
}

function openStream(context: MethodContext): FakeMessage {
  const channel = writableChannel(context);
  const message = ownMessage(context, channel, 'message_not_found');
  const { stream } = message;
  if (message.botId !== context.team.botId) {
    throw new Refusal('message_not_owned_by_app');
  }
  if (stream?.isOpen && context.clock.now() - stream.startedAt > STREAM_LIFE_MS) {
    stream.isOpen = false;
  }
  if (!stream?.isOpen) {
    throw new Refusal('message_not_in_streaming_state');
  }
  return message;
}

interface Piece {
  mode: 'text' | 'chunks' | undefined;
  markdown: string;
  blocks: JsonObject[];
}

function piece({ arguments: given, method, violate }: MethodContext): Piece {
  const { chunks, markdown_text: text } = given;
  if (text !== undefined && chunks !== undefined) {
    violate(`${method}: markdown_text and chunks in one call`);
    throw new Refusal('invalid_arguments');
  }
  if (chunks === undefined) {
    return { mode: text === undefined ? undefined : 'text', markdown: String(text ?? ''), blocks: [] };
  }
  const list = chunks as JsonObject[];
  const unknown = list.find(
    ({ type }) => !['markdown_text', 'task_update', 'plan_update', 'blocks'].includes(String(type)),
  );
  if (unknown) {
    violate(`${method}: a chunk of type ${unknown['type']}`);
    throw new Refusal('invalid_chunks');
  }
  return {
    mode: 'chunks',
    markdown: list.map(({ text: part, type }) => (type === 'markdown_text' ? String(part) : '')).join(''),
    blocks: list.flatMap(({ blocks, type }) => (type === 'blocks' ? checkBlocks(blocks) : [])),
  };
}

function append({ clock, method, violate }: MethodContext, message: FakeMessage, added: Piece): void {
  if (added.mode !== undefined && message.stream && added.mode !== message.stream.mode) {
    violate(`${method}: ${added.mode} added to a stream of ${message.stream.mode}`);
    throw new Refusal('streaming_mode_mismatch');
  }
  if (message.markdown.length + added.markdown.length > STREAM_CHARACTERS) {
    violate(`${method}: a stream of more than ${STREAM_CHARACTERS} characters`);
    throw new Refusal('msg_too_long');
  }
  message.markdown += added.markdown;
  message.blocks.push(...added.blocks);
  message.history.push({ method, at: clock.now() });
}
