// Fetches feeds and pages as a polite, suspicious client: it names itself, asks conditionally, waits for its
// turn at each host, follows few redirects and checks every hop, counts decoded bytes while they stream, and
// gives up in time.
import { request } from 'undici';
import type { Clock } from '../domain.js';
import { BotError } from '../errors.js';
import { createDispatch, type Proxies } from './dispatch.js';
import { asFetchError, statusError } from './fetch-failure.js';
import type { HostGate } from './host-gate.js';
import { discard, readBody } from './read-body.js';
import { retryAfterMs } from './retry-after.js';

export interface FetchOptions {
  /** Bytes of the decoded body; more is refused while it streams. */
  maxBytes: number;
  /** A longer body is cut there instead. */
  isStartEnough?: boolean | undefined;
  etag?: string | undefined;
  lastModified?: string | undefined;
  accept?: string | undefined;
  /** Called with each address before it is asked, redirects included; what it throws ends the fetch. */
  beforeHop?: ((url: string) => Promise<void>) | undefined;
  /** A file that a page is made of, which waits less at its host. */
  isPart?: boolean | undefined;
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
  /** `X-Robots-Tag` and `TDM-Reservation`: what the publisher wants done with the page. */
  robotsTag?: string | undefined;
  tdmReservation?: string | undefined;
  body: Buffer;
}

/**
 * Errors: `bad_url`, `blocked_address`, `timeout`, `too_large`, `too_many_redirects`, `http_status` (the server's
 * answer: `refusalOf`), `network`, `bad_encoding`, `host_paused`.
 */
export type Fetch = (url: string, options: FetchOptions) => Promise<Fetched>;

export interface FetcherOptions {
  userAgent: string;
  /** HOST or HOST:PORT entries that may be private or loopback. */
  allowHosts: string[];
  /** How long a server may say nothing: before its answer, and within it. */
  headersTimeoutMs: number;
  proxies?: Proxies | undefined;
  /** How long a whole fetch may take, waiting for its turn excepted. */
  totalTimeoutMs: number;
  maxRedirects: number;
}

export interface FetcherDeps {
  gate: HostGate;
  clock: Clock;
}

/** One request's outcome: a redirect to follow, or the answer. */
type Hop = { location: URL; isPermanent: boolean } | Fetched;

export function createFetcher(
  { clock, gate }: FetcherDeps,
  options: FetcherOptions,
): { fetch: Fetch; close(): Promise<void> } {
  const { allowHosts, headersTimeoutMs, maxRedirects, proxies, totalTimeoutMs, userAgent } = options;
  const dispatch = createDispatch({ allowHosts, proxies, silenceMs: headersTimeoutMs });

  async function fetchHop(url: URL, given: FetchOptions, signal: AbortSignal): Promise<Hop> {
    const {
      body,
      headers,
      statusCode: status,
    } = await request(url, {
      dispatcher: await dispatch.to(url),
      signal,
      headers: {
        'user-agent': userAgent,
        'accept-encoding': 'gzip, br, deflate',
        accept: given.accept ?? '*/*',
        ...(given.etag ? { 'if-none-match': given.etag } : {}),
        ...(given.lastModified ? { 'if-modified-since': given.lastModified } : {}),
      },
    });
    const header = (name: string) => String(headers[name] ?? '') || undefined;
    const location = header('location');
    if (status >= 300 && status < 400 && status !== 304 && location) {
      discard(body);
      return { location: parseUrl(location, url), isPermanent: status === 301 || status === 308 };
    }
    if (status !== 304 && (status < 200 || status > 299)) {
      discard(body);
      const retryAfter = header('retry-after');
      const pauseMs = retryAfterMs(retryAfter, clock());
      if (pauseMs && (status === 429 || status === 503)) {
        gate.pause(url, pauseMs);
      }
      throw statusError(url.href, { status, retryAfter });
    }
    return {
      status,
      url: url.href,
      notModified: status === 304,
      contentType: header('content-type'),
      etag: header('etag'),
      lastModified: header('last-modified'),
      cacheControl: header('cache-control'),
      robotsTag: header('x-robots-tag'),
      tdmReservation: header('tdm-reservation'),
      body: await readBody(body, {
        contentEncoding: header('content-encoding'),
        isStartEnough: given.isStartEnough,
        maxBytes: given.maxBytes,
        url: url.href,
      }),
    };
  }

  async function fetchFollowing(start: string, given: FetchOptions): Promise<Fetched> {
    let url = parseUrl(start);
    let permanentUrl: string | undefined;
    let isPermanent = true;
    let restMs = totalTimeoutMs;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const target = url;
      await given.beforeHop?.(target.href);
      const outcome = await gate.run(
        target,
        async () => {
          const startedAt = performance.now();
          const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(restMs)));
          try {
            return await fetchHop(target, given, AbortSignal.any([deadline, given.signal]));
          } finally {
            restMs -= performance.now() - startedAt;
          }
        },
        given.signal,
        { isPart: given.isPart },
      );
      if (!('location' in outcome)) {
        return { ...outcome, permanentUrl };
      }
      url = outcome.location;
      isPermanent &&= outcome.isPermanent;
      permanentUrl = isPermanent ? url.href : permanentUrl;
    }
    throw new BotError(
      'too_many_redirects',
      `${start} redirects more than ${maxRedirects} times; open it in a browser and use the final address`,
    );
  }

  return {
    async fetch(url, given) {
      try {
        return await fetchFollowing(url, given);
      } catch (error) {
        given.signal.throwIfAborted();
        throw asFetchError(url, error, totalTimeoutMs);
      }
    },
    close: dispatch.close,
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
