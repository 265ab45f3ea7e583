// A Slack on loopback: real HTTP, real sockets, Slack's rules. A Bolt app is pointed at `apiUrl` and finds the rest
// by itself, as it does with the real one. What a program does that Slack does not know or forgive is kept in
// `violations`; a test asserts that there are none.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SECRET } from '../../fixtures/secrets.mjs';
import { type FakeClock, machineClock } from '../clock.js';
import { createDeliverer, type Deliverer } from './deliver.js';
import type { Send } from './envelope.js';
import { createFaults, type Faults } from './faults.js';
import { createHttpDelivery } from './http-delivery.js';
import { createInstallPage } from './install-page.js';
import type { Happening } from './method.js';
import * as payloads from './payloads.js';
import { createPeople, type People } from './people.js';
import { createRateLimits, type RateLimits } from './rate-limits.js';
import { createResponseUrls } from './response-urls.js';
import { openSockets, type Sockets } from './sockets.js';
import { createTeam, type FakeTeam, type JsonObject } from './state.js';
import { type CallRecord, createWebApi } from './web-api.js';

export const ALL_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
];

export interface FakeSlackOptions {
  /** Absent = the machine's time. */
  clock?: FakeClock;
  scopes?: string[];
  /** Tiers and 429; off where a test asks more in a moment than Slack would take in an hour. */
  hasRateLimits?: boolean;
  /** Whether the app hears of its own messages, as it does in Slack. */
  echoes?: boolean;
  /** The name that it gives of itself, where a proxy leads to it; absent = 127.0.0.1. */
  host?: string;
  /** Calls kept for tests to look at. */
  callsKept?: number;
  /** Deliver over HTTP to this address instead of sockets. */
  http?: { requestUrl: string; signingSecret: string };
}

export interface FakeSlack {
  /** "http://127.0.0.1:PORT/api/" */
  apiUrl: string;
  appToken: string;
  clock: FakeClock;
  /** The first workspace. */
  team: FakeTeam;
  people: People;
  sockets: Sockets;
  deliverer: Deliverer;
  faults: Faults;
  limits: RateLimits;
  calls: CallRecord[];
  violations: string[];
  /** Another workspace, with people of its own, that an OAuth code leads to. */
  addTeam(id: string, code: string): { team: FakeTeam; people: People };
  /** The next person who is asked to install the app agrees, and is sent back to `redirectUrl` with this code. */
  agreeWith(code: string, redirectUrl: string): void;
  /** Sends over HTTP from now on. */
  deliverTo(http: { requestUrl: string; signingSecret: string }): void;
  close(): Promise<void>;
}

export async function openFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const { clock = machineClock, echoes = true, hasRateLimits = true, scopes = ALL_SCOPES } = options;
  const { host = '127.0.0.1' } = options;
  const violations: string[] = [];
  const violate = (what: string) => {
    violations.push(what);
  };
  const installPage = createInstallPage(violate);
  const teams = new Map<string, FakeTeam>();
  const codes = new Map<string, FakeTeam>();
  const appToken = `xapp-1-A0000000001-1-${SECRET}`;
  const faults = createFaults();
  const limits = createRateLimits(clock, { isOn: hasRateLimits });
  const calls: CallRecord[] = [];
  const responses = createResponseUrls(clock, violate);
  const server = createServer((request, response) => void route(request, response));
  const sockets = openSockets(server, clock, violate);
  let send: Send = options.http ? createHttpDelivery({ ...options.http, clock }) : sockets.send;
  const deliverer = createDeliverer(clock, (delivery) => send(delivery));
  const api = createWebApi({
    clock,
    faults,
    limits,
    calls,
    callsKept: options.callsKept ?? 100_000,
    appToken,
    teamOf: (token) => [...teams.values()].find(({ botToken }) => botToken === token),
    anyTeam: () => team,
    install: (code) => codes.get(code),
    socketUrl: () => sockets.url(`${host}:${port}`),
    violate,
    tell: (happening) => (echoes ? echo(happening) : undefined),
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/response/')) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const body = JSON.parse(Buffer.concat(chunks).toString()) as JsonObject;
      response.writeHead(responses.answer(request.url, body)).end('ok');
      return;
    }
    if (!installPage.answer(request, response)) {
      await api(request, response);
    }
  }

  /** The app hears of what it does itself, too. */
  function echo(happening: Happening): void {
    const { channel, message, team: inside } = happening;
    const inner =
      happening.type === 'posted'
        ? payloads.messageEvent(inside, channel, message)
        : payloads.changeEvent(happening, inside.nextTs());
    void deliverer.deliver('events_api', payloads.eventCallback(inside, inner, clock.now()));
  }

  function addTeam(id: string, code?: string): { team: FakeTeam; people: People } {
    const made = createTeam(clock, { id, scopes });
    teams.set(id, made);
    if (code !== undefined) {
      codes.set(code, made);
    }
    const responseUrl: Parameters<typeof createPeople>[0]['responseUrl'] = (channel, user, message) =>
      `http://127.0.0.1:${port}${responses.make(made, channel, user, message)}`;
    return { team: made, people: createPeople({ clock, team: made, deliverer, responseUrl }) };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { people, team } = addTeam('T0000000001');
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    appToken,
    clock,
    team,
    people,
    sockets,
    deliverer,
    faults,
    limits,
    calls,
    violations,
    addTeam,
    agreeWith: installPage.agreeWith,
    deliverTo(http) {
      send = createHttpDelivery({ ...http, clock });
    },
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
