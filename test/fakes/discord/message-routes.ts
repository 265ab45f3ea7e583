// Messages by the bot itself: posted, changed, deleted, read.
import { PermissionFlagsBits } from 'discord.js';
import type { JsonObject } from './json.js';
import { checkMessage, createBody, editBody, type MessageBody, readBody } from './message-body.js';
import { messageOf } from './payloads.js';
import { may } from './permissions.js';
import { pingsOf } from './pings.js';
import { missingPermissions, Refusal } from './refusal.js';
import {
  messageIn,
  need,
  nothing,
  ok,
  type Route,
  type RouteContext,
  visibleChannel,
  type World,
} from './route.js';
import { type FakeChannel, type FakeMessage, isThread } from './state.js';

const P = PermissionFlagsBits;
/** The same nonce gives the same message for "the past few minutes". */
const NONCE_MS = 300_000;

function post(context: RouteContext) {
  const channel = visibleChannel(context);
  const { state } = context;
  need(context, channel, isThread(channel) ? P.SendMessagesInThreads : P.SendMessages);
  const body = readBody(createBody, context.body, context.violate, context.name);
  checkMessage(body);
  if (channel.recipient?.isClosed) {
    throw new Refusal(403, 50007, 'Cannot send messages to this user');
  }
  if (channel.isLocked) {
    throw new Refusal(403, 160005, 'Thread is locked');
  }
  const same =
    body.enforce_nonce && [...channel.messages.values()].findLast((one) => isSame(context, one, body));
  if (same) {
    return ok(messageOf(state, same));
  }
  const reference = replyOf(context, channel, body);
  const message = makeMessage(context, channel, body, { reference });
  return ok(messageOf(state, message));
}

function isSame(
  { state }: RouteContext,
  { author, history, nonce }: FakeMessage,
  body: MessageBody,
): boolean {
  const [first] = history;
  return (
    author.id === state.bot.id &&
    nonce !== undefined &&
    nonce === body.nonce &&
    state.clock.now() - (first?.at ?? 0) < NONCE_MS
  );
}

function replyOf(
  context: RouteContext,
  channel: FakeChannel,
  { message_reference: reference }: MessageBody,
): string | undefined {
  if (!reference) {
    return undefined;
  }
  need(context, channel, P.ReadMessageHistory);
  if (!channel.messages.has(reference.message_id)) {
    if (reference.fail_if_not_exists !== false) {
      throw new Refusal(400, 50035, 'Invalid Form Body', {
        message_reference: {
          _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' }],
        },
      });
    }
    return undefined;
  }
  return reference.message_id;
}

/** Puts a message of the bot into a channel and rings whom it rings. */
export function makeMessage(
  world: World,
  channel: FakeChannel,
  body: MessageBody,
  parts: Partial<FakeMessage> = {},
): FakeMessage {
  const { state } = world;
  const content = body.content ?? '';
  const components = (body.components ?? []) as JsonObject[];
  const repliedTo =
    parts.reference === undefined ? undefined : channel.messages.get(parts.reference)?.author.id;
  const mayMentionEveryone = may(state, channel, state.bot.id, P.MentionEveryone);
  const message: FakeMessage = {
    ...{
      id: state.nextId(),
      channelId: channel.id,
      author: state.bot,
      type: repliedTo === undefined ? 0 : 19,
    },
    ...{
      content,
      components,
      embeds: (body.embeds ?? []) as JsonObject[],
      flags: body.flags ?? 0,
      nonce: body.nonce,
    },
    pings: pingsOf({ content, components, repliedTo, mayMentionEveryone }, body.allowed_mentions),
    history: [{ at: state.clock.now(), what: 'posted' }],
    ...parts,
  };
  channel.messages.set(message.id, message);
  channel.isArchived = false;
  if (message.ephemeralFor === undefined) {
    channel.lastMessageId = message.id;
    world.posted(message);
  }
  return message;
}

/** Changes a message of the bot. Refusals: 50005, 50006, 50035. */
export function changeMessage(world: World, message: FakeMessage, given: unknown, name: string): FakeMessage {
  const { state, violate } = world;
  const body = readBody(editBody, given, violate, name);
  if (message.author.id !== state.bot.id) {
    throw new Refusal(403, 50005, 'Cannot edit a message authored by another user');
  }
  checkMessage(body, message);
  const channel = state.channels.get(message.channelId) as FakeChannel;
  message.content = body.content === undefined ? message.content : (body.content ?? '');
  message.components =
    body.components === undefined ? message.components : ((body.components ?? []) as JsonObject[]);
  message.embeds = body.embeds === undefined ? message.embeds : ((body.embeds ?? []) as JsonObject[]);
  message.flags |= body.flags ?? 0;
  message.editedAt = state.clock.now();
  message.history.push({ at: message.editedAt, what: 'changed' });
  // A change rings nobody, but shows its pills by the same rules: what it would ring counts.
  const mayMentionEveryone = may(state, channel, state.bot.id, P.MentionEveryone);
  const { components, content } = message;
  const rung = pingsOf({ content, components, mayMentionEveryone }, body.allowed_mentions);
  message.pings.push(...rung.filter((one) => !message.pings.includes(one)));
  world.changed(message);
  return message;
}

function list(context: RouteContext) {
  const channel = visibleChannel(context);
  const { query, state } = context;
  if (!may(state, channel, state.bot.id, P.ReadMessageHistory)) {
    return ok([]);
  }
  const limit = Number(query.get('limit') ?? 50);
  const after = query.get('after');
  const before = query.get('before');
  const seen = [...channel.messages.values()].filter(({ ephemeralFor }) => ephemeralFor === undefined);
  const ids = (id: string) => BigInt(id);
  const found = seen.filter(
    ({ id }) => (!after || ids(id) > ids(after)) && (!before || ids(id) < ids(before)),
  );
  const page = after ? found.slice(0, limit) : found.slice(-limit);
  return ok(page.reverse().map((message) => messageOf(state, message, context.mayReadContent)));
}

export const messageRoutes: Route[] = [
  { name: 'POST /channels/:channel/messages', limit: { calls: 5, seconds: 5 }, run: post },
  { name: 'GET /channels/:channel/messages', limit: { calls: 5, seconds: 5 }, run: list },
  {
    name: 'GET /channels/:channel/messages/:message',
    limit: { calls: 5, seconds: 5 },
    run(context) {
      const channel = visibleChannel(context);
      need(context, channel, P.ReadMessageHistory);
      return ok(
        messageOf(context.state, messageIn(channel, context.params['message']), context.mayReadContent),
      );
    },
  },
  {
    name: 'PATCH /channels/:channel/messages/:message',
    limit: { calls: 5, seconds: 5 },
    run(context) {
      const message = messageIn(visibleChannel(context), context.params['message']);
      return ok(messageOf(context.state, changeMessage(context, message, context.body, context.name)));
    },
  },
  {
    name: 'DELETE /channels/:channel/messages/:message',
    limit: { calls: 5, seconds: 1 },
    run(context) {
      const channel = visibleChannel(context);
      const message = messageIn(channel, context.params['message']);
      if (
        message.author.id !== context.state.bot.id &&
        !may(context.state, channel, context.state.bot.id, P.ManageMessages)
      ) {
        throw missingPermissions();
      }
      channel.messages.delete(message.id);
      context.deleted(message);
      return nothing();
    },
  },
  {
    name: 'POST /channels/:channel/typing',
    limit: { calls: 5, seconds: 5 },
    run(context) {
      const channel = visibleChannel(context);
      need(context, channel, isThread(channel) ? P.SendMessagesInThreads : P.SendMessages);
      return nothing();
    },
  },
];
