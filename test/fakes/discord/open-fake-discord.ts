// A Discord on loopback: real HTTP, a real gateway, Discord's rules. discord.js is pointed at `apiUrl` and finds the
// gateway by itself, as it does with the real one. What a program does that Discord does not know or forgive is kept in
// `violations`; a test asserts that there are none.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayIntentBits } from 'discord.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { type FakeClock, machineClock } from '../clock.js';
import { createFaultPlan } from '../faults.js';
import { type Application, applicationRoutes } from './application-routes.js';
import { channelRoutes } from './channel-routes.js';
import { createEvents, type Events } from './events.js';
import type { Call, Fault, Faults } from './faults.js';
import { type Gateway, openGateway } from './gateway.js';
import { interactionRoutes } from './interaction-routes.js';
import { createInteractions, type Interactions } from './interactions.js';
import { messageRoutes } from './message-routes.js';
import { createPeople, type People } from './people.js';
import { createRateLimits, type RateLimits } from './rate-limits.js';
import { type CallRecord, createRest } from './rest.js';
import type { World } from './route.js';
import { createState, type FakeState } from './state.js';

export interface FakeDiscordOptions {
  /** Absent = the machine's time. */
  clock?: FakeClock;
  /** Whether the intent for message content is switched on in the developer portal; absent = it is. */
  hasMessageContent?: boolean;
  hasRateLimits?: boolean;
  /** Shards that GET /gateway/bot advises. */
  shards?: number;
  heartbeatMs?: number;
  /** How often a bot may identify in five seconds, and is held to it; absent = 16, and nobody counts. */
  maxConcurrency?: number;
  crowd?: { guilds: number; channels: number };
  callsKept?: number;
}

export interface FakeDiscord {
  /** "http://127.0.0.1:PORT/api" */
  apiUrl: string;
  port: number;
  token: string;
  clock: FakeClock;
  state: FakeState;
  people: People;
  gateway: Gateway;
  events: Events;
  interactions: Interactions;
  application: Application;
  faults: Faults;
  limits: RateLimits;
  calls: CallRecord[];
  violations: string[];
  /** Takes these refusals for meant. */
  expect(...codes: number[]): void;
  /** Answers of 401, 403 and 429 so far. */
  invalid(): number;
  close(): Promise<void>;
}

export async function openFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { clock = machineClock, crowd = { guilds: 0, channels: 0 }, hasMessageContent = true } = options;
  const violations: string[] = [];
  const violate = (what: string) => void violations.push(what);
  const expected = new Set<number>();
  const token = `MTIzNDU2Nzg5MDEyMzQ1Njc4.GFake1.${SECRET}QrStUvWxYz0123456789ab`;
  const state = createState(clock);
  const interactions = createInteractions(clock);
  const faults = createFaultPlan<Fault, Call>();
  const limits = createRateLimits(clock, { isOn: options.hasRateLimits ?? true });
  const calls: CallRecord[] = [];
  const contentFlags = hasMessageContent ? 1 << 19 : 0;
  const application: Application = {
    commands: [],
    registrations: 0,
    shards: options.shards ?? 1,
    maxConcurrency: options.maxConcurrency ?? 16,
    flags: contentFlags,
  };
  let invalid = 0;
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const gateway: Gateway = openGateway(
    server,
    state,
    {
      ...{ token, crowd, heartbeatMs: options.heartbeatMs ?? 41_250 },
      maxConcurrency: options.maxConcurrency,
      privileged: hasMessageContent ? GatewayIntentBits.MessageContent : 0,
    },
    violate,
  );
  const events = createEvents(state, () => gateway);
  const world: World = {
    ...{ state, interactions, violate, mayReadContent: hasMessageContent },
    posted: events.posted,
    changed: events.changed,
    deleted: events.deleted,
    threadMade: events.threadMade,
    threadChanged: events.threadChanged,
    unforgiven(code, what) {
      if (!expected.has(code)) {
        violate(what);
      }
    },
  };
  const answer = createRest({
    ...{ clock, faults, limits, token, calls, world },
    routes: [
      ...applicationRoutes(application, gateway.identifies),
      ...channelRoutes,
      ...messageRoutes,
      ...interactionRoutes,
    ],
    callsKept: options.callsKept ?? 100_000,
    countInvalid() {
      invalid += 1;
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ apiUrl: `http://127.0.0.1:${port}/api`, port, token, clock, state, gateway, events, interactions },
    ...{ application, faults, limits, calls, violations },
    people: createPeople({ state, events, interactions, application }),
    expect: (...codes) => codes.forEach((code) => void expected.add(code)),
    invalid: () => invalid,
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
