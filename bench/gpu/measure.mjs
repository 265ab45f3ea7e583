// On the GPU machine, through this product's own generator: load time, time to the first text of a 2,000-token
// prompt cold and with its prefix kept, tokens a second at 1, 2, 4 and 8 at once, abort, GPU memory; llama-bench on
// the same file in the same run. Medians of five; a table on stdout, every figure in the JSON file.
//   node bench/gpu/measure.mjs --model FILE --llama-bench BINARY --json OUT [--gpu none]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { promptOf } from '../model-prompts.mjs';
import { openOurs } from '../model-sides.mjs';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    'llama-bench': { type: 'string' },
    json: { type: 'string' },
    gpu: { type: 'string', default: 'cuda' },
    rounds: { type: 'string', default: '5' },
    words: { type: 'string', default: '1600' },
    tokens: { type: 'string', default: '128' },
    context: { type: 'string', default: '4096' },
  },
});
const rounds = Number(values.rounds);
const maxTokens = Number(values.tokens);
const results = {};
let prompts = 0;

const startedAt = performance.now();
const side = await openOurs({
  file: values.model,
  gpu: values.gpu,
  contextTokens: Number(values.context),
  sequences: 8,
  threads: undefined,
  maxTokens,
});
results.loadSeconds = (performance.now() - startedAt) / 1000;
try {
  await writeOne(fresh(50));
  results.firstTextColdMs = await times(() => writeOne(fresh(Number(values.words))));
  const kept = fresh(Number(values.words));
  await writeOne(kept);
  results.firstTextKeptMs = await times((round) => writeOne(`${kept} ${round}`));
  for (const level of [1, 2, 4, 8]) {
    results[`tokensPerSecondAt${level}`] = await times(() => writeMany(level));
  }
  results.abortMs = await times(abortOne);
  results.stats = side.model.stats();
} finally {
  await side.close();
}
results.llamaBench = llamaBench();
for (const [name, value] of Object.entries(results)) {
  console.log(
    name.padEnd(22),
    typeof value?.[0] === 'number'
      ? `median ${median(value).toFixed(1)} of ${value.length}`
      : JSON.stringify(value),
  );
}
if (values.json) {
  writeFileSync(values.json, JSON.stringify(results, null, 1));
}

function fresh(words) {
  prompts += 1;
  return promptOf(prompts, words);
}

async function times(measure) {
  const list = [];
  for (let round = 0; round < rounds; round++) {
    list.push(await measure(round));
  }
  return list;
}

/** Milliseconds to the first text. */
async function writeOne(prompt) {
  const begin = performance.now();
  let first;
  await side.write(prompt, {
    user: 'one',
    onText() {
      first ??= performance.now() - begin;
    },
  });
  return first;
}

/** Tokens a second of all together, from the moment when all have begun. */
async function writeMany(level) {
  const begun = [];
  await Promise.all(
    Array.from({ length: level }, (_, user) => {
      let isFirst = true;
      return side.write(fresh(50), {
        user: `user ${user}`,
        onText() {
          if (isFirst) {
            begun.push(performance.now());
          }
          isFirst = false;
        },
      });
    }),
  );
  return (level * (maxTokens - 1) * 1000) / (performance.now() - Math.max(...begun));
}

/** Milliseconds from an abort in mid-answer until it is told. */
async function abortOne() {
  const stop = new AbortController();
  let at = 0;
  const writing = side.write(fresh(50), {
    user: 'one',
    signal: stop.signal,
    onText() {
      if (at === 0) {
        at = performance.now();
        stop.abort();
      }
    },
  });
  await writing.catch(() => {});
  return performance.now() - at;
}

function llamaBench() {
  if (!values['llama-bench']) {
    return undefined;
  }
  const layers = values.gpu === 'none' ? '0' : '999';
  const { stdout } = spawnSync(
    values['llama-bench'],
    [
      '-m',
      values.model,
      '-ngl',
      layers,
      '-fa',
      '1',
      '-p',
      '2000',
      '-n',
      String(maxTokens),
      '-r',
      String(rounds),
      '-o',
      'json',
    ],
    { encoding: 'utf8' },
  );
  return JSON.parse(stdout).map(({ n_prompt, n_gen, avg_ts, stddev_ts }) => ({
    n_prompt,
    n_gen,
    avg_ts,
    stddev_ts,
  }));
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
