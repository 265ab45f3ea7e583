// What a call of the REST API is here: its route, its rate limit, and what it does. A route that is not in the tables
// fails the test.

import { PermissionFlagsBits } from 'discord.js';
import type { Interactions } from './interactions.js';
import type { Json } from './json.js';
import { may } from './permissions.js';
import type { Limit } from './rate-limits.js';
import { missingAccess, missingPermissions, unknownChannel, unknownMessage } from './refusal.js';
import type { FakeChannel, FakeMessage, FakeState } from './state.js';

/** What happens because of a call; the fake tells every session of it that may hear. */
export interface World {
  state: FakeState;
  interactions: Interactions;
  posted(message: FakeMessage): void;
  changed(message: FakeMessage): void;
  deleted(message: FakeMessage): void;
  threadMade(thread: FakeChannel): void;
  threadChanged(thread: FakeChannel): void;
  /** Whether the privileged intent for message content is switched on. */
  mayReadContent: boolean;
  violate(what: string): void;
  /** A refusal that no good program meets; a test may expect some by their number. */
  unforgiven(code: number, what: string): void;
}

export interface RouteContext extends World {
  /** By the names in the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** "ws://127.0.0.1:PORT", as the caller reached us. */
  socketOrigin: string;
  /** "POST /channels/:channel/messages", for what is told of a violation. */
  name: string;
}

export interface Result {
  status: number;
  body?: Json | object | undefined;
}

export interface Route {
  /** "POST /channels/:channel/messages". */
  name: string;
  limit: Limit;
  /** Calls that answer interactions need no token of the bot and stand outside the limit of 50 a second. */
  isOpen?: boolean;
  run(context: RouteContext): Result;
}

export const ok = (body: Json | object): Result => ({ status: 200, body });
export const created = (body: Json | object): Result => ({ status: 201, body });
export const nothing = (): Result => ({ status: 204 });

/** A channel that the bot sees. Refusals: 10003, 50001. */
export function visibleChannel({ params, state }: RouteContext): FakeChannel {
  const channel = state.channels.get(params['channel'] ?? '');
  if (!channel) {
    throw unknownChannel();
  }
  if (!may(state, channel, state.bot.id, PermissionFlagsBits.ViewChannel)) {
    throw missingAccess();
  }
  return channel;
}

/** Refusals: 50013 (and 50001 for who has no access). */
export function need({ state }: World, channel: FakeChannel, permission: bigint): void {
  if (!may(state, channel, state.bot.id, permission)) {
    throw missingPermissions();
  }
}

/** A message that everybody sees. Refusal: 10008. */
export function messageIn(channel: FakeChannel, id: string | undefined): FakeMessage {
  const message = channel.messages.get(id ?? '');
  if (!message || message.ephemeralFor !== undefined) {
    throw unknownMessage();
  }
  return message;
}
