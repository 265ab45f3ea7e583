// How far the parts reach: docs/SCALE.md says where the figures come from.
//   node bench/simulate-scale.mjs            GPUs, waits and cost for 1,000, 10,000 and 100,000 channels
//   node bench/simulate-scale.mjs check      the same simulation against real runs of the model pool over loopback servers
// Assumptions are options: node bench/simulate-scale.mjs --help
import { parseArgs } from 'node:util';
import { askAll, load } from './model-pool-kit.mjs';
import { openOver } from './model-pool-open.mjs';
import { exponential, lognormal, percentile, randomBy, simulate } from './scale-model.mjs';

const ASSUMED = {
  perChannelDay: ['5', 'questions of a channel on an ordinary day'],
  peakHour: ['0.1', 'share of them in the busiest hour'],
  final: ['10', 'times as many in an hour of a final'],
  wickets: ['3', 'moments in that hour at which many ask at once'],
  askers: ['0.05', 'share of the channels that ask at such a moment'],
  spread: ['60', 'seconds over which they ask (mean)'],
  kept: ['0.3', 'share of questions answered from a kept answer, without the model'],
  cpu: ['0.235', 'seconds of a core a question (measured, docs/SCALE.md)'],
  prompt: ['2000', 'tokens of a prompt'],
  answer: ['100', 'tokens of an answer'],
  wait: ['10', 'seconds of waiting that 95 of 100 questions may have'],
  gpuHour: ['2.5', 'price of a GPU an hour'],
  coreHour: ['0.04', 'price of a core an hour'],
  finalHours: ['32', 'hours of finals a month'],
};
/** Tokens a second: of reading one prompt, and of each answer that is written. Assumed; measure your own with bench/gpu. */
const GPUS = [
  { name: 'llama-server, 4 slots', slots: 4, read: 2000, write: 25 },
  { name: 'vLLM, 32 at once', slots: 32, read: 8000, write: 25 },
];
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    seed: { type: 'string', default: '1' },
    ...Object.fromEntries(
      Object.entries(ASSUMED).map(([name, [value]]) => [name, { type: 'string', default: value }]),
    ),
  },
});
const assumed = Object.fromEntries(Object.keys(ASSUMED).map((name) => [name, Number(values[name])]));

/** One hour of questions, in order. */
function hourOf(channels, isFinal, gpu) {
  const random = randomBy(Number(values.seed));
  const perSecond =
    ((channels * assumed.perChannelDay * assumed.peakHour) / 3600) * (isFinal ? assumed.final : 1);
  const times = [];
  for (let at = exponential(random, 1 / perSecond); at < 3600; at += exponential(random, 1 / perSecond)) {
    times.push(at);
  }
  for (let wicket = 1; isFinal && wicket <= assumed.wickets; wicket += 1) {
    const from = (3600 * wicket) / (assumed.wickets + 1);
    const askers = Math.round(channels * assumed.askers);
    times.push(...Array.from({ length: askers }, () => from + exponential(random, assumed.spread)));
  }
  const mean = assumed.prompt / gpu.read + assumed.answer / gpu.write;
  const service = () => (random() < assumed.kept ? 0 : lognormal(random, mean, 0.4));
  return times.sort((a, b) => a - b).map((at) => ({ at, cpu: assumed.cpu, service: service() }));
}

/** The fewest GPUs and cores for the wait that is allowed. */
function fewest(channels, isFinal, gpu) {
  const questions = hourOf(channels, isFinal, gpu);
  const busy = (of) => questions.reduce((sum, question) => sum + of(question), 0) / 3600;
  let cores = Math.max(1, Math.ceil(busy(({ cpu }) => cpu) / 0.6));
  const waitWith = (gpus) =>
    percentile(
      simulate(questions, { cores, places: gpus * gpu.slots }).map(({ wait }) => wait),
      0.95,
    );
  // No GPU shortens the line before the cores.
  while (waitWith(questions.length) > assumed.wait / 2) {
    cores = Math.ceil(cores * 1.2);
  }
  let low = Math.max(1, Math.floor(busy(({ service }) => service) / gpu.slots));
  let high = low;
  while (waitWith(high) > assumed.wait) {
    low = high + 1;
    high = Math.ceil(high * 1.5) + 1;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = waitWith(middle) > assumed.wait ? [middle + 1, high] : [low, middle];
  }
  return { questions: questions.length, cores, gpus: high, wait: waitWith(high) };
}

