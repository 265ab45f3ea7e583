// What retrieval costs as the index grows: node bench/latency.mjs BBC_DATA_DIR CORPORA_DIR [--chroma] [10000 50000 200000]
// Corpora (corpus.mjs) are made once and kept in CORPORA_DIR. Of each question the best of some rounds counts, because
// benchmarks share their machine; the embedding of the question is left out: it does not depend on the index.
import path from 'node:path';
import { loadSettings } from '#src/config.js';
import { openChroma } from '#src/rag/adapters/chroma.js';
import { startChroma } from '#src/rag/adapters/chroma-server.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { understand } from '#src/rag/understand/understand.js';
import { openStore } from '#src/store/open-store.js';
import { makeCorpus } from './corpus.mjs';
import { MODEL_KEY, openKit, questionsOf } from './kit.mjs';

const ROUNDS = 5;
const options = process.argv.slice(2);
const withChroma = options.includes('--chroma');
const [source, corpora, ...sizes] = options.filter((option) => option !== '--chroma');
const questions = questionsOf(['dev-qa']).map(({ question }) => question);
const settings = loadSettings({}).retrieval;

for (const size of sizes.length > 0 ? sizes.map(Number) : [10_000, 50_000, 200_000]) {
  const folder = path.join(corpora, `${size}`);
  const store = await openStore(source);
  await makeCorpus(store, folder, size);
  await store.close();
  const kit = await openKit(folder);
  await measure(size, kit, 'exact scan', kit.index);
  if (withChroma) {
    const server = await startChroma(
      { log: console },
      { folder: `${folder}/chroma`, startTimeoutMs: 60_000 },
    );
    const chroma = await openChroma({ url: server.url, collection: MODEL_KEY, kind: 'chroma' });
    await fill(chroma, kit.store, size);
    await measure(size, kit, 'chroma', chroma);
    await server.stop();
  }
  await kit.close();
}

async function measure(size, kit, name, index) {
  const vectors = await kit.embedder.embed(questions, 'question');
  const best = new Map();
  const timed = async (stage, i, run) => {
    const started = performance.now();
    const result = await run();
    const times = best.get(stage) ?? questions.map(() => Number.POSITIVE_INFINITY);
    best.set(stage, times);
    times[i] = Math.min(times[i], performance.now() - started);
    return result;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, question] of questions.entries()) {
      const embedder = { embed: async () => [vectors[i]] };
      const dense = { embedder, index };
      const retrieve = createRetriever({ ...kit, dense: () => dense, onDenseFailure: fail }, settings);
      await timed('all', i, async () => retrieve(await understand(question, kit)));
      const query = await timed('understanding', i, () => understand(question, kit));
      const hits = await timed('words', i, () => kit.lexical.match(query.terms, settings.candidates));
      const near = await timed('meaning', i, () => index.nearest(vectors[i], settings.candidates));
      const ids = [...new Set([...hits, ...near].map(({ id }) => id))];
      await timed('reading', i, () => kit.chunks.passages(ids));
    }
  }
  for (const [stage, times] of best) {
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
    console.log(`${size} chunks, ${name}, ${stage}: median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  }
}

function fail(error) {
  throw error;
}

async function fill(chroma, store, size) {
  if ((await chroma.count()) === size) {
    return;
  }
  const about = { document: '', articleId: '', publishedAt: '' };
  for await (const batch of store.vectors.allVectors(MODEL_KEY)) {
    await chroma.upsert(batch.map(({ id, vector }) => ({ id, vector, ...about })));
  }
}
