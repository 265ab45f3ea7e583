// The gateway: hello, identify, heartbeats, events by shard and intent, resume, and every way in which Discord ends a
// connection (discord.com/developers/docs/events/gateway).
import type { Server } from 'node:http';
import { GatewayIntentBits } from 'discord.js';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { guildIds, largeGuild } from './crowd.js';
import type { JsonObject } from './json.js';
import { guildCreate, userOf } from './payloads.js';
import {
  createSession,
  type Happening,
  hears,
  RESUMABLE_MS,
  replay,
  type Session,
  say,
  shardOf,
  tell,
} from './session.js';
import type { FakeState } from './state.js';

export interface GatewayOptions {
  token: string;
  /** Privileged intents that are switched on in the developer portal. */
  privileged: number;
  heartbeatMs: number;
  /** Shards of one bucket (their number modulo this) identify five seconds apart; absent = nobody counts. */
  maxConcurrency?: number | undefined;
  /** Servers beside those of the state, each with so many channels, made up as they are published. */
  crowd: { guilds: number; channels: number };
}

export interface Gateway {
  /** To every session that hears it; gives how many that were. `times` = as often, each numbered anew. */
  dispatch(happening: Happening, times?: number): number;
  live(): Session[];
  /** Op 7: the client is to come back and resume. */
  askToReconnect(): void;
  /** Op 9. `isResumable` false = the session is gone with all that it would have got. */
  invalidate(isResumable: boolean): void;
  /** Closes all connections with a code; of 4004, 4007, 4009, 1000 the sessions are gone. */
  closeAll(code: number): void;
  /** Ends all connections without a word, as a network does. */
  cut(): void;
  /** The next identify is closed with this code. */
  refuseNext(code: number): void;
  /** Heartbeats are not answered while true. */
  isDeaf(is: boolean): void;
  identifies(): number;
  resumes(): number;
  close(): void;
}

const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const ENDING = [1000, 1001, 4004, 4007, 4009];
const IDENTIFY_MS = 5_000;
const MOST_GUILDS_A_SHARD = 2500;
const MOST_SENDS_A_MINUTE = 120;

