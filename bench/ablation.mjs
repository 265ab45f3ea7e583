// What each stage of retrieval is worth: node bench/ablation.mjs BBC_DATA_DIR [MHR_DATA_DIR]
import { means } from './kit.mjs';
import { loadSet, MEASURES, measureSet } from './ranking.mjs';

const [bbc, mhr] = process.argv.slice(2);
const FUSION_ALONE = {
  pairWeight: 0,
  articleWeight: 0,
  publisherWeight: 0,
  dateWeight: 0,
  repetition: 0,
};
const ROWS = [
  ['as shipped', {}],
  ['words alone', { denseWeight: 0 }],
  ['meaning alone', { denseWeight: 1 }],
  ['without pairs of words', { pairWeight: 0 }],
  ['without support of the article', { articleWeight: 0 }],
  ['without named publishers', { publisherWeight: 0 }],
  ['without named days', { dateWeight: 0 }],
  ['without loss by repetition', { repetition: 0 }],
  ['fusion alone', FUSION_ALONE],
  ['fusion alone, words alone', { ...FUSION_ALONE, denseWeight: 0 }],
];

for (const [dataDir, name] of [
  [bbc, 'dev-qa'],
  [bbc, 'dev-followup'],
  [bbc, 'dev-recency'],
  [mhr, 'mhr-dev'],
]) {
  if (dataDir) {
    const set = await loadSet(dataDir, name);
    for (const [stage, changes] of ROWS) {
      const measured = await measureSet(set, changes);
      console.log(name, stage, JSON.stringify(means(measured, MEASURES[name])));
    }
  }
}
