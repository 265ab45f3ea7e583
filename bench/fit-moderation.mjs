// Fits config/moderation-model.json on bench/guard-train: node bench/fit-moderation.mjs [--why]
// Harmful lines against harmless ones and questions of every kind. Prints what five-fold cross-validation says; lines of
// one template stay in one fold. The rules were written with these lines in sight, so that only the classifier's column is a forecast.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadModerationRules } from '#src/guard-rules.js';
import { createSwearingFinder } from '#src/rag/adapters/obscenity.js';
import { harmFeatures } from '#src/rag/guard/harm.js';
import { createModerator } from '#src/rag/guard/moderate.js';
import { fitLogistic, logit, rowOf } from './logistic.mjs';
import { trainingLines } from './training-lines.mjs';

const SLOTS = 1 << 14;
const FOLDS = 5;
const NGRAM_SCALE = 3;
const RIDGE = 3e-4;
/** More likely harm than not, by a little: most harmless lines of the set were written to look like harm. */
const HARM = 0.3;
const SETS = [
  ['moderation-harmful', 1, 8],
  ['moderation-harmless', 0, 12],
  ['scope-cricket', 0, 2],
  ['scope-other', 0, 2],
];

const rules = createModerator(loadModerationRules(), createSwearingFinder());
const file = (set) => path.join(import.meta.dirname, 'guard-train', `${set}.txt`);
const why = process.argv.includes('--why');
const samples = SETS.flatMap(([set, y, most]) =>
  trainingLines(file(set), { most }).map(({ kind, line, text }) => {
    const grams = [...harmFeatures(text, SLOTS)].map(([slot, value]) => [slot, value * NGRAM_SCALE]);
    const byRules = rules(text, 'in')?.rule;
    return { kind, text, byRules, row: rowOf(grams, y), y, group: `${set} ${line}` };
  }),
);
const groups = [...new Set(samples.map(({ group }) => group))];
const folds = new Map(groups.map((group, at) => [group, at % FOLDS]));
const harmless = samples.filter(({ y }) => y === 0);
const harmful = samples.filter(({ y }) => y === 1);
console.log(`${harmful.length} harmful lines, ${harmless.length} harmless`);

const scores = new Map();
for (let fold = 0; fold < FOLDS; fold += 1) {
  const isIn = ({ group }) => folds.get(group) === fold;
  const rows = samples.filter((sample) => !isIn(sample)).map(({ row }) => row);
  const fitted = fitLogistic(rows, SLOTS, { ridge: RIDGE });
  for (const sample of samples.filter(isIn)) {
    scores.set(sample, logit(fitted, sample.row));
  }
}
const isHarm = (sample) => scores.get(sample) >= HARM;
const report = (name, those) => {
  const share = (is) => `${((100 * those.filter(is).length) / those.length).toFixed(1)} %`;
  const either = share((sample) => sample.byRules || isHarm(sample));
  console.log(
    `${name}: rules ${share(({ byRules }) => byRules)}, classifier ${share(isHarm)}, either ${either}`,
  );
};
report('harmless', harmless);
report('harmful', harmful);
for (const kind of new Set(harmful.map((sample) => sample.kind))) {
  report(
    `  ${kind}`,
    harmful.filter((sample) => sample.kind === kind),
  );
}
if (why) {
  const told = (what, those) => console.log(those.map(({ text }) => `${what}: ${text}`).join('\n'));
  told('caught by the classifier', harmless.filter(isHarm));
  told(
    'caught by rules',
    harmless.filter(({ byRules }) => byRules),
  );
  told(
    'missed',
    harmful.filter((sample) => !sample.byRules && !isHarm(sample)),
  );
}

const { bias, weights } = fitLogistic(
  samples.map(({ row }) => row),
  SLOTS,
  { ridge: RIDGE },
);
const grams = weights.map((weight) => weight * NGRAM_SCALE);
const step = grams.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
const model = {
  bias: Math.round(bias * 1000) / 1000,
  counts: [],
  ngrams: Buffer.from(Int8Array.from(grams, (weight) => Math.round(weight / step))).toString('base64'),
  step,
  harm: HARM,
};
writeFileSync(
  path.join(import.meta.dirname, '../config/moderation-model.json'),
  `${JSON.stringify(model, null, 1)}\n`,
);
