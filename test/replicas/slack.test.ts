// Two replicas of the bot on Slack over one PostgreSQL: behind a load balancer that gives each request to the other one,
// and with sockets of which Slack picks any. What is told to both is answered once.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openSlack } from '#src/bots/slack/open-slack.js';
import { realTimers } from '#src/bots/timers.js';
import { eventCallback } from '../fakes/slack/payloads.js';
import type { People } from '../fakes/slack/people.js';
import { answerText, visibleText } from '../fakes/slack/read-message.js';
import { type FakeChannel, type FakeMessage, type FakeTeam, threadOf } from '../fakes/slack/state.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { openBalancer } from '../helpers/balancer.js';
import { openTestStore, testBots } from '../helpers/bots.js';
import { freePort } from '../helpers/free-port.js';
import { until as untilSoon } from '../helpers/processes.js';
import { type AskScript, scriptedAsk } from '../helpers/scripted-ask.js';
import { startSlack } from '../helpers/slack.js';
import { tempDatabase } from '../helpers/store-place.js';
import { watchedLog } from '../helpers/watched-log.js';

const SIGNING_SECRET = `signing-${SECRET}`;
const CLIENT = { clientId: '1.2', clientSecret: `client-${SECRET}` };
const QUESTIONS = 10;
/** A busy machine takes its time. */
const until = (what: string, holds: () => boolean) => untilSoon(what, holds, 50_000);

async function world(mode: 'http' | 'socket', isInstalled: boolean) {
  const slack = await startSlack({ hasRateLimits: false });
  const place = await tempDatabase();
  const balancer = await openBalancer();
  if (mode === 'http') {
    slack.deliverTo({ requestUrl: `${balancer.url}/slack/events`, signingSecret: SIGNING_SECRET });
  }

  async function start(owner: string, script: AskScript = {}) {
    const store = await openTestStore(place);
    const port = await freePort();
    const core = scriptedAsk(script);
    const platform = openSlack(
      {
        ...{ log: watchedLog(), clock: store.clock, newsClock: store.clock, timers: realTimers },
        ...{ installations: store.installations, feeds: async () => [] },
      },
      {
        ...(isInstalled ? { botToken: slack.team.botToken } : CLIENT),
        ...{ signingSecret: SIGNING_SECRET, appToken: slack.appToken, apiUrl: slack.apiUrl },
        own: `own-${SECRET}`,
      },
      { mode, sockets: 2, port, callTimeoutSeconds: 5 },
    );
    const { clock } = store;
    const bots = testBots({ ask: core.ask, clock, owner, platforms: [platform], store });
    let isUp = true;
    const stop = async () => {
      if (isUp) {
        isUp = false;
        await bots.stop();
      }
    };
    onTestFinished(stop);
    await bots.start();
    return { asked: core.asked, port, stop };
  }

  return { slack, balancer, start };
}

const answersIn = (channel: FakeChannel, question: FakeMessage): string[] =>
  threadOf(channel, question.ts)
    .filter(({ botId }) => botId)
    .filter(({ blocks }) => JSON.stringify(blocks).includes('Sources'))
    .map(answerText);

async function askAll({ people, team }: { people: People; team: FakeTeam }): Promise<() => string[][]> {
  const channel = team.channel('cricket');
  const questions = await Promise.all(
    Array.from({ length: QUESTIONS }, (_, n) => people.mention(team.user(`u${n}`), channel, `Who won ${n}?`)),
  );
  return () => questions.map((question) => answersIn(channel, question));
}

it.each(['http', 'socket'] as const)(
  'answers once what Slack tells over %s to either of two, each event twice',
  async (mode) => {
    const { balancer, slack, start } = await world(mode, true);
    const [one, two] = [await start('one'), await start('two')];
    balancer.use([one.port, two.port]);
    await until('sockets are open', () => mode === 'http' || slack.sockets.count() === 4);
    slack.deliverer.copies(2);

    const answers = await askAll(slack);
    await until('all are answered', () => answers().every((texts) => texts.length > 0));

    expect(answers().map((texts) => texts.length)).toEqual(Array(QUESTIONS).fill(1));
    expect(one.asked.length).toBeGreaterThan(0);
    expect(two.asked.length).toBeGreaterThan(0);
    expect(one.asked.length + two.asked.length).toBe(QUESTIONS);
  },
);

