// What a Chroma that dies costs, with the real program, its own Chroma and the loopback Slack:
//   node bench/life-chroma.mjs DATA_DIR --embedding FOLDER [--kills 10] [--burst 3] [--now ISO]
// Questions come in bursts, each of its own words; with every burst Chroma is killed (-9) while they are on. Measured:
// the longest answer of all, beside the longest of as many that nothing disturbed just before, and how long until /readyz
// calls Chroma well again. Exit 1 = one over 5 s, or over 30 s.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { copyData, descendants, load, readinessAt, seconds, startProgram } from './life-kit.mjs';
import { loadFakeSlack, percentile, until } from './slack-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    embedding: { type: 'string', default: 'none' },
    kills: { type: 'string', default: '10' },
    burst: { type: 'string', default: '3' },
    now: { type: 'string' },
    port: { type: 'string', default: '9467' },
    subject: { type: 'string', default: 'England' },
  },
});
const { openFakeSlack, threadOf, visibleText } = await loadFakeSlack();
const slack = await openFakeSlack({ hasRateLimits: false });
const data = copyData(positionals[0]);
const port = Number(values.port);
const program = startProgram({
  data,
  embedding: values.embedding,
  now: values.now,
  config: {
    health: { port },
    answers: { generator: 'extractive', minConfidence: 0 },
    scope: 'any',
    bots: { limits: { user: 0, channel: 0, workspace: 0 } },
  },
  environment: {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.team.botToken,
    SLACK_APP_TOKEN: slack.appToken,
  },
});
const isWell = async () => (await readinessAt(port))?.checks.chroma?.status === 'ok';
/** Chroma's server, by what it was started with. */
const chroma = () =>
  descendants(program.child.pid).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('chromadb'),
  );

let count = 0;
/** Asks, and gives the milliseconds to the answer's end and its text. */
async function ask() {
  count += 1;
  const channel = slack.team.channel(`channel-${count}`);
  const text = `What did ${values.subject} do in match ${count}?`;
  const start = Date.now();
  const question = await slack.people.mention(slack.team.user(`person-${count}`), channel, text);
  const ends = () =>
    threadOf(channel, question.ts).filter(
      ({ botId, ephemeralFor, stream }) => botId && !ephemeralFor && !stream?.isOpen,
    );
  const isAnswered = await until(() => ends().some((one) => visibleText(one) !== ''), 60_000);
  return { ms: Date.now() - start, text: isAnswered ? ends().map(visibleText).join('\n') : '' };
}
const burst = () => Array.from({ length: Number(values.burst) }, ask);

await until(() => slack.sockets.count() >= 2);
while (!(await isWell())) {
  await sleep(50);
}
console.log(`well after ${seconds(Date.now() - program.startedAt)}, ${load()}`);
await Promise.all(burst());
const undisturbed = [];
const answers = [];
const backs = [];
for (let kill = 0; kill < Number(values.kills); kill += 1) {
  undisturbed.push(...(await Promise.all([...burst(), ...burst()])));
  const asked = burst();
  // Each kill meets the questions elsewhere on their way.
  await sleep(20 + 40 * kill);
  const pid = chroma();
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  asked.push(...burst());
  // What /readyz says may be a second old.
  await sleep(1100);
  while (chroma() === pid || !(await isWell())) {
    await sleep(50);
  }
  backs.push(Date.now() - killedAt);
  const round = await Promise.all(asked);
  answers.push(...round);
  const slowest = Math.max(...round.map(({ ms }) => ms));
  console.log(
    `kill ${kill + 1}: back after ${seconds(backs.at(-1))}, longest answer ${seconds(slowest)}, ${load()}`,
  );
}
program.child.kill('SIGTERM');
const { code } = await program.ended;
const longest = Math.max(...answers.map(({ ms }) => ms));
// An answer names its sources, or asks back; a notice that it failed does not.
const failed = answers.filter(({ text }) => !/\[1\]|not enough evidence|which do you mean/i.test(text));
const times = (ones) => ones.map(({ ms }) => ms);
console.log(
  `answers undisturbed: median ${seconds(percentile(times(undisturbed), 0.5))}, longest ${seconds(Math.max(...times(undisturbed)))}; with kills: ${answers.length}, median ${seconds(percentile(times(answers), 0.5))}, longest ${seconds(longest)}, failed ${failed.length}`,
);
console.log(`Chroma back after ${seconds(Math.max(...backs))} at most; exit ${code}, ${load()}`);
for (const { text } of failed.slice(0, 3)) {
  console.log(`  ${JSON.stringify(text.slice(0, 300))}`);
}
await slack.close();
data.remove();
process.exit(longest <= 5000 && failed.length === 0 && Math.max(...backs) <= 30_000 ? 0 : 1);
