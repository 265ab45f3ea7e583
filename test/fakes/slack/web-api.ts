// The Web API over HTTP: token, scopes, strict arguments, tiers and faults before a method runs. It answers with
// status 200 and `ok: false` what Slack refuses, and 429 with Retry-After what came too often.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { FakeClock } from '../clock.js';
import { appMethods } from './app-methods.js';
import { chatMethods } from './chat-methods.js';
import { conversationMethods } from './conversation-methods.js';
import type { Fault, Faults } from './faults.js';
import { type Happening, type Method, type MethodContext, Refusal, readArguments } from './method.js';
import type { RateLimits } from './rate-limits.js';
import type { FakeTeam, JsonObject } from './state.js';
import { closeStreams, streamMethods } from './stream-methods.js';

export const METHODS: Record<string, Method> = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...streamMethods,
};

/** Errors that tell of a program which does not know Slack's rules, wherever they come from. */
const UNFORGIVEN = [
  'invalid_blocks',
  'invalid_arguments',
  'invalid_thread_ts',
  'invalid_metadata_format',
  'markdown_text_conflict',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
];

/** A call as it arrived, with what became of it. */
export interface CallRecord {
  method: string;
  at: number;
  arguments: JsonObject;
  /** "ok", an error of Slack's, "HTTP 500" or "cut". */
  outcome: string;
}

export interface WebApiDeps {
  clock: FakeClock;
  faults: Faults;
  limits: RateLimits;
  calls: CallRecord[];
  /** Keeps no more calls than so many. */
  callsKept: number;
  appToken: string;
  teamOf(token: string): FakeTeam | undefined;
  anyTeam(): FakeTeam;
  install(code: string): FakeTeam | undefined;
  socketUrl(): string;
  violate(what: string): void;
  tell(happening: Happening): void;
}

export function createWebApi(deps: WebApiDeps) {
  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (request.url ?? '').replace(/^\/api\//, '').replace(/\?.*$/, '');
    const given = await readBody(request);
    const token =
      /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? String(given['token'] ?? '');
    const team = deps.teamOf(token);
    const fault = deps.faults.take({ method, arguments: given, team: team?.id ?? '' });
    const record: CallRecord = { method, at: deps.clock.now(), arguments: given, outcome: '' };
    deps.calls.push(record);
    if (deps.calls.length > deps.callsKept) {
      deps.calls.splice(0, deps.calls.length - deps.callsKept);
    }
    if (fault?.delayMs) {
      await pause(fault.delayMs);
    }
    if (fault?.closesStreams && team) {
      closeStreams(team);
    }
    const early = fault && failEarly(fault, response);
    if (early) {
      record.outcome = early;
      return;
    }
    const { headers = {}, status, body } = run(deps, method, given, token, team);
    record.outcome = status === 200 ? String(body['ok'] ? 'ok' : body['error']) : `HTTP ${status}`;
    if (fault?.cut === 'after') {
      record.outcome += ', cut';
      response.destroy();
    } else if (fault?.hang !== 'after') {
      const scopes = team ? { 'x-oauth-scopes': [...team.scopes].join(',') } : {};
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        ...scopes,
        ...headers,
      });
      response.end(JSON.stringify(body));
    }
  };
}

/** What happens instead of the call; undefined = the call takes place. */
function failEarly(fault: Fault, response: ServerResponse): string | undefined {
  if (fault.cut === 'before') {
    response.destroy();
    return 'cut';
  }
  if (fault.hang === 'before') {
    return 'hang';
  }
  if (fault.status !== undefined) {
    response.writeHead(fault.status, { 'content-type': 'text/html' });
    response.end('<html>Server Error</html>');
    return `HTTP ${fault.status}`;
  }
  if (fault.error !== undefined) {
    const isLimit = fault.error === 'ratelimited';
    response.writeHead(isLimit ? 429 : 200, {
      'content-type': 'application/json; charset=utf-8',
      ...(isLimit ? { 'retry-after': String(fault.retryAfter ?? 1) } : {}),
    });
    response.end(JSON.stringify({ ok: false, error: fault.error }));
    return fault.error;
  }
  return undefined;
}

interface Result {
  status: number;
  headers?: Record<string, string>;
  body: JsonObject;
}

function run(
  deps: WebApiDeps,
  name: string,
  given: JsonObject,
  token: string,
  team: FakeTeam | undefined,
): Result {
  const { clock, install, limits, socketUrl, tell, violate } = deps;
  const method = METHODS[name];
  if (!method) {
    violate(`unknown method ${name}`);
    return { status: 200, body: { ok: false, error: 'unknown_method' } };
  }
  const refused = authorise(deps, method, token, team);
  if (refused) {
    return { status: 200, body: refused };
  }
  const actor = team ?? deps.anyTeam();
  const { tier } = method;
  const channel = given['channel'] as string | undefined;
  const seconds = limits.take({ team: actor.id, method: name, tier, channel });
  if (seconds > 0) {
    return {
      status: 429,
      headers: { 'retry-after': String(seconds) },
      body: { ok: false, error: 'ratelimited' },
    };
  }
  try {
    const read = readArguments(method, name, given, violate);
    const context: MethodContext = {
      clock,
      method: name,
      team: actor,
      arguments: read,
      violate,
      tell,
      socketUrl,
      install,
    };
    return { status: 200, body: method.run(context) };
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    if (UNFORGIVEN.includes(error.message)) {
      violate(`${name}: ${error.message} ${JSON.stringify(error.answer['response_metadata'] ?? '')}`);
    }
    return { status: 200, body: error.answer };
  }
}

function authorise(
  { appToken }: WebApiDeps,
  { scopes }: Method,
  token: string,
  team: FakeTeam | undefined,
): JsonObject | undefined {
  if (scopes === 'none') {
    return undefined;
  }
  if (token === '') {
    return { ok: false, error: 'not_authed' };
  }
  if (scopes === 'app') {
    return token === appToken
      ? undefined
      : { ok: false, error: team ? 'not_allowed_token_type' : 'invalid_auth' };
  }
  if (!team) {
    return { ok: false, error: 'invalid_auth' };
  }
  return scopes.length === 0 || scopes.some((scope) => team.scopes.has(scope))
    ? undefined
    : { ok: false, error: 'missing_scope', needed: scopes[0], provided: [...team.scopes].join(',') };
}

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks).toString();
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('application/json')
    ? JSON.parse(body || '{}')
    : Object.fromEntries(new URLSearchParams(body));
}
