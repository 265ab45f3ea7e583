// The Slack adapter against the loopback Slack, for tests: its parts as main.ts puts them together, with short
// timeouts, and a core that only writes down what it is told.
import { onTestFinished } from 'vitest';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import type { Bot, BotPlatform, Turn } from '#src/bots/ports.js';
import { createPooledFetch } from '#src/bots/slack/pooled-fetch.js';
import type { FeedLine } from '#src/bots/slack/ports.js';
import { createSdkLogger } from '#src/bots/slack/sdk-logger.js';
import { createSlackBot } from '#src/bots/slack/slack-bot.js';
import { createSocketTransport } from '#src/bots/slack/socket-transport.js';
import { createSlackApi, type SlackApi } from '#src/bots/slack/web-api.js';
import { oneWorkspace } from '#src/bots/slack/workspace.js';
import { realTimers, type Timers } from '#src/bots/timers.js';
import type { Answer, Citation } from '#src/domain.js';
import type { VirtualClock } from '../fakes/clock.js';
import type { FakeSlack } from '../fakes/slack/open-fake-slack.js';
import type { FakeChannel, FakeMessage } from '../fakes/slack/state.js';
import { until } from './slack.js';
import { watchedLog } from './watched-log.js';

const pooledFetch = createPooledFetch();
const CALL_TIMEOUT_MS = 5_000;

/** The machine's time, run through twenty times as fast: pauses between tries are not what is tested. */
const hastyTimers: Timers = {
  after: (ms, run) => realTimers.after(ms / 20, run),
  every: (ms, run) => realTimers.every(ms / 20, run),
};

export interface AdapterOptions {
  sockets?: number;
  feeds?: FeedLine[];
  digests?: DigestDesk;
  callTimeoutMs?: number;
  /** Time that tests move; absent = the machine's. */
  clock?: VirtualClock;
  timers?: Timers;
  /** Once true, nothing that it does reaches Slack: its process was killed. */
  isKilled?: () => boolean;
}

/** Not started: `platform.start(bot)` opens its sockets; without it answers can be shown all the same. */
export function slackAdapter(
  slack: FakeSlack,
  {
    callTimeoutMs = CALL_TIMEOUT_MS,
    isKilled = () => false,
    clock,
    digests,
    feeds = [],
    sockets = 1,
    timers = clock ? timersOf(clock) : hastyTimers,
  }: AdapterOptions = {},
): BotPlatform {
  const log = watchedLog();
  const logger = createSdkLogger(log);
  const now = () => new Date(slack.clock.now());
  const apiOptions = { apiUrl: slack.apiUrl, timeoutMs: callTimeoutMs };
  const apiFor = (token: string) => {
    const { limitedMs, once, surely } = createSlackApi(
      { clock: now, timers, fetch: pooledFetch, logger },
      { ...apiOptions, token },
    );
    const alive =
      <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
      (...args: A): Promise<T> =>
        isKilled() ? new Promise(() => {}) : call(...args);
    return { limitedMs, once: alive(once), surely: alive(surely) } as SlackApi;
  };
  const transport = createSocketTransport(
    { log, logger, timers: hastyTimers },
    {
      appToken: slack.appToken,
      apiUrl: slack.apiUrl,
      sockets,
      pingTimeoutMs: 5_000,
      callTimeoutMs: CALL_TIMEOUT_MS,
    },
  );
  return createSlackBot({
    workspaces: oneWorkspace(slack.team.botToken, apiFor),
    transport,
    clock: now,
    newsClock: now,
    timers,
    log,
    logger,
    feeds: async () => feeds,
    digests,
    onUninstalled: async () => {},
  });
}

export function timersOf(clock: VirtualClock): Timers {
  return {
    after: (ms, run) => clock.after(ms, run),
    every(ms, run) {
      let stop = () => {};
      const again = () => {
        stop = clock.after(ms, () => {
          run();
          again();
        });
      };
      again();
      return () => stop();
    },
  };
}

/** Starts the adapter with a bot, for the length of the test. */
export async function startAdapter(
  slack: FakeSlack,
  bot: Bot,
  options: AdapterOptions = {},
): Promise<BotPlatform> {
  const platform = slackAdapter(slack, options);
  onTestFinished(async () => {
    await platform.pause();
    await platform.stop();
  });
  await platform.start(bot);
  // Hasty timers make it give up waiting for the first socket early.
  await until(() => slack.sockets.count() > 0);
  return platform;
}

/** A turn for a question somebody asked; `recorded` is what the adapter said it posted. */
export function aTurn(
  slack: FakeSlack,
  channel: FakeChannel,
  question: FakeMessage,
  over: Partial<Turn> = {},
): Turn & { recorded: string[][] } {
  const recorded: string[][] = [];
  return {
    platform: 'slack',
    tenant: slack.team.id,
    channel: channel.id,
    thread: question.threadTs ?? question.ts,
    questionId: `q-${question.ts}`,
    user: question.user,
    message: question.ts,
    way: 'mention',
    text: question.text,
    attempt: 1,
    posted: [],
    signal: new AbortController().signal,
    mayPost: async () => true,
    record: async (posted) => {
      recorded.push(posted);
    },
    recorded,
    ...over,
  };
}

export function aCitation(n: number, over: Partial<Citation> = {}): Citation {
  return {
    n,
    url: `https://news.example/report-${n}`,
    title: `Report ${n}`,
    publisher: 'The Example',
    publishedAt: '2023-12-19T13:05:00.000Z',
    quote: 'as it was said',
    ...over,
  };
}

export function anAnswer(over: Partial<Answer> = {}): Answer {
  return {
    text: '',
    citations: [],
    retrieved: [],
    abstained: false,
    publishersAgree: 0,
    warnings: [],
    dropped: 0,
    generator: 'test',
    ...over,
  };
}
