// What went wrong with a fetch, in words for people.
import { BotError, describeError, isBotError } from '../errors.js';

/** What a refusing server said; the cause of an `http_status` error. */
export interface Refusal {
  status: number;
  retryAfter?: string | undefined;
}

/** The answer of the server behind an `http_status` error; undefined for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  return isBotError(error, 'http_status') ? (error.cause as Refusal) : undefined;
}

export function statusError(url: string, refusal: Refusal): BotError {
  const { status } = refusal;
  const words = STATUSES[status] ?? (status >= 500 ? 'its server has a problem' : undefined);
  return new BotError('http_status', `${url} answered ${status}${words ? ` (${words})` : ''}`, {
    cause: refusal,
  });
}

/** Any failure of a fetch as a BotError: `timeout`, `bad_encoding`, `network`, or what it was. */
export function asFetchError(url: string, error: unknown, totalTimeoutMs: number): BotError {
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
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR_')) {
    return new BotError('bad_encoding', `${url} sent a body that cannot be decompressed`, { cause: error });
  }
  return new BotError('network', `${url} cannot be reached: ${NETWORK[code] ?? describeError(error)}`, {
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

const STATUSES: Record<number, string> = {
  401: 'it wants a login',
  403: 'it refuses us',
  404: 'no such page; check the address',
  410: 'gone for good',
  429: 'too many requests',
  451: 'blocked for legal reasons',
};
