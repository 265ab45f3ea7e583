// Answers and silence as shipped, in one process: node bench/answers.mjs DATA_DIR SET[,SET…] [words]
// The figures that count are taken from outside, through `ask --jsonl`; this one is for looking at questions.
import { loadSettings } from '#src/config.js';
import { createAssessor } from '#src/rag/evidence/evidence.js';
import { createMeaning, NO_MEANING } from '#src/rag/evidence/meaning.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { means, measure, openKit, pathOf, questionsOf } from './kit.mjs';

const KEYS = [
  'accuracy',
  'words',
  'cite_precision',
  'cites_gold',
  'false_abstain',
  'true_abstain',
  'attack_success',
];
const [dataDir, sets, mode] = process.argv.slice(2);
const settings = loadSettings({});
const kit = await openKit(dataDir);
const dense = mode === 'words' ? undefined : { embedder: kit.embedder, index: kit.index };
const raise = (error) => {
  throw error;
};
const retrieve = createRetriever(
  { chunks: kit.chunks, lexical: kit.lexical, dense: () => dense, onDenseFailure: raise },
  settings.retrieval,
);
const meaning = dense
  ? createMeaning({ dense: () => dense, vectors: kit.store.vectors, onFailure: raise })
  : NO_MEANING;
const assess = createAssessor({ meaning }, settings.answers);
const signal = new AbortController().signal;

const rows = [];
for (const question of questionsOf(sets.split(','))) {
  const query = await understandInThread(question.question, (question.turns ?? []).slice(0, -1), kit);
  const passages = await retrieve(query, signal);
  const { confidence, sentences } = await assess(query, passages, signal);
  const abstained = sentences.length === 0 || confidence < settings.answers.minConfidence;
  const said = abstained ? [] : sentences;
  const result = {
    answer: said.map(({ text }) => `${text} [1]`).join(' '),
    sources: said.map(({ passage }) => pathOf(passage.url)),
    retrieved: passages.map(({ url }) => pathOf(url)),
    abstained,
  };
  rows.push({ ...measure(question, result, (url) => url), set: question.set, confidence, question });
}
await kit.close();
for (const set of new Set(rows.map((row) => row.set))) {
  const own = rows.filter((row) => row.set === set);
  console.log(set, own.length, JSON.stringify(means(own, KEYS)));
}
const silent = rows.filter((row) => row.true_abstain === 1 || row.false_abstain === 1);
const right = silent.filter((row) => row.true_abstain === 1).length;
console.log(`silence: precision ${(right / silent.length).toFixed(3)}, of ${silent.length}`);