function plan() {
  console.log(
    '| channels | model | hour | questions | GPUs | cores | wait p95 | a month |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const channels of [1000, 10_000, 100_000]) {
    for (const gpu of GPUS) {
      const [ordinary, final] = [false, true].map((isFinal) => fewest(channels, isFinal, gpu));
      const priceOf = ({ cores, gpus }) => gpus * assumed.gpuHour + cores * assumed.coreHour;
      const month = (730 - assumed.finalHours) * priceOf(ordinary) + assumed.finalHours * priceOf(final);
      for (const [hour, { cores, gpus, questions, wait }] of [
        ['busiest of a day', ordinary],
        ['of a final', final],
      ]) {
        const cost = hour === 'of a final' ? Math.round(month).toLocaleString('en') : '';
        console.log(
          `| ${channels.toLocaleString('en')} | ${gpu.name} | ${hour} | ${questions.toLocaleString('en')} | ${gpus} | ${cores} | ${wait.toFixed(1)} s | ${cost} |`,
        );
      }
    }
  }
}

/** Servers of 4 slots and 2 s (lognormal, deviation half of the mean); the simulation gets the same arrivals and times. */
async function check() {
  console.log(
    '| servers | load of their places | questions | response p50, p95 measured | simulated | p95 differs | wait p95 measured, simulated |\n| --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const [servers, share, count] of [
    [1, 0.8, 90],
    [3, 0.7, 220],
    [3, 0.9, 280],
    [3, 1.3, 300],
  ]) {
    const random = randomBy(Number(values.seed) + servers * 100 + share * 10);
    const perSecond = (share * servers * 4) / 2;
    let at = 0;
    const questions = Array.from({ length: count }, () => {
      at += exponential(random, 1 / perSecond);
      return { at, cpu: 0, service: Math.max(0.2, lognormal(random, 2, 0.5)) };
    });
    const { close, pool } = await openOver(servers, { slots: 4, seconds: 2 });
    const asked = questions.map(({ at, service }, i) => ({
      user: `u${i}`,
      afterMs: at * 1000,
      seconds: service,
    }));
    const { answers } = await askAll(pool, asked);
    await close();
    if (!answers.every(({ isWhole }) => isWhole)) {
      throw new Error('a question was not answered whole: no measurement');
    }
    const simulated = simulate(questions, { cores: count, places: servers * 4 });
    const measured = answers.map(({ ms }, i) => ({
      response: ms / 1000,
      wait: ms / 1000 - questions[i].service,
    }));
    const of = (list, name, at) =>
      percentile(
        list.map((one) => one[name]),
        at,
      );
    const both = (list) =>
      `${of(list, 'response', 0.5).toFixed(2)}, ${of(list, 'response', 0.95).toFixed(2)} s`;
    const differs = of(simulated, 'response', 0.95) / of(measured, 'response', 0.95) - 1;
    console.log(
      `| ${servers} | ${share} | ${count} | ${both(measured)} | ${both(simulated)} | ${(differs * 100).toFixed(1)} % | ` +
        `${of(measured, 'wait', 0.95).toFixed(2)}, ${of(simulated, 'wait', 0.95).toFixed(2)} s | (${load()})`,
    );
  }
}

if (values.help) {
  for (const [name, [value, meaning]] of Object.entries(ASSUMED)) {
    console.log(`--${name.padEnd(14)} ${value.padEnd(6)} ${meaning}`);
  }
} else {
  await (positionals[0] === 'check' ? check() : plan());
}