it('stops at a word that another replica hears, and goes on there in the thread', async () => {
  const { balancer, slack, start } = await world('http', true);
  // It writes for forty seconds, unless it is stopped.
  const script: AskScript = {
    says: ({ text }) =>
      text.includes('won') ? Array.from({ length: 200 }, (_, n) => `Word ${n}. `) : [text],
    before: () => sleep(200),
  };
  const [one, two] = [await start('one', script), await start('two', script)];
  const channel = slack.team.channel('cricket');
  const asha = slack.team.user('asha');
  balancer.use([one.port]);
  const question = await slack.people.mention(asha, channel, 'Who won?');
  const text = () => threadOf(channel, question.ts).map(visibleText).join(' ');
  await until('it writes', () => text().includes('Word 0'));

  balancer.use([two.port]);
  await slack.people.mention(asha, channel, 'stop', question.ts);
  await until('it has stopped', () => text().includes('Stopped.'));
  await slack.people.mention(asha, channel, 'And who kept wicket?', question.ts);

  await until('it is answered', () => two.asked.length === 1 && text().includes('Sources'));
  expect(text()).not.toContain('Word 199');
  expect(two.asked[0]?.earlier).toEqual(['Who won?']);
});

it('answers what a replica did not take up, as Slack tells the other one again', async () => {
  const { balancer, slack, start } = await world('http', true);
  const [one, two] = [await start('one'), await start('two')];
  balancer.use([one.port, two.port]);
  await one.stop();

  const answers = await askAll(slack);
  await until('all are answered', () => answers().every((texts) => texts.length > 0));

  expect(answers().map((texts) => texts.length)).toEqual(Array(QUESTIONS).fill(1));
  expect(two.asked).toHaveLength(QUESTIONS);
  expect(slack.deliverer.repeated()).toBeGreaterThan(0);
});

it('knows on every replica which workspaces installed the app, with which token, and which removed it', async () => {
  const { balancer, slack, start } = await world('http', false);
  const [one, two] = [await start('one'), await start('two')];
  balancer.use([one.port, two.port]);
  const workspace = slack.addTeam('T1', 'code-1');
  const { people, team } = workspace;
  const channel = team.channel('cricket');

  /** The page comes from one replica, the way back from Slack leads to the other. */
  async function install(): Promise<number> {
    slack.agreeWith('code-1', `${balancer.url}/slack/oauth_redirect`);
    const first = await fetch(`${balancer.url}/slack/install`, { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((part) => part.split(';')[0])
      .join('; ');
    const agreed = await fetch(first.headers.get('location') ?? '', { redirect: 'manual' });
    const back = agreed.headers.get('location') ?? '';
    return (await fetch(back, { headers: { cookie }, redirect: 'manual' })).status;
  }

  async function answeredBy(port: number, text: string): Promise<void> {
    balancer.use([port]);
    const question = await people.mention(team.user('asha'), channel, text);
    await until(`${text} is answered`, () => answersIn(channel, question).length === 1);
    balancer.use([one.port, two.port]);
  }

  expect(await install()).toBe(200);
  await answeredBy(one.port, 'Who won in one?');
  await answeredBy(two.port, 'Who won in two?');

  team.botToken = `xoxb-another-${SECRET}`;
  expect(await install()).toBe(200);
  await answeredBy(one.port, 'Who won again in one?');
  await answeredBy(two.port, 'Who won again in two?');
  // To a token that was replaced Slack says no.
  const posts = slack.calls.filter(({ method }) => method.startsWith('chat.'));
  expect(posts.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);

  balancer.use([one.port]);
  const removed = eventCallback(team, { type: 'app_uninstalled' }, slack.clock.now());
  expect((await slack.deliverer.deliver('events_api', removed)).isAcknowledged).toBe(true);
  balancer.use([two.port]);
  const calls = slack.calls.length;
  await people.mention(team.user('asha'), channel, 'Anybody there?');
  expect(slack.calls.slice(calls)).toEqual([]);
});
