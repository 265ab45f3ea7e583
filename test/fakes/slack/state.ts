// What a workspace holds: people, channels, messages. Message ids are Slack's timestamps, "seconds.micros", unique
// and growing within a workspace.

import { SECRET } from '../../fixtures/secrets.mjs';
import type { FakeClock } from '../clock.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

export interface FakeMessage {
  ts: string;
  /** Absent = it stands in the channel and has no replies. */
  threadTs?: string | undefined;
  user: string;
  /** Absent = a person wrote it. */
  botId?: string | undefined;
  text: string;
  blocks: JsonObject[];
  /** Text that was streamed, as standard markdown; blocks stand below it. */
  markdown: string;
  metadata?: JsonObject | undefined;
  stream?: { mode: 'text' | 'chunks'; startedAt: number; isOpen: boolean } | undefined;
  editedAt?: number | undefined;
  /** Only this user sees it. */
  ephemeralFor?: string | undefined;
  /** How often each call showed or changed it. */
  history: { method: string; at: number }[];
  reactions: { name: string; user: string }[];
}

export interface FakeChannel {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im';
  isArchived: boolean;
  members: Set<string>;
  messages: Map<string, FakeMessage>;
  /** An assistant pane's threads. */
  panes: Map<string, { title?: string; prompts: JsonObject[] }>;
  /** Status lines by thread, each for two minutes at most. */
  statuses: Map<string, { text: string; until: number }>;
}

export interface FakeTeam {
  id: string;
  name: string;
  botToken: string;
  botUser: string;
  botId: string;
  scopes: Set<string>;
  channels: Map<string, FakeChannel>;
  users: Map<string, { id: string; name: string; isBot: boolean }>;
  homes: Map<string, JsonObject>;
  nextTs(): string;
  channel(name: string, kind?: FakeChannel['kind'], withBot?: boolean): FakeChannel;
  user(name: string): string;
  /** The direct messages of a user with the bot. */
  direct(user: string): FakeChannel;
}

export interface TeamOptions {
  id?: string;
  scopes: string[];
}

export function createTeam(clock: FakeClock, { id = 'T0000000001', scopes }: TeamOptions): FakeTeam {
  const suffix = id.slice(1);
  const channels = new Map<string, FakeChannel>();
  const users = new Map<string, { id: string; name: string; isBot: boolean }>();
  const botUser = `UBOT${suffix.slice(3)}`;
  let lastTs = 0;
  let counter = 0;
  users.set(botUser, { id: botUser, name: 'third-umpire', isBot: true });

  function channel(name: string, kind: FakeChannel['kind'] = 'channel', withBot = true): FakeChannel {
    counter += 1;
    const prefix = { channel: 'C', private: 'G', im: 'D' }[kind];
    const made: FakeChannel = {
      id: `${prefix}${suffix.slice(6)}${String(counter).padStart(6, '0')}`,
      name,
      kind,
      isArchived: false,
      members: new Set(withBot ? [botUser] : []),
      messages: new Map(),
      panes: new Map(),
      statuses: new Map(),
    };
    channels.set(made.id, made);
    return made;
  }

  function user(name: string): string {
    const known = [...users.values()].find((other) => other.name === name);
    if (known) {
      return known.id;
    }
    counter += 1;
    const made = `U${suffix.slice(6)}${String(counter).padStart(6, '0')}`;
    users.set(made, { id: made, name, isBot: false });
    return made;
  }

  return {
    id,
    name: `workspace ${suffix}`,
    botToken: `xoxb-${SECRET}-${suffix}`,
    botUser,
    botId: `BBOT${suffix.slice(3)}`,
    scopes: new Set(scopes),
    channels,
    users,
    homes: new Map(),
    nextTs() {
      lastTs = Math.max(lastTs + 1, Math.floor(clock.now() * 1000));
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
    channel,
    user,
    direct(person) {
      const known = [...channels.values()].find(({ kind, members }) => kind === 'im' && members.has(person));
      if (known) {
        return known;
      }
      const made = channel(`dm-${person}`, 'im');
      made.members.add(person);
      return made;
    },
  };
}

/** What people read: streamed markdown, then blocks; the text alone where there are none. */
export function threadOf(channel: FakeChannel, threadTs: string): FakeMessage[] {
  return [...channel.messages.values()]
    .filter((message) => message.ts === threadTs || message.threadTs === threadTs)
    .sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
