// The loopback Slack itself, asked by Slack's own SDKs: a small Bolt app on a real socket, and the Web API client.
import { App, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { expect, it, onTestFinished } from 'vitest';
import { SECRET } from '../../fixtures/secrets.mjs';
import { startSlack, until } from '../../helpers/slack.js';
import { createVirtualClock } from '../clock.js';
import { liveMarkup } from './live-markup.js';
import type { FakeSlack } from './open-fake-slack.js';
import { answerText, visibleText } from './read-message.js';
import { threadOf } from './state.js';

const quiet = { logLevel: LogLevel.ERROR };

/** A Bolt app on so many sockets; it says "yes" to every mention. */
async function startApp(slack: FakeSlack, { sockets = 1, acks = true } = {}) {
  const heard: string[] = [];
  const client = clientOf(slack);
  for (let n = 0; n < sockets; n += 1) {
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      ...quiet,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } } },
    });
    const app = new App({
      receiver: acks
        ? receiver
        : { ...receiver, init: () => {}, start: () => receiver.start(), stop: () => receiver.stop() },
      token: slack.team.botToken,
      clientOptions: { slackApiUrl: slack.apiUrl },
      ...quiet,
    });
    app.event('app_mention', async ({ body, event }) => {
      heard.push(body.event_id);
      await client.chat.postMessage({
        channel: event.channel,
        thread_ts: event.thread_ts ?? event.ts,
        text: 'yes',
        unfurl_links: false,
        unfurl_media: false,
      });
    });
    await app.start();
    onTestFinished(async () => {
      await app.stop();
    });
  }
  await until(() => slack.sockets.count() === sockets);
  return heard;
}

function clientOf(slack: FakeSlack, token = slack.team.botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...quiet,
  });
}

it('lets a Bolt app connect, hear a mention once and answer in its thread', async () => {
  const slack = await startSlack();
  const heard = await startApp(slack);
  const channel = slack.team.channel('cricket');

  const question = await slack.people.mention(slack.team.user('asha'), channel, 'Who won?');
  await until(() => threadOf(channel, question.ts).length === 2);

  expect(heard).toHaveLength(1);
  expect(threadOf(channel, question.ts).map(({ text }) => text)).toEqual([
    `<@${slack.team.botUser}> Who won?`,
    'yes',
  ]);
});

it('takes turns between sockets', async () => {
  const slack = await startSlack({ echoes: false });
  await startApp(slack, { sockets: 2 });
  const channel = slack.team.channel('cricket');

  for (let n = 0; n < 4; n += 1) {
    await slack.people.say(slack.team.user('asha'), channel, `number ${n}`);
  }

  expect(slack.sockets.ackTimes).toHaveLength(4);
  expect(slack.deliverer.late).toEqual([]);
});

it('sends an event again, with its id, at once, after one minute and after five when nobody acknowledges it', async () => {
  const clock = createVirtualClock();
  const slack = await startSlack({ clock });
  await startApp(slack, { acks: false });
  const channel = slack.team.channel('cricket');

  void slack.people.say(slack.team.user('asha'), channel, 'Hello?');
  const lateAfter: number[] = [];
  for (const ms of [3_000, 3_001, 60_000, 3_001, 300_000, 3_001, 600_000]) {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    lateAfter.push(slack.deliverer.late.length);
  }

  expect(lateAfter).toEqual([1, 2, 2, 3, 3, 4, 4]);
});

it('streams in one mode, adds what comes with the end, and closes a stream after five minutes', async () => {
  const clock = createVirtualClock();
  const slack = await startSlack({ clock });
  const channel = slack.team.channel('cricket');
  const asha = slack.team.user('asha');
  const { ts: thread_ts } = await slack.people.say(asha, channel, 'Who won?');
  const { chat } = clientOf(slack);
  const start = {
    channel: channel.id,
    thread_ts,
    recipient_user_id: asha,
    recipient_team_id: slack.team.id,
    markdown_text: 'Kolkata ',
  };
  const { ts = '' } = await chat.startStream(start);
  const second = await chat.startStream(start);

  await chat.appendStream({ channel: channel.id, ts, markdown_text: 'won' });
  await chat.stopStream({
    channel: channel.id,
    ts,
    markdown_text: ' by 4 runs.',
    blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: 'as of today' }] }],
  });
  clock.advance(5 * 60_000 + 1);
  const late = chat.appendStream({ channel: channel.id, ts: second.ts ?? '', markdown_text: 'x' });

  await expect(late).rejects.toThrow('message_not_in_streaming_state');
  const message = channel.messages.get(ts);
  expect(message && answerText(message)).toBe('Kolkata won by 4 runs.');
  expect(message && visibleText(message)).toBe('Kolkata won by 4 runs.\nas of today');
});

