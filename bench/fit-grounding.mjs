// Fits src/rag/ground/belonging/weights.ts:
//   node bench/fit-grounding.mjs PAIRS.yaml...     prints the cross-validated figures, then the weights
// Right examples are the claims of the files' right sentences. Wrong ones are made from them: one number, date or name
// replaced by another of its kind from the same passage. Folds never share a passage.
import { loadCricketNames } from '#src/cricket.js';
import { candidatesOf } from '#src/rag/ground/belonging/candidates.js';
import { FEATURES } from '#src/rag/ground/belonging/features.js';
import { createReader, readSource } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { readPairs, sourceOf } from './grounding-pairs.mjs';
import { swapsOf } from './grounding-swaps.mjs';

const FOLDS = 10;
const RIDGE = 0.02;
const KINDS = ['number', 'date', 'name'];
/** Right sentences that may be lost by these weights alone. */
const MOST_LOST = Number(process.env.MOST_LOST ?? 0.02);

const read = createReader(createNameReader(loadCricketNames()));
const pairs = readPairs(process.argv.slice(2));
const right = pairs.filter(({ supported }) => supported);
const wrong = right.flatMap((pair) => swapsOf(pair, read));
const texts = new Map();
const textOf = (pair) => {
  const key = `${pair.title}\n${pair.passage}`;
  const text = texts.get(key) ?? readSource(read, sourceOf(pair));
  texts.set(key, text);
  return text;
};

/** Sentences with the candidates of each and the fold of their passage. */
const titles = [...new Set(pairs.map(({ title }) => title))];
const examplesOf = (list) =>
  list.map((pair) => ({
    pair,
    fold: titles.indexOf(pair.title) % FOLDS,
    candidates: candidatesOf(read(pair.sentence), [textOf(pair)]),
  }));
const examples = {
  right: examplesOf(right),
  wrong: examplesOf(wrong),
  written: examplesOf(pairs.filter((p) => !p.supported)),
};

const rowOf = ({ features }) => [1, ...features];
const dot = (weights, row) => row.reduce((sum, value, i) => sum + value * weights[i], 0);
const scoreOf = (model, { candidates }) =>
  Math.max(Number.NEGATIVE_INFINITY, ...candidates.map((one) => dot(model[one.kind], rowOf(one))));

/** The swapped claim of a wrong sentence is the one of its kind whose features speak most against it. */
function rowsOf(folds, kind) {
  const own = ({ fold }) => folds(fold);
  const rows = examples.right
    .filter(own)
    .flatMap(({ candidates }) => candidates.filter((one) => one.kind === kind).map((one) => [rowOf(one), 0]));
  for (const { candidates } of examples.wrong.filter((one) => own(one) && one.pair.changed === kind)) {
    const mine = candidates.filter((one) => one.kind === kind);
    const sum = ({ features }) => features.slice(0, 6).reduce((all, value) => all + value, 0);
    if (mine.length > 0) {
      rows.push([rowOf(mine.reduce((one, other) => (sum(other) > sum(one) ? other : one))), 1]);
    }
  }
  return rows;
}

function fit(rows) {
  const weights = rows[0][0].map(() => 0);
  const positives = rows.filter(([, label]) => label === 1).length;
  const balance = (rows.length - positives) / Math.max(1, positives);
  for (let step = 0; step < 3000; step += 1) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : RIDGE * weight * rows.length * 0.1));
    for (const [row, label] of rows) {
      const error = 1 / (1 + Math.exp(-dot(weights, row))) - label;
      row.forEach((value, i) => {
        gradient[i] += error * value * (label ? balance : 1);
      });
    }
    gradient.forEach((value, i) => {
      weights[i] -= (1 / rows.length) * value;
    });
  }
  return weights;
}

const modelOf = (folds) => {
  const figures = fit([...rowsOf(folds, 'number'), ...rowsOf(folds, 'date')]);
  return { number: figures, date: figures, name: fit(rowsOf(folds, 'name')) };
};

const scored = { right: [], wrong: [], written: [] };
for (let fold = 0; fold < FOLDS; fold += 1) {
  const model = modelOf((other) => other !== fold);
  for (const [name, list] of Object.entries(examples)) {
    for (const one of list.filter((each) => each.fold === fold)) {
      scored[name].push({ ...one, score: scoreOf(model, one) });
    }
  }
}
const sorted = scored.right.map(({ score }) => score).sort((a, b) => b - a);
const threshold = sorted[Math.floor(MOST_LOST * sorted.length)];
const caught = (list) => list.filter(({ score }) => score > threshold).length;
const of = (kind) => scored.wrong.filter(({ pair }) => pair.changed === kind);
console.log({
  right: right.length,
  wrong: wrong.length,
  threshold,
  caught: Object.fromEntries(KINDS.map((kind) => [kind, (caught(of(kind)) / of(kind).length).toFixed(3)])),
  writtenHard: `${caught(scored.written.filter(({ pair }) => pair.hard))}/${scored.written.filter(({ pair }) => pair.hard).length}`,
});
if (process.env.SHOW) {
  for (const { pair, score } of scored.right.filter((one) => one.score > threshold * 0.6)) {
    console.log('right', score.toFixed(2), pair.id, pair.sentence);
  }
  for (const { pair, score } of scored.wrong
    .filter((one) => one.score <= threshold)
    .slice(0, Number(process.env.SHOW))) {
    console.log('wrong', score.toFixed(2), pair.id, pair.changed, pair.sentence);
  }
}
const model = modelOf(() => true);
for (const kind of KINDS) {
  console.log(
    kind,
    Object.fromEntries(['bias', ...FEATURES].map((name, i) => [name, Number(model[kind][i].toFixed(2))])),
  );
}
