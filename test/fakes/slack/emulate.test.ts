// The loopback Slack beside an independent one, the `emulate` package: where both know a method, both answer the same
// calls alike, by their fields and by their errors.
import { LogLevel, webApi } from '@slack/bolt';
import { createEmulator } from 'emulate';
import { expect, it, onTestFinished } from 'vitest';
import { SECRET } from '../../fixtures/secrets.mjs';
import { freePort } from '../../helpers/free-port.js';
import { startSlack } from '../../helpers/slack.js';

interface Subject {
  client: webApi.WebClient;
  channel: string;
  user: string;
}

type Step = (subject: Subject, ts: string) => Promise<object>;

/** `ts` is the message that the first step posted. */
const STEPS: Record<string, Step> = {
  post: ({ channel, client }) => client.apiCall('chat.postMessage', { channel, text: 'x', ...NO_UNFURL }),
  reply: ({ channel, client }, ts) =>
    client.apiCall('chat.postMessage', { channel, text: 'y', thread_ts: ts, ...NO_UNFURL }),
  'post nowhere': ({ client }) =>
    client.apiCall('chat.postMessage', { channel: 'C404', text: 'x', ...NO_UNFURL }),
  'post nothing': ({ channel, client }) => client.apiCall('chat.postMessage', { channel, ...NO_UNFURL }),
  'post to one': ({ channel, client, user }) => client.chat.postEphemeral({ channel, user, text: 'x' }),
  replies: ({ channel, client }, ts) =>
    client.conversations.replies({ channel, ts, include_all_metadata: true }),
  history: ({ channel, client }) => client.conversations.history({ channel }),
  update: ({ channel, client }, ts) => client.chat.update({ channel, ts, text: 'z' }),
  'update nothing': ({ channel, client }) => client.chat.update({ channel, ts: '1.2', text: 'z' }),
  react: ({ channel, client }, ts) => client.reactions.add({ channel, timestamp: ts, name: 'eyes' }),
  'react twice': ({ channel, client }, ts) => client.reactions.add({ channel, timestamp: ts, name: 'eyes' }),
  'take back': ({ channel, client }, ts) => client.reactions.remove({ channel, timestamp: ts, name: 'eyes' }),
  permalink: ({ channel, client }, ts) => client.chat.getPermalink({ channel, message_ts: ts }),
  'permalink of nothing': ({ channel, client }) => client.chat.getPermalink({ channel, message_ts: '1.2' }),
  info: ({ channel, client }) => client.conversations.info({ channel }),
  'info of nothing': ({ client }) => client.conversations.info({ channel: 'C404' }),
  open: ({ client, user }) => client.conversations.open({ users: user }),
  'open nobody': ({ client }) => client.conversations.open({ users: 'U404' }),
  home: ({ client, user }) => client.views.publish({ user_id: user, view: { type: 'home', blocks: [] } }),
  delete: ({ channel, client }, ts) => client.chat.delete({ channel, ts }),
  'delete again': ({ channel, client }, ts) => client.chat.delete({ channel, ts }),
  'who am I': ({ client }) => client.auth.test(),
};

const NO_UNFURL = { unfurl_links: false, unfurl_media: false };
/** What only one of them says, and why that is fine. */
const OWN = ['response_metadata', 'url'];

/** The fields of each answer, or its error. */
async function walk(subject: Subject): Promise<Record<string, string[] | string>> {
  const told: Record<string, string[] | string> = {};
  let ts = '';
  for (const [name, step] of Object.entries(STEPS)) {
    try {
      const answer = await step(subject, ts);
      ts ||= (answer as { ts: string }).ts;
      told[name] = Object.keys(answer).filter((key) => !OWN.includes(key));
    } catch (error) {
      told[name] = (error as Error).message;
    }
  }
  return told;
}

it('answers as the independent server does', async () => {
  const emulator = await createEmulator({ service: 'slack', port: await freePort(), seed: SEED });
  onTestFinished(() => emulator.close());
  const theirs = clientAt(`${emulator.url}/api/`, TOKEN);
  const { channels } = (await theirs.conversations.list({})) as { channels: { id: string; name: string }[] };
  const { members } = (await theirs.users.list({})) as { members: { id: string; name: string }[] };
  const slack = await startSlack({ hasRateLimits: false });
  const asha = slack.team.user('asha');
  const channel = slack.team.channel('cricket');
  channel.members.add(asha);

  const told = await walk({
    client: theirs,
    channel: channels.find(({ name }) => name === 'cricket')?.id ?? '',
    user: members.find(({ name }) => name === 'bo')?.id ?? '',
  });
  const ours = await walk({
    client: clientAt(slack.apiUrl, slack.team.botToken),
    channel: channel.id,
    user: asha,
  });

  for (const [name, answer] of Object.entries(told)) {
    expect({ name, answer: ours[name] }).toEqual({
      name,
      answer: Array.isArray(answer) ? expect.arrayContaining(answer) : answer,
    });
  }
  // The two steps that are mistakes are remembered as such.
  expect(slack.violations.splice(0)).toEqual([expect.stringContaining('no_text')]);
});

const TOKEN = `xoxb-${SECRET}`;
const SEED = {
  tokens: { [TOKEN]: { login: 'asha', scopes: ['chat:write'] } },
  slack: {
    team: { name: 'w', domain: 'w' },
    users: ['asha', 'bo'].map((name) => ({ name, real_name: name, email: `${name}@example.com` })),
    channels: [{ name: 'cricket' }],
  },
};

function clientAt(slackApiUrl: string, token: string): webApi.WebClient {
  return new webApi.WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR });
}
