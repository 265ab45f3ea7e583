// What retrieval costs as the index grows: node bench/latency.mjs DATA_DIR [10000 50000]
// The corpora are recombined sentences of a store ingested from the kit under new article ids, their vectors
// real ones with noise. The embedding of the question is left out: it does not depend on the index.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { openExactIndex } from '#src/rag/adapters/exact.js';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { createNameFinder } from '#src/rag/names.js';
import { createPublisherFinder } from '#src/rag/publishers.js';
import { createRetriever } from '#src/rag/retrieve.js';
import { splitSentences } from '#src/rag/sentences.js';
import { understand } from '#src/rag/understand.js';
import { openKit, questionsOf } from './kit.mjs';

const [dataDir, ...sizes] = process.argv.slice(2);
const PER_ARTICLE = 5;
const ROUNDS = 100;
const kit = await openKit(dataDir);
const { puts } = await kit.chunks.changesAfter(0, 1e6);
const sentences = puts.flatMap((chunk) => splitSentences(chunk.text));
const known = [];
for await (const batch of kit.store.vectors.allVectors('all-MiniLM-L6-v2-384')) {
  known.push(...batch.map(({ vector }) => vector));
}
let seed = 7;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const questions = questionsOf(['dev-qa']).map(({ question }) => question);
const vectors = new Map(
  (await kit.embedder.embed(questions, 'question')).map((vector, i) => [questions[i], vector]),
);

for (const size of sizes.length > 0 ? sizes.map(Number) : [10_000, 50_000]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'latency-'));
  const lexical = await openLexicalIndex(path.join(folder, 'lexical.sqlite'));
  const passages = new Map();
  const items = [];
  for (let i = 0; i < size; i += 1) {
    const article = `${Math.floor(i / PER_ARTICLE)}`.padStart(16, '0');
    const like = pick(puts);
    const text = Array.from({ length: 8 }, () => pick(sentences)).join(' ');
    const id = `${article}:${i % PER_ARTICLE}:0`;
    passages.set(id, {
      ...{ id, articleId: article, ordinal: i % PER_ARTICLE, header: like.header, text, title: like.header },
      ...{ url: `https://example.org/${article}`, publisher: 'Example', score: 0 },
      publishedAt: new Date(1.1e12 + i * 6e4).toISOString(),
    });
    const vector = Float32Array.from(pick(known), (x) => x + (random() - 0.5) * 0.02);
    const length = Math.hypot(...vector);
    items.push({ id, vector: vector.map((x) => x / length) });
  }
  const puttings = [...passages.values()];
  for (let i = 0; i < size; i += 2000) {
    await lexical.apply({ puts: puttings.slice(i, i + 2000), drops: [], revision: i + 1 });
  }
  const index = await openExactIndex(
    (async function* () {
      yield items;
    })(),
    384,
  );
  const chunks = {
    passages: async (ids) => ids.map((id) => passages.get(id)),
    latestRevision: async () => 1,
    publishers: async () => ['Example'],
  };
  const names = loadCricketNames();
  const deps = { lexical, findNames: createNameFinder(names), clock: () => new Date() };
  const understanding = { ...deps, findPublishers: createPublisherFinder(chunks) };
  const embedder = { embed: async ([text]) => [vectors.get(text)] };
  const retrieve = createRetriever(
    { chunks, lexical, dense: () => ({ embedder, index }), onDenseFailure: console.error },
    loadSettings({}).retrieval,
  );
  const times = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const started = performance.now();
    await retrieve(await understand(questions[i % questions.length], understanding));
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  console.log(
    `${size} chunks: median ${at(0.5)} ms, p95 ${at(0.95)} ms (understanding, both indexes, ranking)`,
  );
  await Promise.all([lexical.close(), index.close()]);
  rmSync(folder, { recursive: true, force: true });
}
await kit.close();
