// What the bot core costs and holds, with a scripted generator and a real store.
//   node --expose-gc bench/bots.mjs burst [--questions 200] [--concurrent 4] [--deliveries 3]
//   node --expose-gc bench/bots.mjs soak [--questions 60000]
// burst: questions at once, each delivered several times; times until acknowledged, until a status, until the first text
// after the core's first sentence. soak: virtual time, a minute a question, with edits, stops and feedback; memory after
// a forced collection. Exit 1 = a question was not answered exactly once, or (soak) memory grew by more than 10 %.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createIdHash } from '#src/bots/id-hash.js';
import { createBots } from '#src/bots/open-bots.js';
import { realTimers } from '#src/bots/timers.js';
import { openStore } from '#src/store/open-store.js';
import { createRoomPlatform } from '../test/fixtures/room-platform.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    questions: { type: 'string' },
    concurrent: { type: 'string', default: '4' },
    deliveries: { type: 'string', default: '3' },
  },
});
const [mode = 'burst'] = positionals;
const count = Number(values.questions ?? (mode === 'soak' ? 60_000 : 200));
const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-bots-'));
const store = await openStore(folder);
const isGood = await (mode === 'soak' ? soak() : burst());
await store.close();
rmSync(folder, { recursive: true });
process.exitCode = isGood ? 0 : 1;

function botsOf({ ask, clock, concurrent, platform, retentionDays, timers, waiting }) {
  return createBots(
    {
      ask,
      store: store.conversations,
      platforms: [platform],
      hashId: createIdHash('a secret of the bench'),
      log: pino({ level: 'warn' }, pino.destination(2)),
      clock,
      timers,
      owner: 'bench',
      isGone: () => false,
    },
    {
      ...{ concurrent, waiting, answerSeconds: 60, graceSeconds: 5, retentionDays },
      limits: { minutes: 10, user: 1000, channel: 1000, workspace: 5000, all: 50_000 },
      channels: { allow: [], deny: [] },
      users: { allow: [], deny: [] },
    },
  );
}

function messageOf(i, thread) {
  const place = {
    platform: 'room',
    tenant: 't1',
    channel: `c${(thread ? i - 1 : i) % 20}`,
    thread: thread ?? `m${i}`,
  };
  const said = { message: `m${i}`, deliveryId: `d${i}`, user: `u${i % 100}`, text: `question ${i}?` };
  return { ...place, ...said, way: thread ? 'seen' : 'mention', isFromBot: false, isToSomeoneElse: false };
}

function answerOf(text) {
  const numbers = { publishersAgree: 0, dropped: 0 };
  return {
    text,
    citations: [],
    retrieved: [],
    warnings: [],
    abstained: false,
    generator: 'scripted',
    ...numbers,
  };
}

async function burst() {
  const said = new Map();
  const acked = [];
  const statuses = new Map();
  const written = new Map();
  const firsts = new Map();
  const posts = new Map();
  const last = new Map();
  const now = () => performance.now();
  async function* ask({ text }) {
    yield { type: 'status', text: 'reading' };
    await sleep(20);
    written.set(text, now());
    for (const delta of ['This ', 'is known ', `of ${text}`]) {
      yield { type: 'delta', text: delta };
      await sleep(20);
    }
    yield { type: 'done', answer: answerOf(`This is known of ${text}`) };
  }
  let ids = 0;
  const platform = createRoomPlatform(async (what, body) => {
    if (what === 'status' && !statuses.has(body.thread)) {
      statuses.set(body.thread, now());
    } else if (what === 'post') {
      ids += 1;
      posts.set(body.thread, (posts.get(body.thread) ?? 0) + 1);
      firsts.set(body.thread, now());
      return `${ids}`;
    } else if (what === 'change') {
      last.set(body.id, body.text);
    }
    return [];
  });
  const concurrent = Number(values.concurrent);
  const bots = botsOf({
    ask,
    platform,
    clock: () => new Date(),
    timers: realTimers,
    concurrent,
    waiting: count,
    retentionDays: 30,
  });
  await bots.start();
  const started = now();
  await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const message = messageOf(i);
      said.set(message.thread, now());
      await Promise.all(
        Array.from({ length: Number(values.deliveries) }, () => platform.bot().onMessage(message)),
      );
      acked.push(now() - started);
    }),
  );
  while (last.size < count || [...last.values()].some((text) => !text.endsWith('?'))) {
    await sleep(20);
  }
  const took = now() - started;
  await bots.stop();
  const threads = [...said.keys()];
  report('acknowledged', acked);
  report(
    'status',
    threads.map((thread) => statuses.get(thread) - started),
  );
  report(
    'first text after the first sentence',
    threads.map((thread, i) => firsts.get(thread) - written.get(`question ${i}?`)),
  );
  const once = threads.filter((thread) => posts.get(thread) === 1).length;
  console.log(`${once} of ${count} answered exactly once, in ${(took / 1000).toFixed(1)} s`);
  return once === count;
}

