// Slack's Web API with retries that are ours. The SDK's own (ten in half an hour, whatever the method) post a message
// twice when only its answer was lost; here a call says whether it may be done twice.
import { type Logger, webApi } from '@slack/bolt';
import type { Clock } from '../../domain.js';
import { pause, type Timers } from '../timers.js';
import { failureOf, SlackFailure } from './call-failure.js';
import { createLimitedLine } from './limited-line.js';
import type { Fetch } from './pooled-fetch.js';

export interface SlackApiDeps {
  clock: Clock;
  timers: Timers;
  /** One pool of connections for all workspaces: they are all at one host. */
  fetch: Fetch;
  /** The SDK's own lines. */
  logger: Logger;
}

export interface SlackApiOptions {
  token: string;
  /** "https://slack.com/api/" or any server that speaks it. */
  apiUrl: string;
  /** A call without an answer has failed after so long. */
  timeoutMs: number;
}

export interface CallOptions<T = unknown> {
  /** Ends the waiting between tries with its reason. */
  signal?: AbortSignal | undefined;
  /** No try begins later than this after the first; absent = a minute. */
  withinMs?: number;
  /** Asked when a try may have taken effect: gives what it did, or undefined when it did nothing. */
  recover?: () => Promise<T | undefined>;
}

export interface SlackApi {
  /** 0 = a call of this method may pass; else how long Slack lets it wait, at least. */
  limitedMs(method: string): number;
  /** One try. While Slack has told us to wait with this method it fails as `limited` at once. Error: SlackFailure. */
  once<T = object>(method: string, args?: object): Promise<T>;
  /**
   * Tries until it is done or refused: for what may be done twice, or can be looked up (`recover`). Error: SlackFailure,
   * the signal's reason.
   */
  surely<T = object>(method: string, args?: object, options?: CallOptions<T>): Promise<T>;
}

/** The core gives an answer a minute and a half to be shown. */
const WITHIN_MS = 60_000;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;
/** Whatever Slack says, a method is tried again after so long. */
const LONGEST_CLOSED_MS = 3_600_000;

export function createSlackApi(
  { clock, fetch, logger, timers }: SlackApiDeps,
  options: SlackApiOptions,
): SlackApi {
  const client = new webApi.WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    timeout: options.timeoutMs,
    retryConfig: { retries: 0 },
    fetch,
    rejectRateLimitedCalls: true,
    logger,
  });
  /** When a method may be called again, in milliseconds since 1970. */
  const closedUntil = new Map<string, number>();
  const line = createLimitedLine();

  const closedMs = (method: string) => Math.max(0, (closedUntil.get(method) ?? 0) - clock().getTime());

  async function once<T>(method: string, args: object = {}): Promise<T> {
    const waitMs = closedMs(method);
    if (waitMs > 0) {
      throw new SlackFailure(method, { kind: 'limited', code: 'ratelimited', waitMs });
    }
    try {
      return (await client.apiCall(method, args as Record<string, unknown>)) as T;
    } catch (error) {
      const failure = failureOf(method, error);
      if (failure.kind === 'limited') {
        closedUntil.set(method, clock().getTime() + Math.min(failure.waitMs, LONGEST_CLOSED_MS));
      }
      throw failure;
    }
  }

  async function surely<T>(method: string, args: object = {}, options: CallOptions<T> = {}): Promise<T> {
    const end = clock().getTime() + (options.withinMs ?? WITHIN_MS);
    const first = line.isOpen(method) ? await tryFor(method, args, options, end, true) : undefined;
    const done = first ?? (await line.wait(method, () => tryFor(method, args, options, end, false)));
    return done?.result as T;
  }

  /** Undefined = turned away, and `leaves` then. */
  async function tryFor<T>(
    method: string,
    args: object,
    { recover, signal }: CallOptions<T>,
    end: number,
    leaves: boolean,
  ): Promise<{ result: T } | undefined> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      signal?.throwIfAborted();
      try {
        return { result: await once<T>(method, args) };
      } catch (error) {
        const failure = failureOf(method, error);
        const waitMs = failure.kind === 'limited' ? failure.waitMs : pauseMs * (1 + Math.random() / 4);
        if (failure.kind === 'refused' || clock().getTime() + waitMs > end) {
          throw failure;
        }
        if (failure.kind === 'limited' && leaves) {
          return undefined;
        }
        await pause(timers, waitMs, signal);
        const done = failure.kind === 'unknown' ? await recover?.() : undefined;
        if (done !== undefined) {
          return { result: done };
        }
      }
    }
  }

  return {
    once,
    surely,
    limitedMs: (method) => Math.max(closedMs(method), line.isOpen(method) ? 0 : FIRST_PAUSE_MS),
  };
}
