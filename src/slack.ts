// Slack as `start` and `doctor` open it; Bolt is loaded only where a token is set.
import type { Dispatcher } from 'undici';
import type { RecordChange } from './bots/changes.js';
import type { DigestDesk } from './bots/digest-desk.js';
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { Settings } from './config.js';
import type { Clock } from './domain.js';
import { feedLines } from './feed-lines.js';
import { createLog, type Log } from './log.js';
import { once } from './once.js';
import type { Check } from './ops/doctor.js';
import type { Store } from './store/open-store.js';

const CONNECT_MS = 10_000;

/** Undefined = neither a bot token nor the id of an app that workspaces install is set. */
export async function openSlackPlatform(
  parts: { digests: DigestDesk; log: Log; newsClock: Clock; store: Store; record: RecordChange },
  { secrets, slack }: Settings,
  own: string,
): Promise<BotPlatform | undefined> {
  const { digests, log, newsClock, record, store } = parts;
  if (!secrets.slack.botToken && !secrets.slack.clientId) {
    return undefined;
  }
  const { openSlack } = await import('./bots/slack/open-slack.js');
  const installations = recordedInstallations(store.installations, record);
  const feeds = () => feedLines(store.feeds, newsClock());
  const deps = {
    ...{ log, clock: () => new Date(), newsClock, timers: realTimers, installations, feeds, digests },
    way: await wayOf(secrets.proxies),
  };
  return openSlack(deps, { ...secrets.slack, own }, slack);
}

/** Workspaces that install the app and that take it back, told to the log of changes; Slack does not say who did it. */
function recordedInstallations(
  installations: Store['installations'],
  record: RecordChange,
): Store['installations'] {
  const told = (team: string, action: string) =>
    record({ platform: 'slack', tenant: team, user: '', action, subject: '', details: '' });
  return {
    ...installations,
    async put(team, sealed, at) {
      await installations.put(team, sealed, at);
      await told(team, 'app installed');
    },
    async remove(team) {
      await installations.remove(team);
      await told(team, 'app removed');
    },
  };
}

/** Undefined = straight there: no proxy is named. */
async function wayOf(proxies: Settings['secrets']['proxies']): Promise<Dispatcher | undefined> {
  if (!proxies.http && !proxies.https) {
    return undefined;
  }
  const { createHttpAgent } = await import('./rag/adapters/http-agent.js');
  return createHttpAgent(proxies, { connectMs: CONNECT_MS });
}

/** For `doctor`; [] = no bot token is set. */
export function slackChecksFor({ bots, logLevel, secrets, slack }: Settings): Check[] {
  if (!secrets.slack.botToken) {
    return [];
  }
  const load = once(async () => {
    const { slackChecks } = await import('./bots/slack/check-slack.js');
    const deps = {
      ...{ clock: () => new Date(), timers: realTimers, log: createLog(logLevel) },
      way: await wayOf(secrets.proxies),
    };
    const channels = bots.channels.allow;
    return slackChecks(deps, { secrets: { ...secrets.slack, own: '' }, mode: slack.mode, channels });
  });
  return ['token', 'scopes', 'transport', 'channels'].map((name, at) => ({
    name: `slack ${name}`,
    run: async (signal) => (await load())[at]?.run(signal) ?? { status: 'ok', fact: 'nothing to check' },
  }));
}
