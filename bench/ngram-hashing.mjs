// Is a vector of hashed character n-grams worth having when no model is installed? Words alone against words
// with such vectors: node bench/ngram-hashing.mjs BBC_DATA_DIR MHR_DATA_DIR
import { loadSettings } from '#src/config.js';
import { chunkDocument } from '#src/rag/index/chunking.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { words } from '#src/rag/understand/terms.js';
import { understand } from '#src/rag/understand/understand.js';
import { means, measure, openKit, pathOf, questionsOf } from './kit.mjs';

const DIMENSION = 1024;
const [bbc, mhr] = process.argv.slice(2);
const KEYS = ['hits@1', 'hits@4', 'mrr@10', 'ctx@4', 'off_hits@4', 'off_hits@10', 'off_mrr@10'];
const defaults = loadSettings({}).retrieval;

/** Counts of hashed 3- to 5-grams of the words, each with its borders. */
function grams(text) {
  const counts = new Map();
  for (const word of words(text)) {
    const marked = `^${word}$`;
    for (let n = 3; n <= 5; n += 1) {
      for (let i = 0; i + n <= marked.length; i += 1) {
        let hash = 0x811c9dc5;
        for (let j = i; j < i + n; j += 1) {
          hash = Math.imul(hash ^ marked.charCodeAt(j), 0x01000193);
        }
        const slot = (hash >>> 0) % DIMENSION;
        counts.set(slot, (counts.get(slot) ?? 0) + 1);
      }
    }
  }
  return counts;
}

for (const [dataDir, set] of [
  [bbc, 'dev-qa'],
  [mhr, 'mhr-dev'],
]) {
  if (!dataDir) {
    continue;
  }
  const kit = await openKit(dataDir);
  const { puts } = await kit.chunks.changesAfter(0, 1e6);
  const counted = puts.map((chunk) => ({ id: chunk.id, counts: grams(chunkDocument(chunk)) }));
  const inChunks = new Float64Array(DIMENSION);
  for (const { counts } of counted) {
    for (const slot of counts.keys()) {
      inChunks[slot] += 1;
    }
  }
  const vectorOf = (counts) => {
    const vector = new Float32Array(DIMENSION);
    for (const [slot, count] of counts) {
      vector[slot] = (1 + Math.log(count)) * Math.log(1 + puts.length / (1 + inChunks[slot]));
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((x) => x / length);
  };
  const items = counted.map(({ id, counts }) => ({ id, vector: vectorOf(counts) }));
  const index = {
    async nearest(vector, limit) {
      const hits = items.map((item) => {
        let score = 0;
        for (let i = 0; i < DIMENSION; i += 1) {
          score += vector[i] * item.vector[i];
        }
        return { id: item.id, score };
      });
      return hits.sort((a, b) => b.score - a.score).slice(0, limit);
    },
  };
  const embedder = { embed: async ([text]) => [vectorOf(grams(text))] };
  const questions = questionsOf([set]).filter((question) => question.answerable);
  const asked = [];
  for (const { question } of questions) {
    asked.push(await understand(question, kit));
  }
  for (const denseWeight of [0, 0.1, 0.2, 0.3, 1]) {
    const retrieve = createRetriever(
      {
        chunks: kit.chunks,
        lexical: kit.lexical,
        dense: () => ({ embedder, index }),
        onDenseFailure: (error) => {
          throw error;
        },
      },
      { ...defaults, denseWeight },
    );
    const rows = [];
    for (const [i, question] of questions.entries()) {
      const passages = await retrieve(asked[i]);
      rows.push(
        measure(
          question,
          { retrieved: passages.map((p) => pathOf(p.url)), retrieved_text: passages.map(chunkDocument) },
          (url) => url,
        ),
      );
    }
    console.log(set, `n-gram weight ${denseWeight}`, JSON.stringify(means(rows, KEYS)));
  }
  await kit.close();
}
