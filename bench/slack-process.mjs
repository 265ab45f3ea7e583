// The bot of the Slack measurements: everything real but the generator, which says three sentences.

import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createIdHash } from '#src/bots/id-hash.js';
import { createBots } from '#src/bots/open-bots.js';
import { openSlack } from '#src/bots/slack/open-slack.js';
import { realTimers } from '#src/bots/timers.js';
import { openStore } from '#src/store/open-store.js';
import { sentencesFor } from './slack-kit.mjs';
import { watchStalls } from './watch-stalls.mjs';

const {
  apiUrl,
  appToken,
  botToken,
  dataDir,
  owner = 'bench',
  dead = [],
  sockets = 2,
  concurrent = 50,
  waiting = 5_000,
  /** Milliseconds before each sentence, each by chance up to twice as long. */
  paceMs = 100,
  /** Time runs so many times as fast for leases, limits and retention; what waits for a call waits as long as ever. */
  speed = 1,
  callTimeoutSeconds = 10,
  logLevel = 'silent',
} = JSON.parse(process.env.BOT);

const start = Date.now();
const clock = () => new Date(start + (Date.now() - start) * speed);
const timers = { after: realTimers.after, every: (ms, run) => realTimers.every(ms / speed, run) };
const realClock = () => new Date();
const log = pino({ level: logLevel }, { write: (line) => process.send({ problem: line }) });
watchStalls((ms, cpu) => process.send({ stall: { ms, cpu } }));
const store = await openStore(dataDir);
const platform = openSlack(
  {
    ...{ log, clock: realClock, newsClock: realClock, timers: realTimers },
    ...{ installations: store.installations, feeds: async () => [] },
  },
  { botToken, appToken, apiUrl, own: 'a secret of the benches' },
  { mode: 'socket', sockets, port: 0, callTimeoutSeconds },
);

async function* ask({ text }, signal) {
  yield { type: 'status', text: 'reading 2 articles' };
  const citations = [1, 2].map((n) => ({
    n,
    url: `https://news.example/report-${n}?a=1&b=(2)`,
    title: `Report ${n} of ${text}`,
    publisher: 'The Example',
    publishedAt: '2023-12-19T10:00:00.000Z',
    quote: text,
  }));
  const sentences = sentencesFor(text);
  for (const [at, sentence] of sentences.entries()) {
    await sleep(paceMs * (0.5 + 1.5 * Math.random()));
    signal.throwIfAborted();
    if (at === 0) {
      for (const citation of citations) {
        yield { type: 'citation', citation };
      }
      process.send({ first: text, at: Date.now() });
    }
    yield { type: 'delta', text: sentence };
  }
  const answer = { text: sentences.join(''), citations, retrieved: [], abstained: false, publishersAgree: 2 };
  yield { type: 'done', answer: { ...answer, warnings: [], dropped: 0, generator: 'scripted' } };
}

const bots = createBots(
  {
    ask,
    store: store.conversations,
    platforms: [platform],
    hashId: createIdHash('a secret of the benches'),
    log,
    clock,
    timers,
    owner,
    isGone: (other) => dead.includes(other),
  },
  {
    concurrent,
    waiting,
    answerSeconds: 120,
    graceSeconds: 10,
    retentionDays: 1,
    limits: { minutes: 10, user: 0, channel: 0, workspace: 0, all: 0 },
    channels: { allow: [], deny: [] },
    users: { allow: [], deny: [] },
  },
);
process.on('message', (word) => void obey(word));

async function obey(word) {
  if (word === 'memory') {
    for (let i = 0; i < 4; i += 1) {
      globalThis.gc();
      await sleep(50);
    }
    process.send({ rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed });
  } else if (word === 'stop') {
    await bots.stop();
    await store.close();
    process.exit(0);
  }
}
await bots.start();
process.send({ ready: true });
