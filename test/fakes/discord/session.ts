// A gateway session: what was sent in it, numbered, so that a client that lost its connection gets the rest; and what
// its intents let through.
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { JsonObject } from './json.js';

/** Discord keeps a session so long after its connection went. */
export const RESUMABLE_MS = 180_000;
const KEPT_EVENTS = 2_000;

export interface Session {
  id: string;
  shard: [number, number];
  intents: number;
  socket: WebSocket | undefined;
  lostAt: number;
  sequence: number;
  kept: { sequence: number; text: string }[];
}

export function createSession(shard: [number, number], intents: number, socket: WebSocket): Session {
  return { id: randomUUID().replaceAll('-', ''), shard, intents, socket, lostAt: 0, sequence: 0, kept: [] };
}

/** Sends an event, or keeps it for the resume. */
export function tell(session: Session, type: string, data: object | null): void {
  session.sequence += 1;
  const text = JSON.stringify({ op: 0, t: type, s: session.sequence, d: data });
  session.kept.push({ sequence: session.sequence, text });
  if (session.kept.length > KEPT_EVENTS) {
    session.kept.shift();
  }
  session.socket?.send(text);
}

/** All after `sequence` again; false = some of it is not kept any more, or it was never sent. */
export function replay(session: Session, sequence: number): boolean {
  const [oldest] = session.kept;
  if (sequence > session.sequence || (oldest && oldest.sequence > sequence + 1)) {
    return false;
  }
  for (const { sequence: own, text } of session.kept) {
    if (own > sequence) {
      session.socket?.send(text);
    }
  }
  tell(session, 'RESUMED', { _trace: [] });
  return true;
}

export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** An event for whoever may hear it: `intent` 0 = no intent is needed. */
export interface Happening {
  type: string;
  guildId?: string | undefined;
  intent: number;
  /** What a session is told; undefined = nothing. */
  data(session: Session): object | undefined;
}

export function hears({ intents, shard: [id, count] }: Session, { guildId, intent }: Happening): boolean {
  return shardOf(guildId, count) === id && (intent === 0 || (intents & intent) !== 0);
}

export const say = (socket: WebSocket, payload: JsonObject) => socket.send(JSON.stringify(payload));
