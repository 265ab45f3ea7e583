// How fast this product's generator writes against llama-server (bench/llama-server/build.mjs) on one GGUF: tokens a
// second of all answers together, 1, 2, 4 and 8 at once, and how late this process's event loop comes meanwhile.
// Both are loaded once and measured by turns, five rounds, medians. Prompts differ, so nothing is reused. On a
// machine that others use as well, the processor time of the model's process tells more than the clock.
//   node test/fixtures/gguf/make.mjs random /tmp/random.gguf
//   node bench/model-throughput.mjs --model /tmp/random.gguf --server FOLDER/build/bin/llama-server [--json OUT]
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { promptOf } from './model-prompts.mjs';
import { openOurs, openServer } from './model-sides.mjs';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    server: { type: 'string' },
    json: { type: 'string' },
    gpu: { type: 'string', default: 'none' },
    threads: { type: 'string', default: String(availableParallelism()) },
    context: { type: 'string', default: '1024' },
    sequences: { type: 'string', default: '8' },
    levels: { type: 'string', default: '1,2,4,8' },
    rounds: { type: 'string', default: '5' },
    words: { type: 'string', default: '60' },
    tokens: { type: 'string', default: '96' },
    'warm-up': { type: 'string', default: '3' },
  },
});
const settings = {
  file: values.model,
  gpu: values.gpu,
  contextTokens: Number(values.context),
  sequences: Number(values.sequences),
  threads: Number(values.threads) || undefined,
  maxTokens: Number(values.tokens),
};
const levels = values.levels.split(',').map(Number);
const sides = [await openOurs(settings), await openServer(values.server, settings)];
const runs = [];
let prompts = 0;

try {
  for (const side of sides) {
    // Until the just-in-time compiler is done with the paths that every token takes: a bot runs for weeks.
    for (let round = 0; round < Number(values['warm-up']); round++) {
      await measure(side, Math.max(...levels));
    }
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const level of levels) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        runs.push({ round, level, side: side.name, ...(await measure(side, level)) });
        await sleep(200);
      }
    }
  }
} finally {
  await Promise.all(sides.map((side) => side.close()));
}
report();

/** One run: `level` prompts at once. */
async function measure(side, level) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const firstTexts = [];
  delay.enable();
  const processorBefore = processorSeconds(side.pid());
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: level }, (_, user) => {
      let isFirst = true;
      prompts += 1;
      return side.write(promptOf(prompts, Number(values.words)), {
        user: `user ${user}`,
        onText() {
          if (isFirst) {
            firstTexts.push(performance.now() - startedAt);
          }
          isFirst = false;
        },
      });
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  delay.disable();
  // From the moment when all have begun: no prompt is read any more.
  const writing = seconds - Math.max(...firstTexts) / 1000;
  return {
    tokensPerSecond: (level * settings.maxTokens) / seconds,
    writingPerSecond: (level * (settings.maxTokens - 1)) / writing,
    tokensPerProcessorSecond: (level * settings.maxTokens) / (processorSeconds(side.pid()) - processorBefore),
    firstTextMs: median(firstTexts),
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    load: loadavg()[0],
  };
}

function report() {
  console.log(`${settings.file}, ${JSON.stringify(settings)}, medians of ${values.rounds}`);
  console.log(
    'at once   ours tok/s   llama-server   ours/server   writing only   by cpu time   first text ms   loop p99 ms',
  );
  for (const level of levels) {
    const [ours, server] = ['ours', 'llama-server'].map((name) => {
      const own = runs.filter((run) => run.level === level && run.side === name);
      const middle = (key) => median(own.map((run) => run[key]));
      return {
        all: middle('tokensPerSecond'),
        writing: middle('writingPerSecond'),
        processor: middle('tokensPerProcessorSecond'),
        first: middle('firstTextMs'),
        delay: Math.max(...own.map((run) => run.loopDelayP99Ms)),
      };
    });
    console.log(
      [
        String(level).padStart(7),
        ours.all.toFixed(1).padStart(12),
        server.all.toFixed(1).padStart(14),
        `${((100 * ours.all) / server.all).toFixed(1)} %`.padStart(13),
        `${((100 * ours.writing) / server.writing).toFixed(1)} %`.padStart(14),
        `${((100 * ours.processor) / server.processor).toFixed(1)} %`.padStart(13),
        `${ours.first.toFixed(0)} / ${server.first.toFixed(0)}`.padStart(15),
        ours.delay.toFixed(1).padStart(13),
      ].join(' '),
    );
  }
  if (values.json) {
    writeFileSync(values.json, JSON.stringify({ settings, serverFlags: sides[1].flags, runs }, null, 1));
  }
}

/** Of all threads of a process, on Linux; not a number elsewhere. */
function processorSeconds(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  } catch {
    return Number.NaN;
  }
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
