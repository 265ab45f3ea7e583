// How the program ends, with the real program, its real core and the loopback Slack:
//   node bench/life-cycle.mjs stop DATA_DIR [--questions 50] [--embedding FOLDER]
//   node bench/life-cycle.mjs force DATA_DIR [--questions 50] [--embedding FOLDER]
// stop: SIGTERM while so many answers are being written, half of them for longer than the grace. Each must be finished
// or apologised for, nothing may stay claimed, the exit code is 0 within 30 s, and no child is left.
// force: a second SIGTERM a second later ends it at once; no child is left. Exit 1 = not so. What dies or is missing: life-chroma.mjs, life-degraded.mjs.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { copyData, descendants, isAlive, load, openSlowModel, seconds, startProgram } from './life-kit.mjs';
import { loadFakeSlack, until } from './slack-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string', default: '50' },
    embedding: { type: 'string', default: 'none' },
    now: { type: 'string' },
    subject: { type: 'string', default: 'England' },
  },
});
const [mode = 'stop', from = ''] = positionals;
const count = Number(values.questions);
const { openFakeSlack, threadOf, visibleText } = await loadFakeSlack();
const slack = await openFakeSlack();
const data = copyData(from);
const model = await openSlowModel({ secondsFor: (n) => (n % 2 === 0 ? 4 + (n % 8) : 120) });
const program = startProgram({
  data,
  embedding: values.embedding,
  now: values.now,
  config: {
    bots: { concurrent: Math.min(64, count), limits: { user: 0, channel: 0, workspace: 0 } },
    answers: { minConfidence: 0 },
    scope: 'any',
  },
  environment: {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.team.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    LLM_BASE_URL: model.baseUrl,
    LLM_MODEL: 'slow',
  },
});
await until(() => slack.sockets.count() >= 2);
console.log(`started in ${seconds(Date.now() - program.startedAt)}, ${load()}`);

const asked = await Promise.all(
  Array.from({ length: count }, async (_, n) => {
    const channel = slack.team.channel(`channel-${n}`);
    const text = `What did ${values.subject} do, question ${n}?`;
    return { channel, question: await slack.people.mention(slack.team.user(`person-${n}`), channel, text) };
  }),
);
const answersOf = ({ channel, question }) =>
  threadOf(channel, question.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
const endOf = (one) => {
  const answers = answersOf(one);
  const seen = answers.map(visibleText).join('\n');
  if (answers.some(({ stream }) => stream?.isOpen)) {
    return 'open';
  }
  if (/being restarted|was restarted/.test(seen)) {
    return 'apologised';
  }
  return seen === '' ? 'silent' : 'finished';
};
await until(() => model.asked() >= count, 60_000);
const open = asked.filter((one) => ['silent', 'open'].includes(endOf(one))).length;
console.log(`${model.asked()} of ${count} reached the model; ${open} are open`);

const children = descendants(program.child.pid);
const toldAt = Date.now();
program.child.kill('SIGTERM');
if (mode === 'force') {
  await sleep(1000);
  program.child.kill('SIGTERM');
}
const { at, code } = await program.ended;
await sleep(500);
const left = children.filter(isAlive);
const ends = asked.map(endOf);
const share = (what) => ends.filter((end) => end === what).length;
const store = new DatabaseSync(path.join(data.dataDir, 'store.sqlite'), { readOnly: true });
const rows = (query) => store.prepare(query).get().n;
const claims = rows('select count(*) as n from claims');
const pending = rows("select count(*) as n from asked where state in ('pending', 'removing')");
store.close();
console.log(`exit ${code} after ${seconds(at - toldAt)}, ${load()}`);
console.log(
  `finished ${share('finished')}, apologised for ${share('apologised')}, neither ${share('open') + share('silent')} of ${count}`,
);
console.log(
  `claims left ${claims}, questions left open ${pending}, children ${children.length}, of them alive ${left.length}; violations ${slack.violations.length}`,
);
for (const line of program.said.text
  .split('\n')
  .filter((text) => /✗|"level":[56]0/.test(text))
  .slice(0, 8)) {
  console.log(`  ${line.slice(0, 300)}`);
}
model.close();
await slack.close();
data.remove();
const isInOrder =
  code === 0 && at - toldAt <= 30_000 && share('open') + share('silent') === 0 && pending === 0;
process.exitCode = left.length === 0 && claims === 0 && (mode === 'force' || isInOrder) ? 0 : 1;
process.exit();
