// Whole replicas of the program on one PostgreSQL and one Chroma, against the loopback Slack, every event delivered to two
// of them, each taking itself for a machine of its own:
//   node bench/replicas.mjs kill         one is killed with -9 every few seconds and started again, the servers are restarted
//   node bench/replicas.mjs throughput   one replica against all, where the model's service time is the limit
// Options: --questions 2000 --kills 20 --every 10 --restarts 3 --replicas 3 --perSecond 6 --seconds 0.5 --concurrent 4
//   --feeds 24 --data FOLDER (a store to be copied there first) --embedding small|none|FOLDER --seed 1
// Exit 1 = a question was not answered or apologised for exactly once, a takeover took more than 30 s, or a feed was polled
// twice within its gap.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuOf, seconds as inSeconds, load } from './life-kit.mjs';
import { openScene } from './replicas-scene.mjs';
import { percentile, randomFrom, until } from './slack-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '20' },
    every: { type: 'string', default: '10' },
    restarts: { type: 'string', default: '3' },
    replicas: { type: 'string', default: '3' },
    perSecond: { type: 'string', default: '6' },
    seconds: { type: 'string' },
    concurrent: { type: 'string', default: '4' },
    feeds: { type: 'string', default: '24' },
    data: { type: 'string' },
    embedding: { type: 'string', default: 'small' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const numbers = ['questions', 'kills', 'every', 'restarts', 'replicas', 'perSecond', 'concurrent', 'feeds'];
const [questions, kills, every, restarts, replicas, perSecond, concurrent, feeds] = numbers.map((name) =>
  Number(values[name]),
);
const TAKEOVER_MS = 30_000;
/** The shortest time between two looks at a feed that says nothing of itself. */
const GAP_MS = 5 * 60_000;
/** After the last question and the last kill. */
const PATIENCE_MS = 300_000;
const common = { ...values, concurrent, feeds };

async function kill() {
  const scene = await openScene({ ...common, replicas, seconds: Number(values.seconds ?? 0.5) });
  const { chroma, cluster, started } = scene;
  const random = randomFrom(Number(values.seed));
  await scene.startAll();
  console.log(`${replicas} replicas ready, ${load()}`);
  const begun = Date.now();
  const asking = scene.ask(questions, perSecond);

  const takeovers = [];
  async function killOne() {
    const at = Math.floor(random() * replicas);
    const one = started[at];
    const owner = `${one.name} ${one.child.pid} %`;
    const held = () =>
      cluster.rows(`select id from asked where owner like '${owner}' and state in ('pending', 'removing')`);
    await one.kill();
    const killedAt = Date.now();
    scene.start(at);
    let left = await held();
    const count = left?.length;
    while (left === undefined || left.length > 0) {
      await sleep(100);
      left = await held();
    }
    takeovers.push({ count, ms: count === 0 ? 0 : Date.now() - killedAt });
  }
  async function killAgainAndAgain() {
    const takingOver = [];
    for (let n = 0; n < kills; n += 1) {
      await sleep(every * 1000 * (0.7 + 0.6 * random()));
      takingOver.push(killOne());
    }
    await Promise.all(takingOver);
  }
  async function restartServers() {
    for (let n = 0; n < restarts; n += 1) {
      await sleep((kills * every * 1000) / (2 * restarts));
      await cluster.restart();
      console.log(`PostgreSQL restarted after ${inSeconds(Date.now() - begun)}`);
      await sleep((kills * every * 1000) / (2 * restarts) - 1000);
      await chroma?.restart();
      console.log(chroma ? `Chroma restarted after ${inSeconds(Date.now() - begun)}` : 'no Chroma');
    }
  }
  const [asked] = await Promise.all([asking, killAgainAndAgain(), restartServers()]);
  console.log(`all asked and killed after ${inSeconds(Date.now() - begun)}, ${load()}`);
  const isDone = () => asked.every((one) => scene.verdict(one).isEnded);
  await until(isDone, PATIENCE_MS, 1000);
  const ms = Date.now() - begun;

  const verdicts = asked.map(scene.verdict);
  const kinds = [...new Set(verdicts.map(({ kind }) => kind))];
  const wrong = verdicts.filter(({ isOnce }) => !isOnce);
  const rows = await cluster.rows(
    'select state, count(*)::int as n from asked group by state order by state',
  );
  const twice = scene.polledTwice(GAP_MS);
  const longest = Math.max(0, ...takeovers.map((one) => one.ms));
  const list = (entries) => entries.map(([name, n]) => `${name} ${n}`).join(', ');
  console.log(
    `${questions} asked: ${list(kinds.map((kind) => [kind, verdicts.filter((one) => one.kind === kind).length]))}; not exactly once: ${wrong.length}; rows: ${list(rows.map(({ n, state }) => [state, n]))}`,
  );
  const taken = takeovers.filter(({ count }) => count > 0);
  console.log(
    `ended by themselves: ${scene.ended.map(({ code, signal }) => signal ?? code).join() || 'none'}; ${kills} kills, ${taken.length} with questions under way (${taken.reduce((sum, { count }) => sum + count, 0)}), takeover median ${inSeconds(
      percentile(
        taken.map((one) => one.ms),
        0.5,
      ),
    )}, longest ${inSeconds(longest)}`,
  );
  console.log(
    `feeds: ${scene.feeds.asked.size} asked ${[...scene.feeds.asked.values()].flat().length} times, twice within the gap: ${twice.length}; violations of Slack's rules ${scene.slack.violations.length}; ${inSeconds(ms)}, ${load()}`,
  );
  for (const line of [...wrong.map(({ text }) => text), ...twice, ...scene.slack.violations].slice(0, 10)) {
    console.log(`  ${JSON.stringify(line).slice(0, 400)}`);
  }
  await scene.close(values.keep);
  return (
    wrong.length === 0 && longest <= TAKEOVER_MS && twice.length === 0 && scene.slack.violations.length === 0
  );
}

/** What the processes of the replicas have used so far, without the servers beside them. */
const cpuSeconds = (started) => started.reduce((sum, { child }) => sum + cpuOf(child.pid), 0);

async function throughput() {
  const rates = [];
  for (const count of [1, replicas]) {
    const scene = await openScene({ ...common, replicas: count, seconds: Number(values.seconds ?? 2) });
    await scene.startAll();
    // Each answers some first: what is loaded at the first question is no part of it.
    await scene.answersTo(await scene.ask(count * concurrent, 1000));
    const share = Math.round((questions * count) / replicas);
    const begun = Date.now();
    const cpuBefore = cpuSeconds(scene.started);
    const asked = await scene.ask(share, 1000);
    await scene.answersTo(asked);
    const cpu = cpuSeconds(scene.started) - cpuBefore;
    const rate = share / ((Date.now() - begun) / 1000);
    const answered = asked.filter((one) => scene.verdict(one).kind === 'answered').length;
    console.log(
      `${count} replicas: ${rate.toFixed(2)} answers a second, ${answered} of ${share} written by the model, ${((cpu * 1000) / share).toFixed()} ms of a core each, ${load()}`,
    );
    rates.push(rate);
    await scene.close(values.keep);
  }
  console.log(`ratio ${(rates[1] / rates[0]).toFixed(2)}`);
  return rates[1] >= 2.5 * rates[0];
}

const isMet = await { kill, throughput }[positionals[0] ?? 'kill']();
process.exit(isMet ? 0 : 1);
