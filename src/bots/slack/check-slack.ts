// What `doctor` looks at in Slack: the tokens, what they may do, whether a socket opens, and where the bot is a
// member. Each says what is missing by its name.
import { SocketModeReceiver } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../domain.js';
import type { Log } from '../../log.js';
import type { Timers } from '../timers.js';
import { failureOf, isFailure, type SlackFailure } from './call-failure.js';
import { SCOPES } from './oauth.js';
import { SLACK_API_URL, type SlackSecrets } from './open-slack.js';
import { createPooledFetch, type Fetch } from './pooled-fetch.js';
import { createSdkLogger } from './sdk-logger.js';
import { createSlackApi, type SlackApi } from './web-api.js';

export interface SlackCheck {
  name: string;
  run(signal: AbortSignal): Promise<{ status: 'ok' | 'warn' | 'fail'; fact: string; fix?: string }>;
}

type Result = Awaited<ReturnType<SlackCheck['run']>>;

export interface SlackCheckOptions {
  secrets: SlackSecrets;
  mode: 'socket' | 'http';
  /** Ids of the only channels that are answered in; [] = all that the bot is in. */
  channels: string[];
}

const MANIFEST = 'paste config/slack-manifest.yaml into the app once more and install it again';

/** [] = Slack is not set up, and nothing is wrong with that. */
export function slackChecks(
  deps: { clock: Clock; timers: Timers; log: Log; way?: Dispatcher | undefined },
  { channels, mode, secrets }: SlackCheckOptions,
): SlackCheck[] {
  const { apiUrl = SLACK_API_URL, appToken, botToken, signingSecret } = secrets;
  if (!botToken) {
    return [];
  }
  const logger = createSdkLogger(deps.log);
  const fetch = createPooledFetch(deps.way);
  const api = createSlackApi({ ...deps, fetch, logger }, { token: botToken, apiUrl, timeoutMs: 10_000 });
  const way: SlackCheck =
    mode === 'http'
      ? { name: 'slack transport', run: async () => checkSecret(signingSecret) }
      : { name: 'slack transport', run: () => checkSocket({ ...deps, fetch }, appToken, apiUrl) };
  return [
    { name: 'slack token', run: () => told(checkToken(api), 'SLACK_BOT_TOKEN') },
    { name: 'slack scopes', run: () => told(checkScopes(api), 'SLACK_BOT_TOKEN') },
    way,
    { name: 'slack channels', run: () => told(checkChannels(api, channels), 'SLACK_BOT_TOKEN') },
  ];
}

async function checkToken(api: SlackApi): Promise<Result> {
  const { team, user } = await api.once<{ team: string; user: string }>('auth.test');
  return { status: 'ok', fact: `${user} in ${team}` };
}

async function checkScopes(api: SlackApi): Promise<Result> {
  const { response_metadata: about } = await api.once<{ response_metadata?: { scopes?: string[] } }>(
    'auth.test',
  );
  const given = about?.scopes ?? [];
  const missing = SCOPES.filter((scope) => !given.includes(scope));
  return missing.length === 0
    ? { status: 'ok', fact: `all ${SCOPES.length} that it needs` }
    : { status: 'fail', fact: `missing: ${missing.join(', ')}`, fix: MANIFEST };
}

async function checkChannels(api: SlackApi, wanted: string[]): Promise<Result> {
  const { channels } = await api.once<{ channels: { id: string; name: string }[] }>('users.conversations', {
    types: 'public_channel,private_channel',
    exclude_archived: true,
    limit: 200,
  });
  const missing = wanted.filter((id) => !channels.some((channel) => channel.id === id));
  if (missing.length > 0) {
    return {
      status: 'fail',
      fact: `not a member of ${missing.join(', ')}, which bots.channels.allow names`,
      fix: 'in that channel: /invite @third-umpire',
    };
  }
  const names = channels.slice(0, 3).map(({ name }) => `#${name}`);
  return channels.length > 0
    ? {
        status: 'ok',
        fact: `member of ${channels.length}: ${names.join(', ')}${channels.length > 3 ? ', …' : ''}`,
      }
    : { status: 'warn', fact: 'member of no channel', fix: 'in a channel: /invite @third-umpire' };
}

/** Opens a socket and closes it again; what Slack sends to it meanwhile comes again on another. */
async function checkSocket(
  { fetch, log, way }: { fetch: Fetch; log: Log; way?: Dispatcher | undefined },
  appToken: string | undefined,
  apiUrl: string,
): Promise<Result> {
  if (!appToken) {
    const fix = 'make an app-level token with connections:write, or set slack.mode to http';
    return { status: 'fail', fact: 'SLACK_APP_TOKEN is not set', fix };
  }
  const { client } = new SocketModeReceiver({
    appToken,
    logger: createSdkLogger(log),
    autoReconnectEnabled: false,
    ...(way ? { dispatcher: way } : {}),
    installerOptions: {
      clientOptions: { slackApiUrl: apiUrl, timeout: 10_000, retryConfig: { retries: 0 }, fetch },
    },
  });
  try {
    await client.start();
    return { status: 'ok', fact: 'opens' };
  } catch (error) {
    return failed(failureOf('the socket', error ?? new Error('closed while it opened')), 'SLACK_APP_TOKEN');
  } finally {
    await client.disconnect().catch(() => {});
  }
}

async function checkSecret(signingSecret: string | undefined): Promise<Result> {
  return signingSecret
    ? { status: 'ok', fact: 'the signing secret is set' }
    : {
        status: 'fail',
        fact: 'SLACK_SIGNING_SECRET is not set',
        fix: 'copy it from Basic Information of the app',
      };
}

async function told(result: Promise<Result>, variable: string): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if (isFailure(error)) {
      return failed(error, variable);
    }
    throw error;
  }
}

function failed(failure: SlackFailure, variable: string): Result {
  if (failure.code === 'missing_scope') {
    return { status: 'fail', fact: `missing: ${failure.needed ?? 'a scope'}`, fix: MANIFEST };
  }
  const isToken = /auth|token|account/.test(failure.code);
  return {
    status: 'fail',
    fact: isToken ? `${variable} is refused (${failure.code})` : failure.message,
    fix: isToken ? `copy ${variable} from the app's page once more` : 'is slack.com reachable from here?',
  };
}
