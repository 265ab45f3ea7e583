// Several workspaces in HTTP mode, each installed by a person who is sent to Slack and comes back: tokens sealed in the
// store, every workspace answered with its own, and forgotten when it removes the app.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSlack } from '#src/bots/slack/open-slack.js';
import { realTimers } from '#src/bots/timers.js';
import type { Store } from '#src/store/open-store.js';
import { eventCallback } from '../../fakes/slack/payloads.js';
import type { People } from '../../fakes/slack/people.js';
import { answerText } from '../../fakes/slack/read-message.js';
import { type FakeTeam, threadOf } from '../../fakes/slack/state.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { openTestStore, testBots } from '../../helpers/bots.js';
import { freePort } from '../../helpers/free-port.js';
import { scriptedAsk } from '../../helpers/scripted-ask.js';
import { startSlack, until } from '../../helpers/slack.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { watchedLog } from '../../helpers/watched-log.js';

const SIGNING_SECRET = `signing-${SECRET}`;
const CLIENT = { clientId: '1.2', clientSecret: `client-${SECRET}` };

async function world(store: Store) {
  const slack = await startSlack();
  const port = await freePort();
  const site = `http://127.0.0.1:${port}`;
  slack.deliverTo({ requestUrl: `${site}/slack/events`, signingSecret: SIGNING_SECRET });

  /** Gives what stops it. */
  async function start(): Promise<() => Promise<void>> {
    const now = () => new Date();
    const platform = openSlack(
      {
        ...{ log: watchedLog(), clock: now, newsClock: now, timers: realTimers },
        ...{ installations: store.installations, feeds: async () => [] },
      },
      { ...CLIENT, signingSecret: SIGNING_SECRET, apiUrl: slack.apiUrl, own: `own-${SECRET}` },
      { mode: 'http', sockets: 1, port, callTimeoutSeconds: 5 },
    );
    const bots = testBots({ platforms: [platform], ask: scriptedAsk().ask, store });
    await bots.start();
    return () => bots.stop();
  }

  /** A person presses "Add to Slack", agrees there, and is sent back; gives the status of the last page. */
  async function install(code: string, change: (back: URL) => void = () => {}): Promise<number> {
    slack.agreeWith(code, `${site}/slack/oauth_redirect`);
    const first = await fetch(`${site}/slack/install`, { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const agreed = await fetch(first.headers.get('location') ?? '', { redirect: 'manual' });
    const back = new URL(agreed.headers.get('location') ?? '');
    change(back);
    return (await fetch(back, { headers: { cookie }, redirect: 'manual' })).status;
  }

  async function answered(
    { people, team }: { team: FakeTeam; people: People },
    text: string,
  ): Promise<string> {
    const channel = team.channel('cricket');
    const question = await people.mention(team.user('asha'), channel, text);
    const thread = () => threadOf(channel, question.ts).filter(({ botId }) => botId);
    await until(() => thread().some(({ blocks }) => JSON.stringify(blocks).includes('Sources')));
    return thread().map(answerText).join('');
  }

  return { slack, start, install, answered };
}

it('answers each workspace that was installed with its own token, after a restart, too', async () => {
  const folder = tempFolder();
  const { answered, install, slack, start } = await world(await openTestStore(folder));
  const [one, two] = [slack.addTeam('T1', 'code-1'), slack.addTeam('T2', 'code-2')];
  const stop = await start();

  expect([await install('code-1'), await install('code-2')]).toEqual([200, 200]);
  expect(await answered(one, 'Who won in one?')).toContain('Who won in one?');
  expect(await answered(two, 'Who won in two?')).toContain('Who won in two?');
  await stop();
  onTestFinished(await start());
  expect(await answered(two, 'Who won again?')).toContain('Who won again?');

  // A workspace's channels are open to its own token alone, so each was answered with it.
  const failed = slack.calls.filter(({ outcome }) => outcome !== 'ok');
  expect(failed.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([]);
  const kept = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'latin1'));
  expect(kept.join('').length).toBeGreaterThan(4096);
  for (const { team } of [one, two]) {
    expect(kept.some((text) => text.includes(team.botToken))).toBe(false);
  }
});

it('forgets a workspace that removed the app, and keeps the others', async () => {
  const store = await openTestStore();
  const { answered, install, slack, start } = await world(store);
  const [one, two] = [slack.addTeam('T1', 'code-1'), slack.addTeam('T2', 'code-2')];
  onTestFinished(await start());
  await install('code-1');
  await install('code-2');
  expect(await store.installations.get('T1')).toBeDefined();

  const event = eventCallback(one.team, { type: 'app_uninstalled' }, slack.clock.now());
  const answer = await slack.deliverer.deliver('events_api', event);

  expect(answer.isAcknowledged).toBe(true);
  expect(await store.installations.get('T1')).toBeUndefined();
  const calls = slack.calls.length;
  const channel = one.team.channel('cricket');
  await one.people.mention(one.team.user('asha'), channel, 'Anybody there?');
  expect(slack.calls.slice(calls)).toEqual([]);
  expect(await answered(two, 'Who won in two?')).toContain('Who won in two?');
  expect(await install('code-1')).toBe(200);
  expect(await answered(one, 'Who won in one?')).toContain('Who won in one?');
});

it.each([
  ['a state that is not ours', (back: URL) => back.searchParams.set('state', 'made.up.state')],
  ['a code that Slack does not know', (back: URL) => back.searchParams.set('code', 'made-up')],
])('installs nothing for %s', async (_, change) => {
  const store = await openTestStore();
  const { install, slack, start } = await world(store);
  slack.addTeam('T1', 'code-1');
  onTestFinished(await start());

  expect(await install('code-1', change)).toBeGreaterThanOrEqual(400);

  expect(await store.installations.get('T1')).toBeUndefined();
});
