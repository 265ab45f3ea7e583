// What a local model stands: node --expose-gc bench/model-load.mjs crowd|row|kill|cancel|prefix|count|loop [count]
// The model is Mixtral-shaped and made on the spot: a tiny one that speaks, for `prefix` one of 335 MB with random
// weights. Everything goes through the program's own adapter, its process and its queue.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '#src/log.js';
import { openLlama } from '#src/rag/adapters/llama/llama.js';
import { makeRandomModel, makeTinyModel } from '../test/fixtures/gguf/make-model.mjs';
import { askWith } from './model-ask.mjs';

const [what = 'crowd', given] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'model-load-'));
const never = () => new AbortController().signal;
const GREEDY = { temperature: 0, repetitionPenalty: 1, maxTokens: 80 };
const INSTRUCTIONS = 'You answer questions about news.';
const SIDES = ['England', 'India', 'Australia', 'Pakistan', 'Kent', 'Surrey', 'Mumbai', 'Barbados'];
/** Some 500 tokens. */
const PASSAGES = 'The match ended after tea and the side had won it by 5 wickets in the last over. '.repeat(
  14,
);

const runs = { crowd, row, kill, cancel, prefix, count, loop };
const began = performance.now();
try {
  console.log(
    JSON.stringify(
      { what, ...(await runs[what](given && Number(given))), seconds: since(began) / 1000 },
      null,
      1,
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** 200 questions at once: of 40 people five each, with the bounds of the configuration, then with room for all. */
async function crowd(count = 200) {
  const bounded = await crowdOf(count, { most: 32, perUser: 3, timeoutSeconds: 120 });
  const roomy = await crowdOf(count, { most: count, perUser: count, timeoutSeconds: 600 });
  return { bounded, roomy };
}

async function crowdOf(count, queue) {
  const { close, model } = await open({ queue });
  const order = [];
  const ask = async (i) => {
    const user = `u${i % 40}`;
    let isFirst = true;
    const onText = () => {
      if (isFirst) {
        order.push(user);
      }
      isFirst = false;
    };
    try {
      return { i, text: await write(model, questionOf(i), { user, onText }) };
    } catch (error) {
      return { i, code: error.code };
    }
  };
  const delay = watchLoop();
  const results = await Promise.all(Array.from({ length: count }, (_, i) => ask(i)));
  const loop = delay();
  const answered = results.filter(({ text }) => text);
  const mixedUp = [];
  for (const { i, text } of answered) {
    if ((await write(model, questionOf(i))) !== text) {
      mixedUp.push(i);
    }
  }
  await close();
  return {
    asked: count,
    answered: answered.length,
    busy: results.filter(({ code }) => code === 'model_busy').length,
    lostOrFailed: results.filter(({ code, text }) => !text && code !== 'model_busy').length,
    mixedUp: mixedUp.length,
    secondTurnsBeforeFirst: unfairTurns(order),
    loopDelay: loop,
  };
}

/** Turns of somebody who had one already while another who was let in had none; slots that work side by side may swap neighbours. */
function unfairTurns(order) {
  const had = new Map();
  let unfair = 0;
  for (const [at, user] of order.entries()) {
    const turns = had.get(user) ?? 0;
    const fewest = Math.min(...[...new Set(order.slice(at + 4))].map((other) => had.get(other) ?? 0), turns);
    unfair += turns > fewest ? 1 : 0;
    had.set(user, turns + 1);
  }
  return unfair;
}

/** 1,000 in a row: resident memory of both processes after a forced collection, last tenth against second tenth. */
async function row(count = 1000) {
  const { close, model } = await open();
  const samples = [];
  const delay = watchLoop();
  for (let i = 0; i < count; i += 1) {
    await write(model, questionOf(i));
    if (i % 10 === 9) {
      samples.push(await memoryOf(model.stats().pid));
    }
  }
  const loop = delay();
  const stats = model.stats();
  await close();
  const tenth = samples.length / 10;
  const compare = (which) => {
    const mean = (list) => list.reduce((sum, sample) => sum + sample[which], 0) / list.length;
    const [second, last] = [samples.slice(tenth, 2 * tenth), samples.slice(-tenth)].map(mean);
    return { secondTenthMb: second, lastTenthMb: last, growth: last / second - 1 };
  };
  return {
    answers: stats.answers,
    restarts: stats.restarts,
    bot: compare('own'),
    model: compare('child'),
    loopDelay: loop,
  };
}

async function memoryOf(pid) {
  process.kill(pid, 'SIGUSR2');
  await sleep(50);
  globalThis.gc?.();
  return { own: process.memoryUsage.rss() / 2 ** 20, child: residentMb(pid) };
}

function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** The model's process is killed in the middle of an answer, again and again. */
async function kill(count = 50) {
  const { close, model } = await open({}, { sentences: 0 });
  const ask = askWith(model);
  const tally = { apologies: 0, recoveries: 0, other: [] };
  const told = [];
  const recovered = [];
  const delay = watchLoop();
  for (let i = 0; i < count; i += 1) {
    const { pid } = model.stats();
    let killedAt;
    let last;
    for await (const event of ask({ id: `${i}`, text: `Who won, ${SIDES[i % 8]}?` }, never())) {
      last = event;
      if (event.type === 'delta' && killedAt === undefined) {
        killedAt = performance.now();
        process.kill(pid, 'SIGKILL');
      }
    }
    told.push(since(killedAt));
    const isApology =
      last.type === 'done' &&
      last.answer.brokeOff === 'model_crashed' &&
      last.answer.text.includes('restarted while writing. Here are the articles I had found: [1][2][3]');
    tally.apologies += isApology ? 1 : 0;
    if (!isApology) {
      tally.other.push(last.answer?.text ?? last.message);
    }
    for await (const event of ask({ id: `${i}+`, text: 'Who won?' }, never())) {
      last = event;
    }
    recovered.push(since(killedAt));
    tally.recoveries += last.type === 'done' && !last.answer.brokeOff && last.answer.text !== '' ? 1 : 0;
  }
  const loop = delay();
  const { restarts } = model.stats();
  await close();
  return { ...tally, restarts, apologyMs: spread(told), nextAnswerMs: spread(recovered), loopDelay: loop };
}

/** How long it takes until a cancelled answer is told, and until its slot is free, in each phase. */
async function cancel(count = 20) {
  const { close, model } = await open({ sequences: 1, contextTokens: 32_768 }, { sentences: 0 });
  const long = PASSAGES.repeat(50);
  const figures = {};
  for (const phase of ['queued', 'reading', 'writing']) {
    const told = [];
    const free = [];
    for (let i = 0; i < count; i += 1) {
      const other = new AbortController();
      const busy =
        phase === 'queued'
          ? write(model, 'Kent?', { signal: other.signal, maxTokens: 20_000 }).catch(() => {})
          : undefined;
      const stop = new AbortController();
      let hasBegun = () => {};
      const begun = new Promise((resolve) => {
        hasBegun = resolve;
      });
      const content = phase === 'reading' ? `${i} ${long}` : `Kent? ${i}`;
      const answer = write(model, content, { signal: stop.signal, onText: hasBegun, maxTokens: 8000 }).then(
        () => 'ended',
        () => 'told',
      );
      await (phase === 'writing' ? begun : model.countTokens(`a ${phase} ${i}`));
      const from = performance.now();
      stop.abort(new Error('stopped'));
      if ((await answer) !== 'told') {
        throw new Error(`the ${phase} answer ended before it was cancelled`);
      }
      told.push(since(from));
      other.abort(new Error('stopped'));
      await busy;
      while (model.stats().writing > 0) {
        await sleep(1);
      }
      free.push(since(from));
    }
    figures[phase] = { toldMs: spread(told), slotFreeMs: spread(free) };
  }
  await close();
  return figures;
}

/** Time to the first token of a 2,000-token prompt, and of one that differs in its last words. */
async function prefix(count = 3) {
  const { close, model } = await open({ sequences: 2, contextTokens: 2560 }, null);
  const cold = [];
  const warm = [];
  const delay = watchLoop();
  let tokens = 0;
  for (let i = 0; i < count; i += 1) {
    const text = await textOf(model, 2000, `${i + 1} day. `);
    tokens = await model.countTokens(text);
    cold.push(await firstTokenMs(model, `${text} Who won?`));
    warm.push(await firstTokenMs(model, `${text} And who lost?`));
  }
  const loop = delay();
  const { promptTokens, reusedTokens } = model.stats();
  await close();
  const share = median(warm) / median(cold);
  return {
    tokens,
    coldMs: spread(cold),
    warmMs: spread(warm),
    share,
    promptTokens,
    reusedTokens,
    loopDelay: loop,
  };
}

async function textOf(model, tokens, start) {
  let text = start;
  while ((await model.countTokens(text)) < tokens) {
    text += 'The match ended after tea. ';
  }
  return text;
}

async function firstTokenMs(model, content) {
  const from = performance.now();
  const stop = new AbortController();
  let first;
  const onText = () => {
    first ??= since(from);
    stop.abort(new Error('enough'));
  };
  await write(model, content, { signal: stop.signal, onText }).catch(() => {});
  while (model.stats().writing > 0) {
    await sleep(5);
  }
  return first;
}

/** What fitting a prompt asks: the same instructions, and contents that grow shorter. */
async function count(times = 50) {
  const { close, model } = await open();
  const fresh = [];
  const again = [];
  for (let i = 0; i < times; i += 1) {
    const text = `${i} ${PASSAGES.repeat(6)}`;
    for (const list of [fresh, again]) {
      const from = performance.now();
      await model.countTokens(text);
      list.push(since(from));
    }
  }
  await close();
  return { characters: PASSAGES.length * 6, firstMs: spread(fresh), rememberedMs: spread(again) };
}

/** The event loop of this process in turns of three seconds: with nothing to do, and while four answers are written. */
async function loop(rounds = 5) {
  const { close, model } = await open({ contextTokens: 32_768 }, { sentences: 0 });
  const idle = [];
  const working = [];
  for (let i = 0; i < rounds; i += 1) {
    const quiet = watchLoop();
    await sleep(3000);
    idle.push(quiet().p99);
    const stop = new AbortController();
    const answers = SIDES.slice(0, 4).map((side) =>
      write(model, `${side}?`, { signal: stop.signal, maxTokens: 30_000 }).catch(() => {}),
    );
    const busy = watchLoop();
    await sleep(3000);
    working.push(busy().p99);
    stop.abort(new Error('enough'));
    await Promise.all(answers);
  }
  await close();
  return { idleP99Ms: spread(idle), workingP99Ms: spread(working) };
}

async function open(options = {}, tiny = {}) {
  const file = path.join(folder, 'model.gguf');
  if (tiny) {
    makeTinyModel(file, tiny);
  } else {
    makeRandomModel(file);
  }
  const model = await openLlama(
    { log: createLog('silent') },
    {
      file,
      gpu: 'none',
      gpuLayers: 'max',
      contextTokens: 4096,
      sequences: 4,
      threads: 1,
      hangSeconds: 60,
      template: 'auto',
      instructions: INSTRUCTIONS,
      queue: { most: 32, perUser: 3, timeoutSeconds: 120 },
      ...options,
    },
  );
  return { model, close: () => model.close() };
}

async function write(model, content, { maxTokens = 80, onText, signal = never(), user } = {}) {
  let text = '';
  await model.complete(
    { instructions: INSTRUCTIONS, content, written: '' },
    { ...GREEDY, maxTokens },
    {
      signal,
      user,
      onText: (piece) => {
        text += piece;
        onText?.();
      },
    },
  );
  return text;
}

function questionOf(i) {
  return `${PASSAGES} Question ${i}: did ${SIDES[i % 8]} or ${SIDES[(i * 3 + 1) % 8]} win?`;
}

/** Delay of this process's event loop in ms, from now until the result is called. */
function watchLoop() {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  return () => {
    histogram.disable();
    return {
      p50: histogram.percentile(50) / 1e6,
      p99: histogram.percentile(99) / 1e6,
      max: histogram.max / 1e6,
    };
  };
}

function since(from) {
  return performance.now() - from;
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
}

function spread(list) {
  return { median: median(list), max: Math.max(...list) };
}
