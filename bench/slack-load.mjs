// Many questions at one moment, each by its own person in its own channel, with Slack's rate limits on:
//   node bench/slack-load.mjs [--questions 50] [--concurrent 50]
// Prints how long a mention waits for its acknowledgement and its status, how long the core's first sentence waits to
// be seen, and whether each question was answered once. Exit 1 = one was not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFakeSlack, percentile, sentencesFor, startBot, until } from './slack-kit.mjs';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '50' },
    concurrent: { type: 'string', default: '50' },
    pace: { type: 'string', default: '400' },
  },
});
const count = Number(values.questions);
const { openFakeSlack, answerText, threadOf } = await loadFakeSlack();
const slack = await openFakeSlack();
const dataDir = mkdtempSync(path.join(tmpdir(), 'slack-load-'));
const bot = await startBot(slack, {
  dataDir,
  concurrent: Number(values.concurrent),
  paceMs: Number(values.pace),
});
const { people, team } = slack;

// One before the others: who the bot is, Slack is asked once.
await ask(0, 'warm-up');
await until(() => slack.calls.some(({ method }) => method === 'chat.stopStream'));
slack.sockets.ackTimes.length = 0;
const before = slack.calls.length;

async function ask(n, text) {
  const channel = team.channel(`channel-${n}`);
  const user = team.user(`person-${n}`);
  const askedAt = Date.now();
  const question = await people.mention(user, channel, text);
  return { channel, question, text, askedAt };
}

const all = await Promise.all(Array.from({ length: count }, (_, n) => ask(n + 1, `question ${n}`)));
const answersOf = ({ channel, question }) =>
  threadOf(channel, question.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
const isWhole = (asked) =>
  answersOf(asked).map(answerText).join('') === sentencesFor(asked.text).join('') &&
  answersOf(asked).every(({ stream }) => !stream?.isOpen) &&
  JSON.stringify(answersOf(asked).at(-1)?.blocks).includes('Sources');
const isAllWell = await until(() => all.every(isWhole), 400_000);

const statusOf = ({ channel }) =>
  slack.calls.find(
    ({ arguments: given, method }, at) =>
      at >= before && method === 'assistant.threads.setStatus' && given.channel_id === channel.id,
  );
const told = all.filter((asked) => /before yours/.test(String(statusOf(asked)?.arguments.status)));
const toStatus = all.map((asked) => (statusOf(asked)?.at ?? Number.NaN) - asked.askedAt);
const toText = all.map(
  (asked) => (answersOf(asked)[0]?.history[0].at ?? Number.NaN) - bot.firstSentences.get(asked.text),
);
const streamed = all.filter((asked) => answersOf(asked)[0]?.stream).length;
const ms = (times, share) => `${Math.round(percentile(times, share))} ms`;

console.log(`${count} questions at once, ${values.concurrent} answered at a time, rate limits on`);
console.log(
  `acknowledged   p50 ${ms(slack.sockets.ackTimes, 0.5)}  p95 ${ms(slack.sockets.ackTimes, 0.95)}  max ${ms(slack.sockets.ackTimes, 1)}`,
);
console.log(
  `status         p50 ${ms(toStatus, 0.5)}  p95 ${ms(toStatus, 0.95)}  (${told.length} told their place)`,
);
console.log(
  `first sentence p50 ${ms(toText, 0.5)}  p95 ${ms(toText, 0.95)}  (${streamed} streamed, ${count - streamed} posted)`,
);
console.log(
  `whole and once ${all.filter(isWhole).length} of ${count}; late deliveries ${slack.deliverer.late.length}; 429s ${slack.limits.refused()}; violations ${slack.violations.length}`,
);
for (const line of slack.violations.slice(0, 5)) {
  console.log(`  ${line}`);
}
await bot.stop();
await slack.close();
rmSync(dataDir, { recursive: true });
process.exitCode = isAllWell && slack.violations.length === 0 ? 0 : 1;
