// Fetches feeds and pages as a polite, suspicious client: it names itself, asks conditionally, follows few
// redirects and checks every hop, counts decoded bytes while they stream, and gives up in time.
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { Agent, request } from 'undici';
import { BotError, describeError, isBotError } from '../errors.js';
import { createGuardedConnector } from './guard.js';

export interface FetchOptions {
  /** Bytes of the decoded body; more is refused while it streams. */
  maxBytes: number;
  etag?: string | undefined;
  lastModified?: string | undefined;
  accept?: string | undefined;
  signal: AbortSignal;
}

export interface Fetched {
  status: number;
  /** The address that answered, after redirects. */
  url: string;
  /** Where the first redirects lead while all are permanent (301, 308); absent = none is. */
  permanentUrl?: string | undefined;
  /** True for a 304: the body is empty and the one known is still right. */
  notModified: boolean;
  contentType?: string | undefined;
  etag?: string | undefined;
  lastModified?: string | undefined;
  cacheControl?: string | undefined;
  body: Buffer;
}

/**
 * Errors: `bad_url`, `blocked_address`, `timeout`, `too_large`, `too_many_redirects`, `http_status`, `network`,
 * `bad_encoding`. `http_status` has the response's status and Retry-After in its cause.
 */
export type Fetch = (url: string, options: FetchOptions) => Promise<Fetched>;

export interface FetcherOptions {
  userAgent: string;
  allowHosts: string[];
  headersTimeoutMs: number;
  totalTimeoutMs: number;
  maxRedirects: number;
}

/** What a refusing server said; the cause of an `http_status` error. */
export interface Refusal {
  status: number;
  retryAfter?: string | undefined;
}

export function createFetcher(options: FetcherOptions): { fetch: Fetch; close(): Promise<void> } {
  const agent = new Agent({
    connect: createGuardedConnector({
      allowHosts: options.allowHosts,
      connectTimeoutMs: options.headersTimeoutMs,
    }),
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.headersTimeoutMs,
    connections: 8,
  });

  async function fetchOnce(url: URL, given: FetchOptions, signal: AbortSignal) {
    return request(url, {
      dispatcher: agent,
      signal,
      headers: {
        'user-agent': options.userAgent,
        'accept-encoding': 'gzip, br, deflate',
        accept: given.accept ?? '*/*',
        ...(given.etag ? { 'if-none-match': given.etag } : {}),
        ...(given.lastModified ? { 'if-modified-since': given.lastModified } : {}),
      },
    });
  }

  async function fetchFollowing(start: string, given: FetchOptions, signal: AbortSignal): Promise<Fetched> {
    let url = parseUrl(start);
    let permanentUrl: string | undefined;
    let isPermanent = true;
    for (let hop = 0; hop <= options.maxRedirects; hop += 1) {
      const response = await fetchOnce(url, given, signal);
      const header = (name: string) => String(response.headers[name] ?? '') || undefined;
      const location = header('location');
      if (
        response.statusCode >= 300 &&
        response.statusCode < 400 &&
        response.statusCode !== 304 &&
        location
      ) {
        response.body.on('error', () => {}).destroy();
        url = parseUrl(location, url);
        isPermanent &&= response.statusCode === 301 || response.statusCode === 308;
        permanentUrl = isPermanent ? url.href : permanentUrl;
        continue;
      }
      const refusal: Refusal = { status: response.statusCode, retryAfter: header('retry-after') };
      if (response.statusCode !== 304 && (response.statusCode < 200 || response.statusCode > 299)) {
        response.body.on('error', () => {}).destroy();
        throw new BotError('http_status', `${start} answered ${describeStatus(refusal.status)}`, {
          cause: refusal,
        });
      }
      return {
        status: response.statusCode,
        url: url.href,
        permanentUrl,
        notModified: response.statusCode === 304,
        contentType: header('content-type'),
        etag: header('etag'),
        lastModified: header('last-modified'),
        cacheControl: header('cache-control'),
        body: await readBody(response.body, header('content-encoding'), given.maxBytes, start),
      };
    }
    throw new BotError(
      'too_many_redirects',
      `${start} redirects more than ${options.maxRedirects} times; open it in a browser and use the final address`,
    );
  }

  return {
    async fetch(url, given) {
      const deadline = AbortSignal.timeout(options.totalTimeoutMs);
      try {
        return await fetchFollowing(url, given, AbortSignal.any([deadline, given.signal]));
      } catch (error) {
        given.signal.throwIfAborted();
        throw asBotError(url, error, options.totalTimeoutMs);
      }
    },
    close: () => agent.destroy(),
  };
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw new BotError(
      'bad_url',
      `"${text.slice(0, 200)}" is not a web address (allowed: http://… or https://…, without a password)`,
    );
  }
  return url;
}

async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
  url: string,
): Promise<Buffer> {
  const coding = encoding?.trim().toLowerCase();
  const isPlain = !coding || coding === 'identity';
  const decoded = isPlain ? body : body.pipe(coding === 'br' ? createBrotliDecompress() : createUnzip());
  body.on('error', (error) => decoded.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of decoded as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) {
        throw new BotError(
          'too_large',
          `${url} is larger than ${Math.round(maxBytes / 1e6)} MB and was given up`,
        );
      }
      parts.push(part);
    }
  } finally {
    body.on('error', () => {}).destroy();
  }
  return Buffer.concat(parts);
}

function asBotError(url: string, error: unknown, totalTimeoutMs: number): BotError {
  if (isBotError(error)) {
    return error;
  }
  const { code = '', name = '', cause } = (error ?? {}) as { code?: string; name?: string; cause?: unknown };
  if (isBotError(cause)) {
    return cause;
  }
  if (name === 'TimeoutError' || (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT'))) {
    return new BotError('timeout', `${url} did not answer in time (${totalTimeoutMs / 1000} s at most)`, {
      cause: error,
    });
  }
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_FORMAT')) {
    return new BotError('bad_encoding', `${url} sent a body that cannot be decompressed`, { cause: error });
  }
  return new BotError('network', `${url} cannot be reached: ${describeNetwork(code, error)}`, {
    cause: error,
  });
}

const NETWORK: Record<string, string> = {
  ENOTFOUND: 'no such host; check the address',
  EAI_AGAIN: 'the name cannot be resolved; check the network',
  ECONNREFUSED: 'the connection was refused; nothing listens there',
  ECONNRESET: 'the connection was closed by the server',
  UND_ERR_SOCKET: 'the connection was closed by the server',
};

function describeNetwork(code: string, error: unknown): string {
  return NETWORK[code] ?? describeError(error);
}

const STATUSES: Record<number, string> = {
  401: '401 (it wants a login)',
  403: '403 (it refuses us)',
  404: '404 (no such page); check the address',
  410: '410 (gone for good)',
  429: '429 (too many requests)',
  451: '451 (blocked for legal reasons)',
};

function describeStatus(status: number): string {
  return STATUSES[status] ?? `${status}${status >= 500 ? ' (its server has a problem)' : ''}`;
}
