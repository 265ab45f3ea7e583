// The developers' evaluation kit (../shared/eval) in one process: its questions and its scorer over a store that was
// ingested from it, with the program's own retrieval. For fitting and ablations, where thousands of questions
// are asked under many settings; the figures that count are taken from outside, through `ask --jsonl`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { loadCricketNames } from '#src/cricket.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { openExactIndex } from '#src/rag/adapters/exact.js';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { catchUpLexical } from '#src/rag/index/catch-up.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { createPublisherFinder } from '#src/rag/understand/publishers.js';
import { openStore } from '#src/store/open-store.js';

const ROOT = path.join(import.meta.dirname, '..');
const KIT = path.join(ROOT, '../shared/eval/lib');
export const MODEL = path.join(ROOT, '../shared/models/all-MiniLM-L6-v2');

/** Under which the store keeps the model's vectors. */
export const MODEL_KEY = 'all-MiniLM-L6-v2-384';

const kit = (file) => import(path.join(KIT, file));
const { bbcQuestions, injectionCases, mhrQuestions } = await kit('questions.mjs');
const { loadMHR } = await kit('articles.mjs');
export const { measure } = await kit('score.mjs');
export const { answersMatch } = await kit('text.mjs');

/** Questions of the sets named, e.g. ['dev-qa', 'dev-unanswerable'], ['more-qa', 'more-unanswerable'] or ['mhr-dev']. */
export function questionsOf(sets) {
  const bbc = [...bbcQuestions(), ...moreQuestions()];
  const all = sets.some((set) => set.startsWith('mhr'))
    ? mhrQuestions(loadMHR())
    : [...bbc, ...injectionCases(bbcQuestions()).cases];
  return all.filter((question) => sets.includes(question.set));
}

/** The questions of short-questions.yaml, in the kit's shape. */
function moreQuestions() {
  const file = path.join(import.meta.dirname, 'short-questions.yaml');
  return parse(readFileSync(file, 'utf8')).map(({ answers, ask, in: articles, kind }, i) => ({
    id: `more-${i}`,
    set: answers ? 'more-qa' : 'more-unanswerable',
    question: ask,
    gold: answers ? [articles] : [],
    stale: [],
    answers: answers ? [answers] : [],
    tags: [kind],
    answerable: answers !== undefined,
  }));
}

/** The path of a kit's page, which is what its gold lists name. */
export const pathOf = (url) => new URL(url).pathname;

/** Opens a store that was ingested. Vectors of questions are kept in a file beside it; `words` = no vectors. */
export async function openKit(dataDir, { words = false } = {}) {
  const store = await openStore(dataDir);
  const names = loadCricketNames();
  const findNames = createNameFinder(names);
  const lexical = await openLexicalIndex(path.join(dataDir, 'lexical.sqlite'), JSON.stringify(names));
  await catchUpLexical({ chunks: store.chunks, lexical, findNames });
  const embedder = words ? undefined : await openEmbedder(MODEL, { threads: 2 });
  const index =
    embedder && (await openExactIndex(store.vectors.allVectors(embedder.key), embedder.dimension));
  const file = path.join(dataDir, 'bench-vectors.json');
  const cache = new Map(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  const before = cache.size;
  return {
    store,
    chunks: store.chunks,
    lexical,
    index,
    findNames,
    findPublishers: createPublisherFinder(store.chunks),
    clock: await clockOf(store),
    /** As an Embedder, with a memory. */
    embedder: {
      key: embedder?.key,
      async embed(texts, kind, signal) {
        const missing = texts.filter((text) => !cache.has(text));
        const made = missing.length > 0 ? await embedder.embed(missing, kind, signal) : [];
        for (const [i, text] of missing.entries()) {
          cache.set(
            text,
            Array.from(made[i], (x) => Math.round(x * 1e6) / 1e6),
          );
        }
        return texts.map((text) => Float32Array.from(cache.get(text)));
      },
    },
    async close() {
      if (cache.size > before) {
        writeFileSync(file, JSON.stringify([...cache]));
      }
      await Promise.all([lexical.close(), embedder?.close(), index?.close()]);
      await store.close();
    },
  };
}

/** The kit's advice: today is the day of the newest article. */
async function clockOf(store) {
  const newest = new Date(await store.chunks.newestArticle());
  return () => newest;
}

/** Mean of each measure over rows that have it, three digits. */
export function means(rows, keys) {
  return Object.fromEntries(
    keys.map((key) => {
      const values = rows.map((row) => row[key]).filter((value) => value != null);
      const sum = values.reduce((a, b) => a + b, 0);
      return [key, values.length > 0 ? Number((sum / values.length).toFixed(3)) : null];
    }),
  );
}
