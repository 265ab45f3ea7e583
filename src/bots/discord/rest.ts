// Discord's REST API with retries that are ours. Everything that the adapter asks for may be asked for twice: posts
// carry a nonce, changes say the whole, what is gone counts as removed. Limits are obeyed by discord.js, which reads
// Discord's headers and waits before a window is full.
import { DiscordAPIError, REST, RESTJSONErrorCodes, type RequestMethod, type RouteLike } from 'discord.js';
import type { Clock } from '../../domain.js';
import { pause, type Timers } from '../timers.js';
import { createPace } from './pace.js';

export interface CallOptions {
  body?: unknown;
  query?: Record<string, string>;
  /** Calls that answer interactions carry their own token. */
  isOpen?: boolean;
  /** No try of `surely` begins later than this after the first; absent = a minute. */
  withinMs?: number;
  /** Ends the waiting between tries with its reason. */
  signal?: AbortSignal | undefined;
  /** A limit is not waited for: it is told as RateLimitError, and nothing was done. With it the signal ends the call, too. */
  isImpatient?: boolean;
}

export interface DiscordApi {
  /** One try; waits for a limit. Errors: DiscordAPIError = Discord says no; any other = nobody knows what happened. */
  once<T = unknown>(method: Method, path: string, options?: CallOptions): Promise<T>;
  /** Tries until it is done or refused. Errors: as `once`, the signal's reason. */
  surely<T = unknown>(method: Method, path: string, options?: CallOptions): Promise<T>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RestOptions {
  token: string;
  /** "https://discord.com/api" or any server that speaks it. */
  apiUrl: string;
  /** A call without an answer has failed after so long. */
  timeoutMs: number;
}

/** Discord allows 50 in any second; evenly spread, as two full halves of neighbouring seconds make one too full. */
const CALLS_A_SECOND = 45;
/** A thread of discord.js's queue for each channel is kept so long after its last call. */
const QUEUE_LIFE_MS = 60_000;
const WITHIN_MS = 60_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 8_000;

export interface RestDeps {
  clock: Clock;
  timers: Timers;
  /** How many share what Discord allows the bot: each takes an even part, used or not. Absent = this process alone. */
  replicas?: (() => number) | undefined;
}

export function createDiscordApi(
  { clock, replicas = () => 1, timers }: RestDeps,
  { apiUrl, timeoutMs, token }: RestOptions,
): DiscordApi {
  const shared = { api: apiUrl, retries: 0, timeout: timeoutMs, handlerSweepInterval: QUEUE_LIFE_MS };
  const rest = new REST({ ...shared, globalRequestsPerSecond: CALLS_A_SECOND }).setToken(token);
  const callTurn = createPace(timers, () => (1000 / CALLS_A_SECOND) * replicas());
  // Answers to interactions stand outside the limit of all calls, and must not wait for it.
  const openRest = new REST({ ...shared, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER });
  const impatientRest = new REST({
    ...shared,
    globalRequestsPerSecond: CALLS_A_SECOND,
    rejectOnRateLimit: () => true,
  }).setToken(token);

  async function once<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
    const { body, isImpatient = false, isOpen = false, query, signal } = options;
    const request = {
      method: method as RequestMethod,
      fullRoute: path as RouteLike,
      auth: !isOpen,
      ...(body === undefined ? {} : { body }),
      ...(query ? { query: new URLSearchParams(query) } : {}),
      ...(isImpatient && signal ? { signal } : {}),
    };
    await (isOpen ? undefined : callTurn());
    return (await (isOpen ? openRest : isImpatient ? impatientRest : rest).request(request)) as T;
  }

  async function surely<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
    const end = clock().getTime() + (options.withinMs ?? WITHIN_MS);
    for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
      options.signal?.throwIfAborted();
      try {
        return await once<T>(method, path, options);
      } catch (error) {
        if (error instanceof DiscordAPIError || clock().getTime() + waitMs > end) {
          throw error;
        }
        await pause(timers, waitMs * (1 + Math.random() / 4), options.signal);
      }
    }
  }

  return { once, surely };
}

/** Whether Discord said no; with codes: no with one of these. */
export function isRefusal(error: unknown, ...codes: number[]): error is DiscordAPIError {
  return error instanceof DiscordAPIError && (codes.length === 0 || codes.includes(Number(error.code)));
}

/** What Discord says no with, as far as it matters here. */
export const REFUSALS = {
  unknownChannel: RESTJSONErrorCodes.UnknownChannel,
  unknownMessage: RESTJSONErrorCodes.UnknownMessage,
  alreadyAcknowledged: RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  missingAccess: RESTJSONErrorCodes.MissingAccess,
  missingPermissions: RESTJSONErrorCodes.MissingPermissions,
  wrongChannelType: RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  threadExists: RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
  threadLocked: RESTJSONErrorCodes.ThreadLocked,
  tooManyThreads: RESTJSONErrorCodes.MaximumActiveThreads,
} as const;
