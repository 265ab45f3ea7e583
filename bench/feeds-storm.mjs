// Many feeds at once, with and without bad ones among them, into a real store:
//   node bench/feeds-storm.mjs [--feeds 200] [--follow]
// Prints how long the healthy feeds took, how much memory grew, how long the event loop was blocked, and what a
// second poll of the unchanged feeds cost. Without --follow the feeds' own texts are read and no pages.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { loadSettings } from '#src/config.js';
import { openFeeds } from '#src/feeds/open-feeds.js';
import { createLog } from '#src/log.js';
import { createChunker } from '#src/rag/index/chunk.js';
import { openStore } from '#src/store/open-store.js';

const { values } = parseArgs({
  options: { feeds: { type: 'string', default: '200' }, follow: { type: 'boolean', default: false } },
});
const site = spawn(process.execPath, [new URL('./feeds-storm-site.mjs', import.meta.url).pathname]);
const [line] = await once(site.stdout, 'data');
const origin = `http://127.0.0.1:${String(line).trim()}`;
const pages = values.follow ? 'follow' : 'feed-only';
const healthy = Array.from({ length: Number(values.feeds) }, (_, i) => ({
  url: `${origin}/feed/${i}`,
  pages,
}));
const bad = ['slow', 'endless', 'bomb', 'loop'].map((name) => ({ url: `${origin}/bad/${name}`, pages }));
const settings = loadSettings({ allowHosts: ['127.0.0.1'] }, {});
settings.pages.browser = 'none';
const chunkArticle = createChunker({ style: 'sentences', size: 1000, overlap: 150 });

/** A thread that does nothing: its delay is what the machine's other work costs. */
const idle = startIdle();

function startIdle() {
  const code = `const { parentPort } = require('node:worker_threads');
    const { monitorEventLoopDelay } = require('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    parentPort.on('message', (word) => {
      if (word === 'begin') { delay.reset(); delay.enable(); } else { delay.disable(); }
      parentPort.postMessage(Math.round(delay.percentile(99) / 1e6));
    });`;
  const worker = new Worker(code, { eval: true });
  worker.unref();
  const say = async (word) => {
    worker.postMessage(word);
    const [answer] = await once(worker, 'message');
    return answer;
  };
  return { begin: () => say('begin'), end: () => say('end') };
}

/** What the site was asked for since the last call. */
async function askedFor() {
  const response = await fetch(`${origin}/asked`);
  return response.json();
}

async function measure(name, feeds, store) {
  const engine = openFeeds({ log: createLog('silent') }, settings);
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const rssBefore = process.memoryUsage.rss();
  const startedAt = performance.now();
  let healthyMs = 0;
  let peak = rssBefore;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  delay.enable();
  await idle.begin();
  const reports = await engine.pollAll(feeds, {
    sink: { put: async (article) => store.articles.put(article, await chunkArticle(article)) },
    memory: {
      ...store.feeds,
      async saveFeed(url, state) {
        await store.feeds.saveFeed(url, state);
        healthyMs = url.includes('/feed/') ? performance.now() - startedAt : healthyMs;
      },
    },
    clock: () => new Date(),
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  delay.disable();
  const idleMs = await idle.end();
  clearInterval(watch);
  await engine.close();
  const { notModified, pages: pagesAsked, whole } = await askedFor();
  const sum = (key) => reports.reduce((total, report) => total + Number(report[key]), 0);
  console.log(
    `${name}: healthy feeds done after ${Math.round(healthyMs)} ms, ${sum('new')} new, ${sum('isUnchanged')} unchanged, ` +
      `${reports.filter((report) => report.error).length} failed; RSS +${Math.round((peak - rssBefore) / 1e6)} MB; ` +
      `event loop p99 ${Math.round(delay.percentile(99) / 1e6)} ms (an idle thread beside it: ${idleMs} ms); asked: ${whole} feeds whole, ${notModified} with 304, ${pagesAsked} pages`,
  );
  return healthyMs;
}

async function withStore(run) {
  const folder = mkdtempSync(path.join(tmpdir(), 'feeds-storm-'));
  const store = await openStore(folder);
  try {
    return await run(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await withStore((store) => measure('warm-up', healthy.slice(0, 20), store));
const alone = await withStore((store) => measure('healthy alone', healthy, store));
await withStore(async (store) => {
  // The bad ones come first, so that each of them holds its place while the others are read.
  const together = await measure('with bad ones', [...bad, ...healthy], store);
  console.log(`ratio ${(together / alone).toFixed(2)}`);
  await measure('second poll', healthy, store);
});
site.kill();
