// What the weights of ranking are worth on questions that did not choose them: node bench/cross-validate.mjs BBC_DATA_DIR
// MHR_DATA_DIR. The questions fall into two halves (those of MultiHop-RAG that share evidence into the same one); on
// each half the best of a grid is chosen, and measured on the other. Beside it, what ships and fusion alone.
import { createHash } from 'node:crypto';
import { means } from './kit.mjs';
import { loadSet, MEASURES, measureSet } from './ranking.mjs';

const [bbc, mhr] = process.argv.slice(2);
const GRID = [];
for (const pairWeight of [0, 0.5, 1, 1.5]) {
  for (const denseWeight of [0.2, 0.3, 0.4]) {
    for (const repetition of [0, 0.05, 0.1]) {
      GRID.push({ pairWeight, denseWeight, repetition });
    }
  }
}
const NONE = { pairWeight: 0 };
/** What is optimised: the mean of these. */
const AIMS = {
  'dev-qa': ['hits@1', 'hits@4', 'ctx@4'],
  'mhr-dev': ['mrr@10', 'all@10', 'off_hits@4', 'off_mrr@10'],
};

const sets = [await loadSet(bbc, 'dev-qa'), await loadSet(mhr, 'mhr-dev')];
const halfOf = ({ gold }) => createHash('sha1').update(gold.flat().sort().join()).digest()[0] % 2;
const measured = [];
for (const settings of [...GRID, {}, NONE]) {
  measured.push(await Promise.all(sets.map((set) => measureSet(set, settings))));
}

/** Measures of one set's questions in one half. */
function of(setting, set, half) {
  return measured[setting][set].filter(
    (_, i) => half === undefined || halfOf(sets[set].rows[i].question) === half,
  );
}

function aim(setting, half) {
  const values = sets.flatMap(({ name }, set) => Object.values(means(of(setting, set, half), AIMS[name])));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const chosen = [0, 1].map((half) =>
  GRID.map((_, setting) => setting).reduce((best, setting) =>
    aim(setting, 1 - half) > aim(best, 1 - half) ? setting : best,
  ),
);
console.log('chosen for the first half by the second, and the other way round:');
console.log(...chosen.map((setting) => JSON.stringify(GRID[setting])));
for (const [set, { name }] of sets.entries()) {
  const others = [...of(chosen[0], set, 0), ...of(chosen[1], set, 1)];
  console.log(name, 'cross-validated', JSON.stringify(means(others, MEASURES[name])));
  console.log(name, 'shipped        ', JSON.stringify(means(of(GRID.length, set), MEASURES[name])));
  console.log(name, 'without pairs  ', JSON.stringify(means(of(GRID.length + 1, set), MEASURES[name])));
}
