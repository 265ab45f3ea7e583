// kill -9 while a hundred questions are being answered, again and again, each time followed by a start on the same
// store: at the end each is answered or apologised for, once.
//   node bench/slack-kill.mjs [--questions 100] [--kills 3] [--seed 1]
// Exit 1 = one was not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadFakeSlack, randomFrom, sentencesFor, startBot, until } from './slack-kit.mjs';

const { values } = parseArgs({
  options: {
    questions: { type: 'string', default: '100' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.questions);
const { openFakeSlack, answerText, threadOf, visibleText } = await loadFakeSlack();
const slack = await openFakeSlack({ hasRateLimits: false });
const dataDir = mkdtempSync(path.join(tmpdir(), 'slack-kill-'));
const random = randomFrom(Number(values.seed));
const dead = [];
const start = (n) => startBot(slack, { dataDir, concurrent: 100, paceMs: 1500, owner: `process-${n}`, dead });
let bot = await start(0);
const { people, team } = slack;

const asked = await Promise.all(
  Array.from({ length: count }, async (_, n) => {
    const channel = team.channel(`channel-${n}`);
    const text = `question ${n}`;
    return { channel, text, question: await people.mention(team.user(`person-${n}`), channel, text) };
  }),
);
const answersOf = ({ channel, question }) =>
  threadOf(channel, question.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
const verdict = (one) => {
  const answers = answersOf(one);
  const seen = answers.map(visibleText).join('\n');
  const apologies = seen.match(/I was restarted|I am being restarted/g)?.length ?? 0;
  const sources = seen.match(/Sources\n/g)?.length ?? 0;
  if (answers.some(({ stream }) => stream?.isOpen)) {
    return 'a stream is left open';
  }
  if (apologies === 1 && sources === 0) {
    return 'apologised';
  }
  const isWhole = answers.map(answerText).join('') === sentencesFor(one.text).join('');
  return isWhole && sources === 1 && apologies === 0
    ? 'answered'
    : `neither: ${JSON.stringify(seen).slice(0, 300)}`;
};

let under = 0;
for (let n = 1; n <= Number(values.kills); n += 1) {
  await sleep(300 + random() * 2500);
  under = asked.filter((one) => !['answered', 'apologised'].includes(verdict(one))).length;
  bot.kill();
  dead.push(`process-${n - 1}`);
  console.log(`killed with ${under} of ${count} under way`);
  bot = await start(n);
}
const isDone = () => asked.every((one) => ['answered', 'apologised'].includes(verdict(one)));
await until(isDone, 300_000);

const verdicts = asked.map(verdict);
const answered = verdicts.filter((one) => one === 'answered').length;
const apologised = verdicts.filter((one) => one === 'apologised').length;
console.log(
  `answered ${answered}, apologised for ${apologised}, of ${count}; violations ${slack.violations.length}`,
);
for (const line of verdicts
  .filter((one) => one.startsWith('neither') || one.startsWith('a stream'))
  .slice(0, 8)) {
  console.log(`  ${line}`);
}
await bot.stop();
await slack.close();
rmSync(dataDir, { recursive: true });
process.exitCode = answered + apologised === count && slack.violations.length === 0 ? 0 : 1;