export function openGateway(
  server: Server,
  state: FakeState,
  options: GatewayOptions,
  violate: (what: string) => void,
): Gateway {
  const sessions = new Map<string, Session>();
  const sockets = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  let refused: number | undefined;
  let isDeaf = false;
  let identifies = 0;
  const identifiedAt = new Map<number, number>();
  let resumes = 0;

  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (
      searchParams.get('v') !== '10' ||
      searchParams.get('encoding') !== 'json' ||
      !pathname.startsWith('/gateway')
    ) {
      violate(`gateway: opened as ${request.url}`);
    }
    sockets.handleUpgrade(request, socket, head, (opened) =>
      accept(opened, `ws://${request.headers.host}/gateway-resume`),
    );
  });

  function accept(socket: WebSocket, resumeUrl: string): void {
    let session: Session | undefined;
    let sends: number[] = [];
    let lastBeat = state.clock.now();
    let cancelCheck = () => {};
    open.add(socket);
    say(socket, { op: 10, d: { heartbeat_interval: options.heartbeatMs, _trace: [] } });
    check();

    function check(): void {
      cancelCheck = state.clock.after(options.heartbeatMs * 2, () => {
        if (state.clock.now() - lastBeat > options.heartbeatMs * 2) {
          socket.close(4000, 'no heartbeat');
        } else {
          check();
        }
      });
    }

    function end(code: number, reason: string): void {
      if (ENDING.includes(code) && session) {
        sessions.delete(session.id);
      }
      socket.close(code, reason);
    }

    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      cancelCheck();
      open.delete(socket);
      if (session?.socket === socket) {
        session.socket = undefined;
        session.lostAt = state.clock.now();
        if (code === 1000 || code === 1001) {
          sessions.delete(session.id);
        }
      }
    });
    socket.on('message', (data: RawData) => {
      const minuteAgo = Date.now() - 60_000;
      sends = [...sends.filter((at) => at > minuteAgo), Date.now()];
      if (sends.length > MOST_SENDS_A_MINUTE) {
        violate('gateway: more than 120 messages a minute');
        end(4008, 'Rate limited.');
        return;
      }
      let payload: { op?: unknown; d?: JsonObject };
      try {
        payload = JSON.parse(String(data));
      } catch {
        violate('gateway: a message that is no JSON');
        end(4002, 'Error while decoding payload.');
        return;
      }
      receive(payload);
    });

    function receive({ d, op }: { op?: unknown; d?: JsonObject }): void {
      if (op === 1) {
        lastBeat = state.clock.now();
        if (!isDeaf) {
          say(socket, { op: 11 });
        }
      } else if (op === 2) {
        identify(d ?? {});
      } else if (op === 6) {
        resume(d ?? {});
      } else if (op === 3 || op === 4 || op === 8) {
        if (!session) {
          end(4003, 'Not authenticated.');
        }
      } else {
        violate(`gateway: unknown opcode ${String(op)}`);
        end(4001, 'Unknown opcode.');
      }
    }

    function identify(d: JsonObject): void {
      identifies += 1;
      holdToPace(d);
      const code = refused ?? refusalOf(d, session !== undefined);
      refused = undefined;
      if (code !== undefined) {
        end(code, 'refused');
        return;
      }
      const made = createSession(
        (d['shard'] as [number, number] | undefined) ?? [0, 1],
        Number(d['intents']),
        socket,
      );
      session = made;
      sessions.set(made.id, made);
      const [id, count] = made.shard;
      const own = [...state.guilds.values()].filter((guild) => shardOf(guild.id, count) === id);
      const crowd = guildIds(options.crowd.guilds).filter((guildId) => shardOf(guildId, count) === id);
      tell(made, 'READY', {
        v: 10,
        user: userOf(state.bot),
        guilds: [...own.map((guild) => guild.id), ...crowd].map((guildId) => ({
          id: guildId,
          unavailable: true,
        })),
        session_id: made.id,
        resume_gateway_url: resumeUrl,
        shard: made.shard,
        application: { id: state.bot.id, flags: 0 },
      });
      if (made.intents & GatewayIntentBits.Guilds) {
        for (const guild of own.filter(({ isAvailable }) => isAvailable)) {
          tell(made, 'GUILD_CREATE', guildCreate(state, guild));
        }
        for (const guildId of crowd) {
          tell(made, 'GUILD_CREATE', largeGuild(state, guildId, options.crowd.channels));
          // Nobody resumes what is made up.
          made.kept.length = 0;
        }
      }
    }

    function holdToPace(d: JsonObject): void {
      const [id] = (d['shard'] as [number, number] | undefined) ?? [0, 1];
      const bucket = id % (options.maxConcurrency ?? 1);
      const gap = state.clock.now() - (identifiedAt.get(bucket) ?? 0);
      if (options.maxConcurrency && gap < IDENTIFY_MS) {
        violate(`gateway: shard ${id} identifies ${gap} ms after another one of its bucket`);
      }
      identifiedAt.set(bucket, state.clock.now());
    }

    function refusalOf(d: JsonObject, isKnown: boolean): number | undefined {
      const { intents, properties, shard = [0, 1], token } = d;
      const [id, count] = shard as [number, number];
      if (isKnown) {
        return 4005;
      }
      if (token !== options.token) {
        return 4004;
      }
      if (typeof intents !== 'number' || !properties) {
        violate('gateway: identify without intents or properties');
        return 4013;
      }
      if (!(id >= 0 && id < count)) {
        return 4010;
      }
      if ((state.guilds.size + options.crowd.guilds) / count > MOST_GUILDS_A_SHARD * 1.1) {
        return 4011;
      }
      return (intents & PRIVILEGED & ~options.privileged) !== 0 ? 4014 : undefined;
    }

    function resume({ seq, session_id: id, token }: JsonObject): void {
      const known = sessions.get(String(id));
      if (token !== options.token) {
        end(4004, 'Authentication failed.');
        return;
      }
      const isKept =
        known && (known.socket !== undefined || state.clock.now() - known.lostAt <= RESUMABLE_MS);
      if (known && isKept) {
        if (known.socket !== socket) {
          known.socket?.terminate();
        }
        known.socket = socket;
        if (replay(known, Number(seq))) {
          session = known;
          resumes += 1;
          return;
        }
        known.socket = undefined;
      }
      sessions.delete(String(id));
      say(socket, { op: 9, d: false });
    }
  }

  const live = () => [...sessions.values()].filter(({ socket }) => socket?.readyState === 1);
  const drop = (session: Session) => {
    sessions.delete(session.id);
    const { socket } = session;
    session.socket = undefined;
    return socket;
  };

  return {
    dispatch(happening, times = 1) {
      for (const [id, { lostAt, socket }] of sessions) {
        if (!socket && state.clock.now() - lostAt > RESUMABLE_MS) {
          sessions.delete(id);
        }
      }
      const hearing = [...sessions.values()].filter((session) => hears(session, happening));
      for (const session of hearing) {
        const data = happening.data(session);
        for (let n = 0; data && n < times; n += 1) {
          tell(session, happening.type, data);
        }
      }
      return hearing.length;
    },
    live,
    askToReconnect() {
      for (const { socket } of live()) {
        socket && say(socket, { op: 7, d: null });
      }
    },
    invalidate(isResumable) {
      for (const session of live()) {
        const socket = isResumable ? session.socket : drop(session);
        socket && say(socket, { op: 9, d: isResumable });
      }
    },
    closeAll(code) {
      for (const session of live()) {
        const socket = ENDING.includes(code) ? drop(session) : session.socket;
        socket?.close(code, 'closed by a test');
      }
    },
    cut() {
      for (const socket of open) {
        socket.terminate();
      }
    },
    refuseNext(code) {
      refused = code;
    },
    isDeaf(is) {
      isDeaf = is;
    },
    identifies: () => identifies,
    resumes: () => resumes,
    close() {
      for (const socket of open) {
        socket.terminate();
      }
      sockets.close();
      sessions.clear();
    },
  };
}
