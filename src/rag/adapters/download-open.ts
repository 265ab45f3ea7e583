// Opens a download at a byte: follows the hub to its content network, and finds out whether the rest that is
// offered belongs to the beginning that is there.
import { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import { BotError } from '../../errors.js';
import type { PartNote } from './download-part.js';

export interface Opened {
  body: Readable;
  /** The byte that the body begins at: where the part ends, or 0. */
  from: number;
  /** Bytes of the whole file; absent = the server does not say. */
  total: number | undefined;
  /** The file's SHA-256 as the hub names it. */
  sha256: string | undefined;
  /** Tells this edition of the file from another: its checksum or its ETag. */
  validator: string | undefined;
}

export interface OpenOptions {
  agent: Dispatcher;
  token?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Bytes that are there. */
  from: number;
  /** What they belong to; absent = unknown, so that only a checksum can tell. */
  note?: PartNote | undefined;
}

const MOST_REDIRECTS = 5;
const SILENCE_MS = 30_000;
const RANGE_NOT_SATISFIABLE = 416;

/** Errors: `download_refused`, `download_missing`, `download_failed` for what does not pass; others may. */
export async function openDownload(start: string, options: OpenOptions): Promise<Opened> {
  const { agent, note, signal, token } = options;
  let { from } = options;
  let url = new URL(start);
  let sha256: string | undefined;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await request(url, {
      headers: {
        'accept-encoding': 'identity',
        ...(from > 0 ? { range: `bytes=${from}-` } : {}),
        ...(token && url.origin === new URL(start).origin ? { authorization: `Bearer ${token}` } : {}),
      },
      signal: signal ?? null,
      dispatcher: agent,
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
    });
    const { headers, statusCode } = response;
    const body = Readable.from(response.body);
    const again = async (change: Partial<OpenOptions>) => {
      await response.body.dump();
      return openDownload(start, { ...options, ...change });
    };
    sha256 ??= /^"?([\da-f]{64})"?$/.exec(text(headers['x-linked-etag']))?.[1];
    const validator = sha256 ?? (text(headers['etag']) || undefined);
    if (statusCode >= 300 && statusCode < 400 && headers['location']) {
      await response.body.dump();
      url = nextHop(url, text(headers['location']));
      // The hub's file has changed since: the beginning that is there belongs to another one.
      from = sha256 && note?.validator && note.validator !== sha256 ? 0 : from;
      continue;
    }
    if (statusCode === RANGE_NOT_SATISFIABLE && from > 0) {
      const size = Number(/\/(\d+)$/.exec(text(headers['content-range']))?.[1]);
      if (size === from) {
        // Killed between the last byte and the last step.
        await response.body.dump();
        return { body: Readable.from([]), from, total: size, sha256, validator };
      }
      return again({ from: 0 });
    }
    if (statusCode !== 200 && statusCode !== 206) {
      await response.body.dump();
      throw statusFailure(url, statusCode);
    }
    const length = Number(headers['content-length'] ?? Number.NaN);
    const size = Number.isFinite(length) ? length : undefined;
    if (statusCode === 200) {
      return { body, from: 0, total: size, sha256, validator };
    }
    const isOther = note?.validator !== undefined && validator !== undefined && note.validator !== validator;
    const [, at, all] = /^bytes (\d+)-\d+\/(\d+)$/.exec(text(headers['content-range'])) ?? [];
    if (isOther || (at !== undefined && Number(at) !== from)) {
      return again({ from: 0, note: undefined });
    }
    const total = all === undefined ? (size === undefined ? undefined : from + size) : Number(all);
    return { body, from, total, sha256, validator };
  }
  throw new BotError('download_failed', `${start} redirects more than ${MOST_REDIRECTS} times`);
}

function nextHop(url: URL, location: string): URL {
  const next = new URL(location, url);
  if (url.protocol === 'https:' && next.protocol !== 'https:') {
    throw new BotError('download_failed', `${url.origin} leads to ${next.origin}, which is not encrypted`);
  }
  return next;
}

/** What will not pass is a BotError, what may is not. */
function statusFailure(url: URL, status: number): Error {
  // The query of a content network's address is a signature.
  const address = `${url.origin}${url.pathname}`;
  switch (status) {
    case 401:
    case 403:
      return new BotError('download_refused', `${address} wants a reader who is signed in (${status})`);
    case 404:
    case 410:
      return new BotError('download_missing', `${address} is not there (${status})`);
    default:
      return new Error(`${address} answered ${status}`);
  }
}

function text(header: string | string[] | undefined): string {
  return String(header ?? '');
}
