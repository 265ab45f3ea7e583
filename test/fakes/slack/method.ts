// What a Web API method is here: its tier, its scopes, the fields that Slack documents for it, and what it does.
import type { FakeClock } from '../clock.js';
import type { Tier } from './rate-limits.js';
import type { FakeChannel, FakeMessage, FakeTeam, JsonObject } from './state.js';

/** `!` = required. JSON may come as text in a form, too. */
type Field = 'text' | 'text!' | 'json' | 'json!' | 'boolean' | 'number';

/** What happens in a workspace because of a call; the fake tells the app of it as Slack would. */
export type Happening =
  | { type: 'posted' | 'deleted'; team: FakeTeam; channel: FakeChannel; message: FakeMessage }
  | { type: 'changed'; team: FakeTeam; channel: FakeChannel; message: FakeMessage; before: FakeMessage };

export interface MethodContext {
  clock: FakeClock;
  method: string;
  team: FakeTeam;
  arguments: Record<string, unknown>;
  /** Something that Slack would not forgive, or would forgive and nobody should do: fails the test. */
  violate(what: string): void;
  tell(happening: Happening): void;
  /** The address that a socket is opened at. */
  socketUrl(): string;
  /** Exchanges an OAuth code; undefined = it is unknown. */
  install(code: string): FakeTeam | undefined;
}

export interface Method {
  tier: Tier;
  /** One of them is enough; [] = any token. "app" = an app-level token, "none" = no token. */
  scopes: string[] | 'app' | 'none';
  fields: Record<string, Field>;
  run(context: MethodContext): JsonObject;
}

/** What Slack answers instead of `ok: true`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: JsonObject;
  constructor(error: string, more: JsonObject = {}) {
    super(error);
    this.answer = { ok: false, error, ...more };
  }
}

/** Checks names and types of all arguments against the table. */
export function readArguments(
  method: Method,
  name: string,
  given: JsonObject,
  violate: MethodContext['violate'],
) {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const field = method.fields[key];
    if (field === undefined) {
      if (key !== 'token') {
        violate(`${name}: unknown field ${key}`);
      }
    } else {
      read[key] = readField(field.replace('!', ''), value, `${name}.${key}`, violate);
    }
  }
  for (const [key, field] of Object.entries(method.fields)) {
    if (field.endsWith('!') && (read[key] === undefined || read[key] === '')) {
      violate(`${name}: ${key} is missing`);
      throw new Refusal('invalid_arguments', {
        response_metadata: { messages: [`missing required field: ${key}`] },
      });
    }
  }
  return read;
}

function readField(type: string, value: unknown, place: string, violate: MethodContext['violate']): unknown {
  if (type === 'json') {
    try {
      return typeof value === 'string' ? JSON.parse(value) : value;
    } catch {
      violate(`${place}: not JSON`);
      return undefined;
    }
  }
  if (type === 'boolean') {
    return value === true || value === 'true' || value === '1';
  }
  if (type === 'number') {
    return Number(value);
  }
  if (typeof value !== 'string') {
    violate(`${place}: a string is expected, not ${typeof value}`);
  }
  return String(value);
}

/** The channel that a call names, if the bot may see it. Refusals as Slack's. */
export function channelOf({ arguments: given, team }: MethodContext, field = 'channel'): FakeChannel {
  const id = String(given[field]);
  // A user's id stands for the direct messages with them.
  const channel = team.channels.get(id) ?? (team.users.has(id) ? team.direct(id) : undefined);
  if (!channel || (channel.kind === 'private' && !channel.members.has(team.botUser))) {
    throw new Refusal('channel_not_found');
  }
  return channel;
}

/** A channel that the bot may write to. */
export function writableChannel(context: MethodContext): FakeChannel {
  const channel = channelOf(context);
  if (channel.isArchived) {
    throw new Refusal('is_archived');
  }
  if (!channel.members.has(context.team.botUser)) {
    throw new Refusal('not_in_channel');
  }
  return channel;
}

/** A message of the bot that a call names by `channel` and `ts`. */
export function ownMessage(context: MethodContext, channel: FakeChannel, missing: string): FakeMessage {
  const message = channel.messages.get(String(context.arguments['ts']));
  if (!message || message.ephemeralFor) {
    throw new Refusal(missing);
  }
  return message;
}

/** A message as Slack's APIs and events print it. */
export function printMessage(team: FakeTeam, message: FakeMessage): JsonObject {
  const blocks = message.markdown
    ? [{ type: 'markdown', block_id: `s${message.ts.slice(-4)}`, text: message.markdown }, ...message.blocks]
    : message.blocks;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.botId ? { bot_id: message.botId, app_id: 'A0000000001' } : {}),
    text: message.text || message.markdown,
    team: team.id,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.editedAt
      ? { edited: { user: message.user, ts: `${Math.floor(message.editedAt / 1000)}.000000` } }
      : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.stream ? { streaming_state: message.stream.isOpen ? 'in_progress' : 'completed' } : {}),
  };
}
