// Every event three times, over two sockets, while one call of the Web API in ten fails: turned away, a server's error,
// a cut or silent connection before or after its effect, streams closed from outside.
//   node bench/slack-chaos.mjs [--questions 500] [--share 0.1] [--seed 1]
// Each question must be answered exactly once, nothing lost or doubled. Exit 1 = one was not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFakeSlack, randomFrom, sentencesFor, startBot, until } from './slack-kit.mjs';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '500' },
    share: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.questions);
const { openFakeSlack, answerText, threadOf } = await loadFakeSlack();
// Tiers of a real workspace would make the run an hour long; 429s come by chance instead.
const slack = await openFakeSlack({ hasRateLimits: false });
const dataDir = mkdtempSync(path.join(tmpdir(), 'slack-chaos-'));
const bot = await startBot(slack, { dataDir, concurrent: 16, paceMs: 60, callTimeoutSeconds: 1.5 });
const { people, team } = slack;
const random = randomFrom(Number(values.seed));
const FAULTS = [
  () => ({ error: 'ratelimited', retryAfter: 1 }),
  () => ({ status: 500 }),
  () => ({ error: 'internal_error' }),
  () => ({ cut: 'before' }),
  () => ({ cut: 'after' }),
  () => ({ hang: random() < 0.5 ? 'before' : 'after' }),
  () => ({ closesStreams: true }),
];
slack.deliverer.copies(3);
slack.faults.always(({ method }) =>
  method !== 'apps.connections.open' && random() < Number(values.share)
    ? FAULTS[Math.floor(random() * FAULTS.length)]()
    : undefined,
);

const channels = Array.from({ length: 25 }, (_, n) => team.channel(`channel-${n}`));
const asked = [];
const answersOf = ({ channel, question }) =>
  threadOf(channel, question.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
const withSources = (messages) =>
  messages.filter(({ blocks }) => JSON.stringify(blocks).includes('"Sources"'));
const verdict = (one) => {
  const answers = answersOf(one);
  const text = answers.map(answerText).join('');
  if (answers.some(({ stream }) => stream?.isOpen)) {
    return 'a stream is left open';
  }
  if (text !== sentencesFor(one.text).join('')) {
    return `text differs: ${JSON.stringify(text).slice(0, 300)}`;
  }
  return withSources(answers).length === 1 ? 'well' : `${withSources(answers).length} blocks of sources`;
};

for (let n = 0; n < count; n += 1) {
  const channel = channels[n % channels.length];
  const text = `question ${n}`;
  const question = await people.mention(team.user(`person-${n % 50}`), channel, text);
  asked.push({ channel, question, text });
  await until(() => asked.filter((one) => verdict(one) !== 'well').length < 40, 300_000);
}
await until(() => asked.every((one) => verdict(one) === 'well'), 240_000);
slack.faults.always(undefined);

const bad = asked.map((one) => ({ ...one, verdict: verdict(one) })).filter((one) => one.verdict !== 'well');
console.log(`${count} questions, each event three times over ${slack.sockets.count()} sockets`);
console.log(
  `${slack.calls.length} calls, ${slack.faults.count()} failed (${((100 * slack.faults.count()) / slack.calls.length).toFixed(1)} %)`,
);
console.log(`answered once, whole: ${count - bad.length} of ${count}; violations ${slack.violations.length}`);
for (const one of bad.slice(0, 10)) {
  console.log(`  ${one.text}: ${one.verdict}`);
}
for (const line of slack.violations.slice(0, 5)) {
  console.log(`  ${line}`);
}
await bot.stop();
await slack.close();
rmSync(dataDir, { recursive: true });
process.exitCode = bad.length === 0 && slack.violations.length === 0 ? 0 : 1;