it('turns away what comes too often, and says for how long', async () => {
  const clock = createVirtualClock();
  const slack = await startSlack({ clock, echoes: false });
  const channel = slack.team.channel('cricket');
  const { chat } = clientOf(slack);
  const post = () =>
    chat.postMessage({ channel: channel.id, text: 'x', unfurl_links: false, unfurl_media: false });

  const results = await Promise.allSettled(Array.from({ length: 8 }, post));
  clock.advance(1_000);
  const later = await post();

  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(later.ok).toBe(true);
  expect(slack.limits.refused()).toBe(3);
});

it.each<[string, { channel?: string; token?: string; scopes?: string[] }]>([
  ['not_in_channel', { channel: 'elsewhere' }],
  ['channel_not_found', { channel: 'nowhere' }],
  ['invalid_auth', { token: `xoxb-other-${SECRET}` }],
  ['missing_scope', { scopes: ['im:history'] }],
])('refuses as Slack does: %s', async (error, { channel = 'cricket', scopes, token }) => {
  const slack = await startSlack(scopes ? { scopes } : {});
  const ids: Record<string, string> = {
    cricket: slack.team.channel('cricket').id,
    elsewhere: slack.team.channel('elsewhere', 'channel', false).id,
    nowhere: 'C404',
  };

  const posting = clientOf(slack, token).chat.postMessage({
    channel: ids[channel] ?? '',
    text: 'x',
    unfurl_links: false,
    unfurl_media: false,
  });

  await expect(posting).rejects.toThrow(error);
});

it('knows the sizes of blocks, and remembers who does not', async () => {
  const slack = await startSlack();
  const channel = slack.team.channel('cricket');
  const { chat } = clientOf(slack);
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const post = (blocks: object[]) =>
    chat.postMessage({
      channel: channel.id,
      text: 'x',
      blocks,
      unfurl_links: false,
      unfurl_media: false,
    } as never);

  await expect(post([section('a'.repeat(3001))])).rejects.toThrow('invalid_blocks');
  await expect(post(Array.from({ length: 51 }, () => section('a')))).rejects.toThrow('invalid_blocks');
  await expect(post(Array.from({ length: 5 }, () => section('a'.repeat(2900))))).rejects.toThrow(
    'msg_blocks_too_long',
  );
  await expect(post([{ type: 'markdown', text: 'a'.repeat(12_001) }])).rejects.toThrow('invalid_blocks');

  expect(slack.violations.splice(0)).toHaveLength(4);
});

it('remembers unknown methods and fields', async () => {
  const slack = await startSlack();
  const channel = slack.team.channel('cricket');
  const client = clientOf(slack);

  await expect(client.apiCall('chat.shout', {})).rejects.toThrow('unknown_method');
  await client.chat.postMessage({
    channel: channel.id,
    text: 'x',
    unfurl_links: false,
    unfurl_media: false,
    loud: 1,
  } as never);

  expect(slack.violations.splice(0)).toEqual([
    'unknown method chat.shout',
    'chat.postMessage: unknown field loud',
  ]);
});

it.each([
  { fault: { status: 503 }, seen: 'statusCode = 503', has: 1 },
  { fault: { cut: 'before' }, seen: 'request error', has: 1 },
  { fault: { cut: 'after' }, seen: 'request error', has: 2 },
  { fault: { error: 'ratelimited', retryAfter: 7 }, seen: '7 seconds', has: 1 },
] as const)('fails on demand: $fault', async ({ fault, has, seen }) => {
  const slack = await startSlack();
  const channel = slack.team.channel('cricket');
  const { chat } = clientOf(slack);
  const post = () =>
    chat.postMessage({ channel: channel.id, text: 'x', unfurl_links: false, unfurl_media: false });
  slack.faults.next('chat.postMessage', fault);

  await expect(post()).rejects.toThrow(seen);
  await post();

  expect(channel.messages.size).toBe(has);
});

it.each([
  ['hello <!channel> and <@U123|x>', 2, 0],
  ['&lt;!channel&gt; &lt;@U1&gt;', 0, 0],
  ['<http://bad.example|http://good.example>', 0, 1],
  ['[good.example](http://bad.example)', 0, 1],
  ['[good.example][1]\n\n[1]: http://bad.example', 0, 1],
  ['[\\[1\\]](http://good.example/a) [the report](http://good.example)', 0, 0],
  ['[www.good.example](https://good.example/x)', 0, 0],
])('sees what is live in %j: %i mentions, %i disguised links', async (text, mentions, disguised) => {
  const message = { ts: '1', user: 'U', text: '', blocks: [], markdown: text, history: [], reactions: [] };

  const found = liveMarkup(message);

  expect([found.mentions.length, found.disguised.length]).toEqual([mentions, disguised]);
});
