// The adapter against the independent Web API server: it knows no streams, so that an answer is posted and changed.

import { createEmulator } from 'emulate';
import { expect, it, onTestFinished } from 'vitest';
import { createReply } from '#src/bots/slack/reply.js';
import { createSdkLogger } from '#src/bots/slack/sdk-logger.js';
import { createSlackApi } from '#src/bots/slack/web-api.js';
import { realTimers } from '#src/bots/timers.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { freePort } from '../../helpers/free-port.js';
import { aCitation, anAnswer } from '../../helpers/slack-bot.js';
import { watchedLog } from '../../helpers/watched-log.js';

const TOKEN = `xoxb-${SECRET}`;

it('shows an answer once, in the thread, and changes it in place at the next try', async () => {
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      tokens: { [TOKEN]: { login: 'asha', scopes: [] } },
      slack: { users: [{ name: 'asha' }], channels: [{ name: 'cricket' }] },
    },
  });
  onTestFinished(() => emulator.close());
  const clock = () => new Date();
  const logger = createSdkLogger(watchedLog());
  const options = { token: TOKEN, apiUrl: `${emulator.url}/api/`, timeoutMs: 5_000 };
  const api = createSlackApi({ clock, timers: realTimers, fetch, logger }, options);
  const { channels } = await api.once<{ channels: { id: string; name: string }[] }>('conversations.list');
  const channel = channels.find(({ name }) => name === 'cricket')?.id ?? '';
  const { ts: thread } = await api.once<{ ts: string }>('chat.postMessage', { channel, text: 'Who won?' });
  const recorded: string[][] = [];
  const turn = (attempt: number) => ({
    ...{ platform: 'slack', tenant: 'T1', channel, thread, questionId: 'q1', user: 'U1', message: thread },
    ...{ way: 'mention' as const, text: 'Who won?', attempt, posted: recorded.at(-1) ?? [] },
    signal: new AbortController().signal,
    mayPost: async () => true,
    record: async (posted: string[]) => void recorded.push(posted),
  });
  const deps = {
    api,
    botId: () => '',
    clock,
    newsClock: clock,
    timers: realTimers,
    sayElsewhere: async () => false,
  };

  for (const [attempt, text] of [
    [1, 'Kolkata won. [1]'],
    [2, 'Kolkata won by 4 runs. [1]'],
  ] as const) {
    const reply = createReply(deps, turn(attempt));
    await reply.finish(anAnswer({ text, citations: [aCitation(1)] }));
  }

  const { messages } = await api.once<{ messages: { ts: string; blocks?: { text: string }[] }[] }>(
    'conversations.replies',
    { channel, ts: thread },
  );
  const answers = messages.filter(({ ts }) => ts !== thread);
  expect(answers.map(({ blocks }) => blocks?.[0]?.text)).toEqual([
    'Kolkata won by 4 runs. [[1]](https://news.example/report-1)',
  ]);
});
