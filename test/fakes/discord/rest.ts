// The REST API over HTTP: finds the route, asks who calls, counts against the limits, lets happen what a test wants to
// go wrong, and keeps a record of it all.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeClock } from '../clock.js';
import type { Faults } from './faults.js';
import type { RateLimits } from './rate-limits.js';
import { Refusal } from './refusal.js';
import type { Result, Route, World } from './route.js';

/** A call as it arrived, with what became of it. */
export interface CallRecord {
  method: string;
  path: string;
  at: number;
  body: unknown;
  /** "200", Discord's number of a refusal ("50013"), "429", "cut". */
  outcome: string;
}

export interface RestDeps {
  clock: FakeClock;
  routes: Route[];
  world: World;
  faults: Faults;
  limits: RateLimits;
  token: string;
  calls: CallRecord[];
  callsKept: number;
  /** Answers of 401, 403 and 429: 10,000 in 10 minutes and Discord shuts the address out. */
  countInvalid(): void;
}

/** Errors that tell of a program which does not know Discord's rules. */
const UNFORGIVEN = [50035, 50006, 50024, 40060];

export function createRest(deps: RestDeps) {
  const { calls, callsKept, clock, faults, limits, routes, token, world } = deps;
  const table = routes.map((route) => ({ route, match: matcher(route.name) }));

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ''));
    const found = find(request.method ?? 'GET', path);
    const body = await readJson(request);
    const record: CallRecord = {
      method: found?.route.name ?? `${request.method} ${path}`,
      path,
      at: clock.now(),
      body,
      outcome: '',
    };
    calls.push(record);
    if (calls.length > callsKept * 1.5) {
      calls.splice(0, calls.length - callsKept);
    }
    if (!found || !url.pathname.startsWith('/api/v10/')) {
      world.violate(`unknown route ${request.method} ${url.pathname}`);
      send(response, record, { status: 404, body: { message: '404: Not Found', code: 0 } });
      return;
    }
    const { params, route } = found;
    if (!route.isOpen && request.headers.authorization !== `Bot ${token}`) {
      deps.countInvalid();
      send(response, record, { status: 401, body: { message: '401: Unauthorized', code: 0 } });
      return;
    }
    const fault = faults.take({ method: route.name, body });
    if (fault?.delayMs) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    }
    if (fault?.cut === 'before') {
      record.outcome = 'cut';
      response.destroy();
      return;
    }
    if (fault?.status !== undefined) {
      send(response, record, { status: fault.status, body: undefined });
      return;
    }
    if (fault?.refusal) {
      const { code, message, status } = fault.refusal;
      send(response, record, { status, body: { code, message } });
      return;
    }
    const major = [params['channel'], params['guild'], params['token']].find(Boolean) ?? '';
    const verdict = limits.take({ bucket: route.name, major, limit: route.limit, isGlobal: !route.isOpen });
    const retryAfter = fault?.retryAfter ?? verdict.retryAfter;
    if (retryAfter !== undefined) {
      deps.countInvalid();
      const headers = {
        ...verdict.headers,
        'retry-after': String(Math.ceil(retryAfter)),
        'x-ratelimit-scope': 'shared',
      };
      const said = {
        message: 'You are being rate limited.',
        retry_after: retryAfter,
        global: verdict.isGlobal,
      };
      send(
        response,
        record,
        { status: 429, body: said },
        verdict.retryAfter === undefined ? headers : verdict.headers,
      );
      return;
    }
    const context = {
      ...world,
      params,
      query: url.searchParams,
      body,
      name: route.name,
      socketOrigin: `ws://${request.headers.host}`,
    };
    const result = run(route, context, record);
    if (fault?.cut === 'after') {
      record.outcome += ', cut';
      response.destroy();
      return;
    }
    send(response, record, result, verdict.headers);
  };

  function find(method: string, path: string): { route: Route; params: Record<string, string> } | undefined {
    for (const { match, route } of table) {
      const params = match(method, path);
      if (params) {
        return { route, params };
      }
    }
    return undefined;
  }

  function run(route: Route, context: Parameters<Route['run']>[0], record: CallRecord): Result {
    try {
      return route.run(context);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        world.violate(`${route.name}: the fake broke: ${String(error)}`);
        throw error;
      }
      const code = Number(error.body['code']);
      if (UNFORGIVEN.includes(code)) {
        world.unforgiven(
          code,
          `${route.name}: ${error.message} ${JSON.stringify(error.body['errors'] ?? '')}`,
        );
      }
      if (error.status === 401 || error.status === 403) {
        deps.countInvalid();
      }
      record.outcome = String(code);
      return { status: error.status, body: error.body };
    }
  }
}

function send(
  response: ServerResponse,
  record: CallRecord,
  { body, status }: Result,
  headers: Record<string, string> = {},
): void {
  record.outcome ||= String(status);
  // A 204 carries no content type; a client that reads it as JSON breaks on it.
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Literal parts win by their order in the table. */
function matcher(name: string): (method: string, path: string) => Record<string, string> | undefined {
  const [wanted, pattern = ''] = name.split(' ');
  const parts = pattern.split('/');
  return (method, path) => {
    const given = path.split('/');
    if (method !== wanted || given.length !== parts.length) {
      return undefined;
    }
    const params: Record<string, string> = {};
    for (const [at, part] of parts.entries()) {
      const value = given[at] ?? '';
      if (part.startsWith(':')) {
        params[part.slice(1)] = value;
      } else if (part !== value) {
        return undefined;
      }
    }
    return params;
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
