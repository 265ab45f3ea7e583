// The Slack adapter with what belongs to it, from settings: one workspace by a token or many by OAuth; sockets or HTTP.
import { randomBytes } from 'node:crypto';
import type { Logger } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { DigestDesk } from '../digest-desk.js';
import type { BotPlatform } from '../ports.js';
import type { Timers } from '../timers.js';
import { createHttpTransport } from './http-transport.js';
import { createOAuth, type OAuth } from './oauth.js';
import { createPooledFetch, type Fetch } from './pooled-fetch.js';
import type { FeedLine, InstallationStore } from './ports.js';
import { createSdkLogger } from './sdk-logger.js';
import { createSlackBot } from './slack-bot.js';
import { createSocketTransport, type Transport } from './socket-transport.js';
import { createSlackApi, type SlackApi } from './web-api.js';
import { manyWorkspaces, oneWorkspace, type Workspaces } from './workspace.js';

export interface SlackSecrets {
  botToken?: string | undefined;
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Any server that speaks Slack's Web API; absent = Slack. */
  apiUrl?: string | undefined;
  /** Derives the keys that seal installations. */
  own: string;
}

export interface SlackSettings {
  /** `socket` needs no public address; `http` stands behind one. */
  mode: 'socket' | 'http';
  /** 1 to 10 sockets. */
  sockets: number;
  /** Of HTTP mode, and of the pages that install the app. */
  port: number;
  callTimeoutSeconds: number;
}

export interface SlackDeps {
  log: Log;
  /** The real time. */
  clock: Clock;
  /** The time that the ages of sources are told by. */
  newsClock: Clock;
  timers: Timers;
  installations: InstallationStore;
  feeds(): Promise<FeedLine[]>;
  /** How Slack is reached: a proxy; absent = straight there. */
  way?: Dispatcher | undefined;
  digests?: DigestDesk | undefined;
}

export const SLACK_API_URL = 'https://slack.com/api/';
/** Where people agree to an installation, on the server that has the API. */
const AUTHORIZE_PATH = '/oauth/v2/authorize';
/** The SDK takes a socket for dead after so long without a pong. */
const PING_TIMEOUT_MS = 5_000;

/** Errors: `slack_token_missing` with the name of the variable. Nothing is opened before `start`. */
export function openSlack(deps: SlackDeps, secrets: SlackSecrets, settings: SlackSettings): BotPlatform {
  const { clock, log } = deps;
  const logger = createSdkLogger(log);
  const apiUrl = secrets.apiUrl ?? SLACK_API_URL;
  const timeoutMs = settings.callTimeoutSeconds * 1000;
  const fetch = createPooledFetch(deps.way);
  const apiFor = (token: string) => createSlackApi({ ...deps, fetch, logger }, { token, apiUrl, timeoutMs });
  const oauth = oauthOf({ ...deps, fetch }, secrets);
  const workspaces = workspacesOf(secrets, oauth, apiFor);

  return createSlackBot({
    ...deps,
    logger,
    workspaces,
    transport: transportOf({ ...deps, fetch, logger }, secrets, settings, oauth),
    async onUninstalled(team) {
      await oauth?.remove(team);
      log.warn('a slack workspace removed the app');
    },
    clock,
  });
}

function oauthOf(
  { clock, fetch, installations }: SlackDeps & { fetch: Fetch },
  { apiUrl = SLACK_API_URL, botToken, clientId, clientSecret, own }: SlackSecrets,
): OAuth | undefined {
  return clientId && clientSecret && botToken === undefined
    ? createOAuth(
        { clock, fetch, store: installations },
        { clientId, clientSecret, apiUrl, authorizeUrl: new URL(AUTHORIZE_PATH, apiUrl).href, secret: own },
      )
    : undefined;
}

function workspacesOf(
  { botToken }: SlackSecrets,
  oauth: OAuth | undefined,
  apiFor: (token: string) => SlackApi,
): Workspaces {
  return oauth
    ? manyWorkspaces(oauth.read, apiFor)
    : oneWorkspace(needed(botToken, 'SLACK_BOT_TOKEN', 'the bot token (xoxb-…) of your app'), apiFor);
}

function transportOf(
  deps: Pick<SlackDeps, 'log' | 'timers' | 'way'> & { fetch: Fetch; logger: Logger },
  { apiUrl = SLACK_API_URL, appToken, signingSecret }: SlackSecrets,
  { callTimeoutSeconds, mode, port, sockets }: SlackSettings,
  oauth: OAuth | undefined,
): Transport {
  if (mode === 'http') {
    const secret = needed(signingSecret, 'SLACK_SIGNING_SECRET', 'the signing secret of your app');
    return createHttpTransport(deps, { signingSecret: secret, port, oauth: oauth?.receiverOptions });
  }
  const token = needed(appToken, 'SLACK_APP_TOKEN', 'an app-level token (xapp-…) with connections:write');
  const callTimeoutMs = callTimeoutSeconds * 1000;
  const options = { appToken: token, apiUrl, sockets, pingTimeoutMs: PING_TIMEOUT_MS, callTimeoutMs };
  const socket = createSocketTransport(deps, options);
  // Events come by socket; only the pages that install the app are served, and no request there is Slack's.
  const pages =
    oauth &&
    createHttpTransport(deps, {
      signingSecret: randomBytes(32).toString('hex'),
      port,
      oauth: oauth.receiverOptions,
    });
  return pages ? both(socket, pages) : socket;
}

function both(first: Transport, second: Transport): Transport {
  return {
    init(app) {
      first.init(app);
      second.init(app);
    },
    start: () => Promise.all([first.start(), second.start()]),
    stop: () => Promise.all([first.stop(), second.stop()]),
    isOpen: first.isOpen,
  };
}

function needed(value: string | undefined, name: string, what: string): string {
  if (!value) {
    throw new BotError(
      'slack_token_missing',
      `${name} is not set: it is ${what} (README, "Slack in five steps")`,
    );
  }
  return value;
}
