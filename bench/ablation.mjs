// What each stage of retrieval is worth: node bench/ablation.mjs BBC_DATA_DIR MHR_DATA_DIR

import { loadSettings } from '#src/config.js';
import { chunkDocument } from '#src/rag/chunking.js';
import { createRetriever } from '#src/rag/retrieve.js';
import { understand } from '#src/rag/understand.js';
import { means, measure, openKit, pathOf, questionsOf } from './kit.mjs';

const [bbc, mhr] = process.argv.slice(2);
const KEYS = [
  'fresh_first',
  'hits@1',
  'hits@4',
  'hits@10',
  'mrr@10',
  'ctx@4',
  'all@10',
  'off_hits@4',
  'off_hits@10',
  'off_mrr@10',
];
const defaults = loadSettings({}).retrieval;
const ROWS = [
  ['as shipped', {}],
  ['words alone', { denseWeight: 0 }],
  ['meaning alone', { denseWeight: 1 }],
  ['without support of the article', { articleWeight: 0 }],
  ['without named publishers', { publisherWeight: 0 }],
  ['without named days', { dateWeight: 0 }],
  ['without loss by repetition', { repetition: 0 }],
  ['fusion alone', { articleWeight: 0, publisherWeight: 0, dateWeight: 0, repetition: 0 }],
];

for (const [dataDir, sets] of [
  [bbc, ['dev-qa']],
  [bbc, ['dev-recency']],
  [mhr, ['mhr-dev']],
]) {
  if (!dataDir) {
    continue;
  }
  const kit = await openKit(dataDir);
  const questions = questionsOf(sets).filter((question) => question.answerable);
  for (const [name, changes] of ROWS) {
    const retrieve = createRetriever(
      {
        chunks: kit.chunks,
        lexical: kit.lexical,
        dense: () => ({ embedder: kit.embedder, index: kit.index }),
        onDenseFailure: (error) => {
          throw error;
        },
      },
      { ...defaults, ...changes },
    );
    const rows = [];
    for (const question of questions) {
      const passages = await retrieve(await understand(question.question, kit));
      const result = {
        retrieved: passages.map((p) => pathOf(p.url)),
        retrieved_text: passages.map(chunkDocument),
      };
      rows.push(measure(question, result, (url) => url));
    }
    console.log(sets.join(), name, JSON.stringify(means(rows, KEYS)));
  }
  await kit.close();
}
