// How Slack reaches the adapter: sockets that come back whatever happens, and signed requests.

import { App } from '@slack/bolt';
import { expect, it, onTestFinished } from 'vitest';
import { createHttpTransport } from '#src/bots/slack/http-transport.js';
import { createSdkLogger } from '#src/bots/slack/sdk-logger.js';
import { signed } from '../../fakes/slack/http-delivery.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { recordingBot } from '../../helpers/recording-bot.js';
import { startSlack, until } from '../../helpers/slack.js';
import { startAdapter } from '../../helpers/slack-bot.js';
import { watchedLog } from '../../helpers/watched-log.js';

it.each(['warning', 'refresh_requested'] as const)(
  'comes back when Slack says %s, and misses nothing',
  async (reason) => {
    const slack = await startSlack();
    const bot = recordingBot();
    await startAdapter(slack, bot, { sockets: 2 });
    await until(() => slack.sockets.count() === 2);

    slack.sockets.askToReconnect(reason);
    const opened = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    await until(() => opened() >= 4 && slack.sockets.count() === 2);
    await slack.people.say(slack.team.user('asha'), slack.team.channel('cricket'), 'Still there?');

    expect(bot.heard).toHaveLength(1);
  },
);

it('survives cut sockets, refused ones and a Web API that fails, and then hears again', async () => {
  const slack = await startSlack();
  const bot = recordingBot();
  await startAdapter(slack, bot, { callTimeoutMs: 500 });
  const rejections: unknown[] = [];
  const note = (reason: unknown) => void rejections.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));

  for (const fault of [
    { status: 500 },
    { cut: 'before' },
    { error: 'ratelimited', retryAfter: 1 },
    { error: 'internal_error' },
    { hang: 'before' },
  ] as const) {
    slack.faults.next('apps.connections.open', fault);
  }
  slack.sockets.cut();
  await until(() => slack.faults.count() === 5 && slack.sockets.count() === 1);
  slack.sockets.accepts(false);
  slack.sockets.cut();
  await until(() => slack.sockets.count() === 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  slack.sockets.accepts(true);
  await until(() => slack.sockets.count() === 1);
  await slack.people.say(slack.team.user('asha'), slack.team.channel('cricket'), 'Still there?');

  expect(bot.heard).toHaveLength(1);
  expect(rejections).toEqual([]);
});

it('says that the app token is wrong instead of trying for ever', async () => {
  const slack = await startSlack();
  slack.faults.next('apps.connections.open', { error: 'invalid_auth' });

  await expect(startAdapter(slack, recordingBot())).rejects.toMatchObject({
    code: 'slack_refused',
    message: expect.stringContaining('invalid_auth'),
  });
});

const SIGNING_SECRET = `signing-${SECRET}`;

async function httpApp() {
  const log = watchedLog();
  const transport = createHttpTransport(
    { log, logger: createSdkLogger(log) },
    { signingSecret: SIGNING_SECRET, port: 0 },
  );
  const heard: string[] = [];
  const app = new App({
    receiver: transport,
    logger: createSdkLogger(log),
    authorize: async () => ({ botToken: `xoxb-${SECRET}`, botUserId: 'U1', botId: 'B1' }),
  });
  app.event('message', async ({ event }) => void heard.push((event as { text: string }).text));
  const server = (await transport.start()) as { address(): { port: number } };
  onTestFinished(async () => void (await transport.stop()));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { heard, url };
}

it('hears signed requests over HTTP', async () => {
  const { heard, url } = await httpApp();
  const slack = await startSlack({
    echoes: false,
    http: { requestUrl: `${url}/slack/events`, signingSecret: SIGNING_SECRET },
  });

  await slack.people.say(slack.team.user('asha'), slack.team.channel('cricket'), 'Who won?');

  expect(heard).toEqual(['Who won?']);
  expect(slack.deliverer.late).toEqual([]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it.each([
  ['another secret', signed('{}', 'guess', Date.now())],
  ['an age of six minutes', signed('{}', SIGNING_SECRET, Date.now(), 360)],
  ['no signature', {}],
])('refuses a request with %s', async (_, headers) => {
  const { heard, url } = await httpApp();

  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', ...headers },
  });

  expect(response.status).toBe(401);
  expect(heard).toEqual([]);
});
