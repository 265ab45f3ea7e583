// What threads do to retrieval: node bench/follow-ups.mjs BBC_DATA_DIR
// Follow-ups must find what they lean on; an unrelated second question must find what it finds alone. Each
// question of dev-qa is asked after another one, drawn with a fixed seed (70 pairs).
import { loadSettings } from '#src/config.js';
import { chunkDocument } from '#src/rag/index/chunking.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { means, measure, openKit, pathOf, questionsOf } from './kit.mjs';

const SEED = 20231219;
const KEYS = ['hits@1', 'hits@4', 'ctx@4', 'mrr@10'];
const [dataDir, mode] = process.argv.slice(2);

const kit = await openKit(dataDir);
const retrieve = createRetriever(
  {
    chunks: kit.chunks,
    lexical: kit.lexical,
    dense: () => (mode === 'words' ? undefined : { embedder: kit.embedder, index: kit.index }),
    onDenseFailure: (error) => {
      throw error;
    },
  },
  loadSettings({}).retrieval,
);

async function ask(question, earlier) {
  const query = await understandInThread(question.question, earlier, kit);
  const passages = await retrieve(query);
  const retrieved = passages.map(({ url }) => pathOf(url));
  const row = measure(question, { retrieved, retrieved_text: passages.map(chunkDocument) }, (url) => url);
  return { ...row, question, earlier };
}

/** Numbers 0..1, the same ones each time (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const followUps = [];
for (const question of questionsOf(['dev-followup'])) {
  followUps.push(await ask(question, question.turns.slice(0, -1)));
}
console.log('follow-ups', followUps.length, JSON.stringify(means(followUps, KEYS)));
for (const { question, ...row } of followUps.filter((each) => each['hits@4'] === 0 || each['ctx@4'] === 0)) {
  console.log('  missed', row['hits@4'], row['ctx@4'], question.id, question.turns.join(' | '));
}

const questions = questionsOf(['dev-qa']);
const random = randomOf(SEED);
const alone = [];
const after = [];
for (const [i, question] of questions.entries()) {
  const other = questions[(i + 1 + Math.floor(random() * (questions.length - 1))) % questions.length];
  alone.push(await ask(question, []));
  after.push(await ask(question, [other.question]));
}
console.log('alone     ', alone.length, JSON.stringify(means(alone, KEYS)));
console.log('after one ', after.length, JSON.stringify(means(after, KEYS)));
for (const [i, { earlier, question, ...row }] of after.entries()) {
  if (row['hits@1'] < alone[i]['hits@1']) {
    console.log('  lost', question.id, `${earlier.join(' | ')} | ${question.question}`);
  }
}
await kit.close();