function report(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
}

async function soak() {
  const time = virtualTime();
  async function* ask({ text }) {
    yield { type: 'status', text: 'reading' };
    yield { type: 'delta', text: 'This is known ' };
    yield {
      type: 'done',
      answer: answerOf(`This is known of ${text}. ${'It goes on like that. '.repeat(20)}`),
    };
  }
  let ids = 0;
  let ended = 0;
  const keys = new Map();
  const platform = createRoomPlatform(async (what, body) => {
    if (what === 'post') {
      ids += 1;
      keys.set(body.thread, body.key);
      return `${ids}`;
    }
    ended += what === 'change' && body.text.length > 100 ? 1 : 0;
    return [];
  });
  const bots = botsOf({
    ask,
    platform,
    clock: time.clock,
    timers: time.timers,
    concurrent: 4,
    waiting: 200,
    retentionDays: 7,
  });
  await bots.start();
  const bot = platform.bot();
  const tenth = count / 10;
  const memory = [];
  const started = performance.now();
  for (let i = 0; i < count; ) {
    const batch = [];
    for (; batch.length < 20 && i < count; i += 1) {
      // Every fourth asks on in the thread of the one before.
      batch.push(messageOf(i, i % 4 === 3 ? `m${i - 1}` : undefined));
    }
    for (const way of ['mention', 'seen']) {
      const wave = batch.filter((message) => message.way === way);
      await Promise.all(wave.flatMap((message) => [bot.onMessage(message), bot.onMessage(message)]));
    }
    await until(() => ended >= i);
    const [first, second] = batch;
    const press = { ...first, questionId: keys.get(first.thread) ?? '' };
    await bot.onFeedback(press, 'down');
    await bot.onDeleted(second);
    await bot.onStop(press);
    await until(() => true);
    keys.clear();
    time.pass(batch.length * 60_000);
    await until(() => true);
    if (i % tenth === 0) {
      globalThis.gc?.();
      const { heapUsed, rss } = process.memoryUsage();
      memory.push(rss / 1e6);
      const size = statSync(store.file).size / 1e6;
      console.log(
        `${i} questions: ${memory.at(-1).toFixed(1)} MB (heap ${(heapUsed / 1e6).toFixed(1)}), store ${size.toFixed(0)} MB, ${((performance.now() - started) / i).toFixed(2)} ms each`,
      );
    }
  }
  await bots.stop();
  const growth = memory.at(-1) / memory[1] - 1;
  console.log(`last tenth against the second: ${(growth * 100).toFixed(1)} %`);
  return growth <= 0.1 && ended >= count;
}

async function until(holds) {
  do {
    await new Promise((resolve) => setImmediate(resolve));
  } while (!holds());
}

/** A clock that is moved by hand, with timers that run when it passes them. */
function virtualTime() {
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  const timers = new Set();
  const add = (milliseconds, run, every) => {
    const timer = { at: now + milliseconds, run, every };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  return {
    clock: () => new Date(now),
    timers: {
      after: (milliseconds, run) => add(milliseconds, run, undefined),
      every: (milliseconds, run) => add(milliseconds, run, milliseconds),
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        if (timer.every) {
          timer.at = now + timer.every;
        } else {
          timers.delete(timer);
        }
        timer.run();
      }
    },
  };
}
