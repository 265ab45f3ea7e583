// Slack behind a proxy: its Web API and its sockets go through what HTTPS_PROXY and HTTP_PROXY name, but for the hosts
// of NO_PROXY.
import { expect, it, onTestFinished } from 'vitest';
import { openSlack } from '#src/bots/slack/open-slack.js';
import { realTimers } from '#src/bots/timers.js';
import { createHttpAgent, type Proxies } from '#src/rag/adapters/http-agent.js';
import { answerText } from '../../fakes/slack/read-message.js';
import { threadOf } from '../../fakes/slack/state.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { openTestStore, testBots } from '../../helpers/bots.js';
import { startConnectProxy } from '../../helpers/connect-proxy.js';
import { scriptedAsk } from '../../helpers/scripted-ask.js';
import { startSlack, until } from '../../helpers/slack.js';
import { watchedLog } from '../../helpers/watched-log.js';

const HOST = 'slack.example';

async function startBehind(proxies: (url: string) => Proxies, scheme = 'http', host = HOST) {
  const slack = await startSlack({ host });
  const { port } = new URL(slack.apiUrl);
  const proxy = await startConnectProxy(Number(port));
  const store = await openTestStore();
  const now = () => new Date();
  const platform = openSlack(
    {
      ...{ log: watchedLog(), clock: now, newsClock: now, timers: realTimers },
      ...{ installations: store.installations, feeds: async () => [] },
      way: createHttpAgent(proxies(proxy.url), { connectMs: 2_000 }),
    },
    {
      ...{ botToken: slack.team.botToken, appToken: slack.appToken, own: `own-${SECRET}` },
      apiUrl: `${scheme}://${host}:${port}/api/`,
    },
    { mode: 'socket', sockets: 2, port: 0, callTimeoutSeconds: 3 },
  );
  const bots = testBots({ platforms: [platform], ask: scriptedAsk().ask, store });
  onTestFinished(() => bots.stop());
  // A machine that is busy may need long; the way is what is tested.
  void bots.start().catch(() => {});
  return { slack, proxy, port };
}

it('hears and answers through the proxy, calls and sockets alike', async () => {
  const { port, proxy, slack } = await startBehind((http) => ({ http, none: [] }));
  await until(() => slack.sockets.count() === 2);
  const channel = slack.team.channel('cricket');

  const question = await slack.people.mention(slack.team.user('asha'), channel, 'Who won?');
  await until(() =>
    threadOf(channel, question.ts).some((one) => JSON.stringify(one.blocks).includes('Sources')),
  );

  expect(threadOf(channel, question.ts).map(answerText).join('')).toContain('This is known of');
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:${port}`]));
  // Two sockets, and the calls beside them.
  expect(proxy.asked.length).toBeGreaterThanOrEqual(3);
});

it('asks the proxy for what is encrypted, too', async () => {
  const { port, proxy } = await startBehind((https) => ({ https, none: [] }), 'https');

  await until(() => proxy.asked.length > 0);

  expect(proxy.asked[0]).toBe(`${HOST}:${port}`);
});

it('goes straight to the hosts of NO_PROXY', async () => {
  const { proxy, slack } = await startBehind((http) => ({ http, none: ['localhost'] }), 'http', 'localhost');

  await until(() => slack.sockets.count() === 2);

  expect(proxy.asked).toEqual([]);
});
