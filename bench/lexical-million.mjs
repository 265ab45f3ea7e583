// The lexical index at a million chunks: node bench/lexical-million.mjs BBC_DATA_DIR MHR_DATA_DIR WORK_DIR [SIZE] [QUESTIONS]
// Recombined sentences (corpus.mjs) and, stored last, the articles of both kits. One replica fills its index from the
// store; another starts from a snapshot that lacks a tenth. Then the kits' questions are asked, with the shipped search
// and with the plain one, which scores every chunk. CPU stands beside each time: benchmarks share their machine. What
// lies in WORK_DIR is used again, so a run that was ended goes on.
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { lexicalVersion, openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { createLexicalSnapshots } from '#src/rag/adapters/lexical-snapshots.js';
import { catchUpLexical } from '#src/rag/index/catch-up.js';
import { chunkDocument } from '#src/rag/index/chunking.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { createPartsRetriever } from '#src/rag/retrieve/retrieve-parts.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { createPublisherFinder } from '#src/rag/understand/publishers.js';
import { understand } from '#src/rag/understand/understand.js';
import { openStore } from '#src/store/open-store.js';
import { makeCorpus } from './corpus.mjs';
import { measure, pathOf, questionsOf } from './kit.mjs';

const [bbcDir, mhrDir, workDir, size = '1000000', most = '60'] = process.argv.slice(2);
const ROUNDS = 3;
const names = loadCricketNames();
const namesKey = JSON.stringify(names);
const findNames = createNameFinder(names);
const folder = path.join(workDir, size);
const shared = path.join(workDir, `snapshots-${size}`);
mkdirSync(shared, { recursive: true });

await makeStore();
const store = await openStore(folder);
const latest = await store.chunks.latestRevision();
console.log(
  `${await store.chunks.countChunks()} chunks, revision ${latest}, store ${gigabytes(store.file)} GB`,
);
const one = await aReplica('one');
await fillOne();
await startAnother();
await ask();
await one.lexical.close();
await store.close();

async function makeStore() {
  const bbc = await openStore(bbcDir);
  await makeCorpus(bbc, folder, Number(size));
  const made = await openStore(folder);
  if ((await made.chunks.latestRevision()) === Number(size)) {
    for (const source of [bbc, await openStore(mhrDir)]) {
      const { puts } = await source.chunks.changesAfter(0, 1e6);
      for await (const article of source.articles.all()) {
        const chunks = puts.filter(({ articleId }) => articleId === article.id);
        await made.articles.put(article, chunks);
      }
      await source.close();
    }
  }
  await made.close();
}

async function aReplica(name, options = {}) {
  const file = path.join(folder, name, 'lexical.sqlite');
  mkdirSync(path.dirname(file), { recursive: true });
  const lexical = await openLexicalIndex(file, namesKey, options);
  const place = { folder: shared, file, store: 'bench', version: lexicalVersion(namesKey) };
  return { file, lexical, snapshots: createLexicalSnapshots({ log: console }, place) };
}

/** Chunks that only go up to a revision, so that filling can be stopped there. */
function upTo(end) {
  return {
    ...store.chunks,
    latestRevision: async () => end,
    changesAfter: async (revision, limit) =>
      revision < end ? store.chunks.changesAfter(revision, Math.min(limit, end - revision)) : undefined,
  };
}

async function fillOne() {
  const { lexical, snapshots } = one;
  const early = Math.floor(latest * 0.9);
  for (const end of [early, latest]) {
    const from = await lexical.revision();
    if (from < end) {
      await timed(`filled from revision ${from} to ${end}`, () =>
        catchUpLexical({ chunks: upTo(end), lexical, findNames }, told()),
      );
    }
    if (end === early && (await snapshots.newest()) === 0 && (await lexical.revision()) === early) {
      await timed('a snapshot written', () => snapshots.take());
    }
  }
  if ((await snapshots.newest()) === 0) {
    await timed('a snapshot written', () => snapshots.take());
  }
  console.log(`index ${gigabytes(one.file)} GB, resident ${(process.memoryUsage().rss / 1e9).toFixed(2)} GB`);
}

async function startAnother() {
  rmSync(path.join(folder, 'two'), { recursive: true, force: true });
  const two = await aReplica('two');
  const from = await two.snapshots.newest();
  await timed(`an empty replica caught up from the snapshot of revision ${from}`, async () => {
    await timed('  of it: copied and opened', async () =>
      two.lexical.adopt(await two.snapshots.fetch(latest)),
    );
    await catchUpLexical({ chunks: store.chunks, lexical: two.lexical, findNames });
  });
  console.log(`  it has ${await two.lexical.count()} chunks, the other one ${await one.lexical.count()}`);
  await two.lexical.close();
  rmSync(path.join(folder, 'two'), { recursive: true, force: true });
}

async function ask() {
  const plain = await aReplica('one', { mostScored: Number.POSITIVE_INFINITY });
  const newest = new Date(await store.chunks.newestArticle());
  const deps = { findNames, findPublishers: createPublisherFinder(store.chunks), clock: () => newest };
  for (const set of ['dev-qa', 'mhr-dev']) {
    const all = questionsOf([set]).filter(({ answerable }) => answerable);
    const every = Math.max(1, Math.floor(all.length / Number(most)));
    const asked = all.filter((_, i) => i % every === 0).slice(0, Number(most));
    const rows = [];
    for (const question of asked) {
      const cold = await clocked(() => understand(question.question, { ...deps, lexical: one.lexical }));
      const match = { ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY };
      for (let round = 0; round < ROUNDS; round += 1) {
        const { cpuMs, ms } = await clocked(() => one.lexical.match(cold.result.terms, 100));
        match.ms = Math.min(match.ms, ms);
        match.cpuMs = Math.min(match.cpuMs, cpuMs);
      }
      const remembered = rememberedBy(plain.lexical);
      const slow = await clocked(() => remembered.match(cold.result.terms, 100));
      const bounded = await scoresOf(question, cold.result, one.lexical);
      const full = await scoresOf(question, cold.result, remembered);
      rows.push({ cold, match, slow, bounded, full });
    }
    const p = (share, of) => {
      const sorted = rows.map(of).sort((a, b) => a - b);
      return sorted[Math.floor(share * (sorted.length - 1))].toFixed(0);
    };
    const both = (of) => `median ${p(0.5, of)}, p95 ${p(0.95, of)} ms`;
    const mean = (of, key) => (rows.reduce((sum, row) => sum + of(row)[key], 0) / rows.length).toFixed(3);
    console.log(`${set}, ${rows.length} questions, load ${loadavg()[0].toFixed(1)}`);
    console.log(
      `  search: ${both((row) => row.match.ms)} (best of ${ROUNDS}); CPU ${both((row) => row.match.cpuMs)}`,
    );
    console.log(
      `  understanding before it, uncached: ${both((row) => row.cold.ms)}; CPU ${both((row) => row.cold.cpuMs)}`,
    );
    console.log(`  plain search: ${both((row) => row.slow.ms)}; CPU ${both((row) => row.slow.cpuMs)}`);
    for (const key of ['hits@1', 'hits@4', 'mrr@10']) {
      console.log(`  ${key}: ${mean((row) => row.bounded, key)}, plain ${mean((row) => row.full, key)}`);
    }
  }
  await plain.lexical.close();
}

/** Of retrieval by words alone, with all that ranks. */
async function scoresOf(question, query, lexical) {
  const settings = { ...loadSettings({}).retrieval, denseWeight: 0 };
  const retrieve = createPartsRetriever(
    createRetriever({ chunks: store.chunks, lexical, dense: () => undefined }, settings),
  );
  const found = await retrieve(query);
  const given = { retrieved: found.map(({ url }) => pathOf(url)), retrieved_text: found.map(chunkDocument) };
  return measure(question, given, (address) => address);
}

/** Asks once for the same words: the plain search takes seconds. */
function rememberedBy(lexical) {
  const known = new Map();
  return {
    match(terms, limit) {
      const key = `${limit} ${terms.join(' ')}`;
      known.set(key, known.get(key) ?? lexical.match(terms, limit));
      return known.get(key);
    },
  };
}

async function clocked(run) {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await run();
  const { system, user } = process.cpuUsage(cpu);
  return { result, ms: performance.now() - started, cpuMs: (user + system) / 1000 };
}

async function timed(what, run) {
  const { cpuMs, ms } = await clocked(run);
  console.log(
    `${what}: ${(ms / 1000).toFixed(1)} s, CPU ${(cpuMs / 1000).toFixed(1)} s, load ${loadavg()[0].toFixed(1)}`,
  );
}

function told() {
  let said = 0;
  return ({ done, total }) => {
    if (done - said >= 50_000) {
      said = done;
      console.log(`  ${done} of ${total}`);
    }
  };
}

function gigabytes(file) {
  return (existsSync(file) ? statSync(file).size / 1e9 : 0).toFixed(2);
}
