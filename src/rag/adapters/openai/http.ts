// One request to a model's server: headers, deadline, and a status that is no success turned into a failure.
import { type Dispatcher, request } from 'undici';
import { isBotError } from '../../../errors.js';
import { type ServerName, statusFailure, unreachable } from './failures.js';
import { createWatch, type Watch } from './watch.js';

export interface HttpDeps {
  server: ServerName;
  agent: Dispatcher;
  now: () => Date;
}

export interface Call {
  /** Behind the base address without its `/v1`: "/v1/models", "/props". */
  path: string;
  /** Sent as JSON; absent = GET. */
  json?: object | undefined;
  signal: AbortSignal;
  /** The answer must begin within so many ms. */
  withinMs: number;
  late: () => Error;
}

const MOST_ERROR_BYTES = 65_536;
const MOST_JSON_BYTES = 8_000_000;

/**
 * Calls `read` with the body of a success; its signal is watched until `read` is done. Errors: those of failures.ts,
 * the signal's reason, and what `late` makes.
 */
export async function call<Result>(
  deps: HttpDeps,
  { json, late, path, signal, withinMs }: Call,
  read: (body: AsyncIterable<Uint8Array>, watch: Watch) => Promise<Result>,
): Promise<Result> {
  const { agent, now, server } = deps;
  const watch = createWatch(signal);
  watch.expect(withinMs, late);
  try {
    const response = await request(addressOf(server, path), {
      method: json ? 'POST' : 'GET',
      headers: {
        accept: json ? 'text/event-stream, application/json' : 'application/json',
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...(server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {}),
      },
      body: json ? JSON.stringify(json) : null,
      signal: watch.signal,
      dispatcher: agent,
    });
    if (response.statusCode !== 200) {
      const text = await readText(response.body, MOST_ERROR_BYTES).catch(() => '');
      const after = retryAfterMs(response.headers['retry-after'], now());
      throw statusFailure(server, response.statusCode, text, after);
    }
    return await read(response.body, watch);
  } catch (error) {
    watch.signal.throwIfAborted();
    throw isNetworkFailure(error) ? unreachable(server, error) : error;
  } finally {
    watch.end();
  }
}

/** The body as JSON; undefined = it is none. */
export async function readJson(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  try {
    return JSON.parse(await readText(body, MOST_JSON_BYTES));
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

async function readText(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= mostBytes) {
      break;
    }
  }
  return Buffer.concat(parts).subarray(0, mostBytes).toString('utf8');
}

function addressOf({ baseUrl }: ServerName, path: string): string {
  return path.startsWith('/v1/')
    ? `${baseUrl}${path.slice('/v1'.length)}`
    : `${baseUrl.replace(/\/v1$/, '')}${path}`;
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | string[] | undefined, now: Date): number | undefined {
  const text = String(header ?? '').trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Whatever the socket, the resolver or the HTTP parser throws has a code; mistakes of ours have none. */
function isNetworkFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && !isBotError(error);
}
