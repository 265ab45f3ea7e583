// Socket Mode: no public address, a token pair, one socket or several that Slack fills by turns. The SDK's own way to
// reconnect ends the process when a try fails, and waits five seconds before each; here every socket comes back by
// itself, at once the first time, and one that is asked to go is replaced while the others hear on.
import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import type { Log } from '../../log.js';
import { pause, type Timers } from '../timers.js';
import { ackLast } from './ack-last.js';
import { failureOf } from './call-failure.js';
import type { Fetch } from './pooled-fetch.js';

export interface SocketTransportDeps {
  log: Log;
  logger: Logger;
  timers: Timers;
  /** How Slack's Web API is reached; absent = the runtime's own. */
  fetch?: Fetch | undefined;
  /** How its sockets are; absent = straight there. */
  way?: Dispatcher | undefined;
}

export interface SocketTransportOptions {
  appToken: string;
  apiUrl: string;
  /** 1 to 10, as Slack allows. */
  sockets: number;
  /** A socket without a sign of life has failed after so long. */
  pingTimeoutMs: number;
  /** Calls of Slack without an answer have failed after so long. */
  callTimeoutMs: number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Tokens that are wrong stay wrong. */
const HOPELESS = new Set([
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'account_inactive',
  'token_revoked',
  'missing_scope',
]);

/** How Slack reaches us. */
export interface Transport extends Receiver {
  /** Whether events can come at the moment. */
  isOpen(): boolean;
}

export function createSocketTransport(
  { fetch, log, logger, timers, way }: SocketTransportDeps,
  options: SocketTransportOptions,
): Transport {
  const { apiUrl, appToken, callTimeoutMs, pingTimeoutMs, sockets } = options;
  const receivers = Array.from(
    { length: sockets },
    () =>
      new SocketModeReceiver({
        appToken,
        logger,
        ...(way ? { dispatcher: way } : {}),
        autoReconnectEnabled: false,
        clientPingTimeout: pingTimeoutMs,
        installerOptions: {
          // Of its own: the SDK changes what it is given.
          clientOptions: {
            ...{ slackApiUrl: apiUrl, timeout: callTimeoutMs, retryConfig: { retries: 0 } },
            ...(fetch ? { fetch } : {}),
          },
        },
      }),
  );
  const ended = new AbortController();
  let open = 0;
  let lives: Promise<void>[] = [];

  /** Holds one socket open until the end. Rejects only when the first connection can never come to be. */
  async function live({ client }: SocketModeReceiver, onConnected: () => void): Promise<void> {
    let pauseMs = 0;
    while (!ended.signal.aborted) {
      try {
        await client.start();
        const gone = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
        log.debug('slack socket open');
        pauseMs = 0;
        open += 1;
        onConnected();
        await gone;
        open -= 1;
      } catch (error) {
        const failure = failureOf(
          'apps.connections.open',
          error ?? new Error('the socket closed while it opened'),
        );
        if (HOPELESS.has(failure.code)) {
          log.error({ code: failure.code }, 'slack refuses the app token; no events until it is mended');
          throw failure;
        }
        pauseMs = Math.min(Math.max(pauseMs * 2, FIRST_PAUSE_MS, failure.waitMs), LONGEST_PAUSE_MS);
        log.warn({ why: failure.message, pauseMs }, 'slack socket cannot be opened yet');
        await pause(timers, pauseMs, ended.signal).catch(() => {});
      }
    }
  }

  return {
    init(app: App) {
      for (const receiver of receivers) {
        receiver.init(ackLast(app, log));
      }
    },

    /** Comes back when the first socket is open. */
    async start() {
      await new Promise<void>((resolve, reject) => {
        lives = receivers.map((receiver) => live(receiver, resolve));
        Promise.all(lives).catch(reject);
      });
    },

    isOpen: () => open > 0,

    async stop() {
      ended.abort();
      await Promise.all(receivers.map(({ client }) => client.disconnect().catch(() => {})));
      await Promise.allSettled(lives);
    },
  };
}
