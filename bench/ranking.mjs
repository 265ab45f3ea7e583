// The kit's sets with what both indexes find for each question, kept in memory: ranking under many settings costs
// milliseconds a question then. For the ablations, the comparison of hybrid with words alone, and cross-validation.
import { loadSettings } from '#src/config.js';
import { chunkDocument } from '#src/rag/index/chunking.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { createPartsRetriever } from '#src/rag/retrieve/retrieve-parts.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { measure, openKit, pathOf, questionsOf } from './kit.mjs';

/** Hits of each index that are kept: `candidates` may be set up to it. */
const KEPT = 300;
const PAGE = 400;
export const DEFAULTS = loadSettings({}).retrieval;

/** Measures by which a set is judged. */
export const MEASURES = {
  'dev-qa': ['hits@1', 'hits@4', 'mrr@10', 'ctx@4'],
  'dev-followup': ['hits@1', 'hits@4', 'mrr@10', 'ctx@4'],
  'dev-recency': ['fresh_first', 'hits@1', 'hits@4'],
  'dev-inj': ['hits@1', 'hits@4', 'ctx@4'],
  'mhr-dev': ['hits@1', 'hits@4', 'mrr@10', 'all@10', 'off_hits@4', 'off_hits@10', 'off_mrr@10'],
};

/** The answerable questions of a set over a store that was ingested for it. */
export async function loadSet(dataDir, name) {
  const kit = await openKit(dataDir);
  const set = {
    name,
    rows: [],
    passages: new Map(),
    words: new Map(),
    vectors: new Map(),
    meaning: new Map(),
  };
  for (const question of questionsOf([name]).filter(({ answerable }) => answerable)) {
    const turns = question.turns ?? [question.question];
    const query = await understandInThread(turns.at(-1), turns.slice(0, -1), kit);
    set.rows.push({ question, query });
    for (const part of [query, ...query.parts]) {
      await remember(set, kit, part);
    }
  }
  await kit.close();
  return set;
}

async function remember({ meaning, passages, vectors, words }, kit, { spelledOut, terms }) {
  const hits = terms.length > 0 ? await kit.lexical.match(terms, KEPT) : [];
  const [vector] = await kit.embedder.embed([spelledOut], 'question');
  const near = await kit.index.nearest(vector, KEPT);
  words.set(terms.join(' '), hits);
  vectors.set(spelledOut, vector);
  meaning.set(vector, near);
  const unread = [...hits, ...near].map(({ id }) => id).filter((id) => !passages.has(id));
  for (let at = 0; at < unread.length; at += PAGE) {
    for (const passage of await kit.chunks.passages(unread.slice(at, at + PAGE))) {
      passages.set(passage.id, passage);
    }
  }
}

/** Each question's measures under these settings of retrieval, laid over the shipped ones. */
export async function measureSet({ meaning, passages, rows, vectors, words }, changes = {}) {
  const index = { nearest: async (vector, limit) => meaning.get(vector).slice(0, limit) };
  const embedder = { embed: async ([text]) => [vectors.get(text)] };
  const one = createRetriever(
    {
      chunks: { passages: async (ids) => ids.map((id) => passages.get(id)) },
      lexical: { match: async (terms, limit) => words.get(terms.join(' ')).slice(0, limit) },
      dense: () => ({ embedder, index }),
      onDenseFailure: (error) => {
        throw error;
      },
    },
    { ...DEFAULTS, ...changes },
  );
  const retrieve = createPartsRetriever(one);
  const measured = [];
  for (const { question, query } of rows) {
    const found = await retrieve(query);
    const retrieved = found.map(({ url }) => pathOf(url));
    measured.push(measure(question, { retrieved, retrieved_text: found.map(chunkDocument) }, (path) => path));
  }
  return measured;
}
