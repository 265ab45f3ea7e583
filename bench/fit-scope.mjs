// Fits config/scope-model.json on bench/guard-train/scope-*.txt: node bench/fit-scope.mjs MODEL_FOLDER
// Prints what five-fold cross-validation says; lines of one template stay in one fold. `decline` and `doubt` are the log
// odds below which 0.5 % and 2 % of the cricket questions would fall that no fold was fitted on.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadScopeWords } from '#src/guard-rules.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { ngrams } from '#src/rag/guard/ngrams.js';
import { createScopeFeatures } from '#src/rag/guard/scope-features.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { fitLogistic, logit, rowOf } from './logistic.mjs';
import { withoutIndex } from './no-index.mjs';
import { seeded, trainingLines } from './training-lines.mjs';

const SLOTS = 1 << 14;
const FOLDS = 5;
/** Cricket questions that may be declined, and that may be left to the articles. */
const DECLINED = 0.005;
const DOUBTED = 0.02;
const TYPOS = 0.3;
// A vector has length 1 over many dimensions, n-grams over few: scaled to weigh alike in the fit.
const VECTOR_SCALE = 4;
const VARIANTS = {
  words: { ngramScale: 3, ridge: 1e-4, withVector: false },
  meaning: { ngramScale: 2, ridge: 1e-3, withVector: true },
};

const [folder] = process.argv.slice(2);
const embedder = await openEmbedder(folder, { threads: 1 });
const featuresOf = createScopeFeatures(loadScopeWords());
const random = seeded(11);

/** As it is typed in haste: no capitals, no question mark, now and then two letters the wrong way round. */
function hasty(text) {
  return text
    .toLowerCase()
    .replace(/\?$/, '')
    .replace(/\b[a-z]{5,}\b/, (word) => {
      const at = 1 + Math.floor(random() * (word.length - 2));
      return random() < TYPOS ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) : word;
    });
}

const samples = [];
for (const [set, y] of [
  ['cricket', 1],
  ['other', 0],
]) {
  const file = path.join(import.meta.dirname, 'guard-train', `scope-${set}.txt`);
  // Bets are declined by rules.
  for (const { kind, line, text } of trainingLines(file).filter((each) => each.kind !== 'betting')) {
    for (const form of [text, hasty(text)]) {
      const query = await understandInThread(form, [], withoutIndex);
      const features = featuresOf(query);
      const [vector] = await embedder.embed([query.text], 'question');
      const grams = [...ngrams(features.words, features.classes, SLOTS)];
      samples.push({ kind, y, vector, grams, ...features, group: `${set} ${line}` });
    }
  }
}
const { key, dimension } = embedder;
await embedder.close();
const groups = [...new Set(samples.map(({ group }) => group))];
const folds = new Map(groups.map((group, at) => [group, at % FOLDS]));
const [cricket, other] = [1, 0].map((y) => samples.filter((sample) => sample.y === y).length);
console.log(`${cricket} cricket questions, ${other} others, of ${groups.length} lines`);

const models = {};
for (const [name, { ngramScale, ridge, withVector }] of Object.entries(VARIANTS)) {
  const vectorAt = samples[0].counts.length;
  const ngramsAt = vectorAt + dimension;
  const rows = samples.map(({ counts, grams, vector, y }) =>
    rowOf(
      [
        ...counts.flatMap((count, at) => (count === 0 ? [] : [[at, count]])),
        ...(withVector ? [...vector].map((value, at) => [vectorAt + at, value * VECTOR_SCALE]) : []),
        ...grams.map(([slot, value]) => [ngramsAt + slot, value * ngramScale]),
      ],
      y,
    ),
  );
  const size = ngramsAt + SLOTS;
  const isIn = (sample, fold) => folds.get(sample.group) === fold;
  const scores = new Float64Array(samples.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const fitted = fitLogistic(
      rows.filter((_, at) => !isIn(samples[at], fold)),
      size,
      { ridge },
    );
    samples.forEach((sample, at) => {
      scores[at] = isIn(sample, fold) ? logit(fitted, rows[at]) : scores[at];
    });
  }
  const weighed = (y) => [...scores].filter((_, at) => samples[at].y === y && !samples[at].isPlain);
  const ours = weighed(1).sort((a, b) => a - b);
  const [decline, doubt] = [DECLINED, DOUBTED].map((share) => round(ours[Math.floor(share * cricket)], 100));
  for (const [what, threshold] of Object.entries({ decline, doubt })) {
    const declined = weighed(0).filter((score) => score < threshold).length;
    console.log(
      `${name}: ${what} below ${threshold}: ${((100 * declined) / other).toFixed(1)} % of the others`,
    );
  }
  const { bias, weights } = fitLogistic(rows, size, { ridge });
  const grams = weights.subarray(ngramsAt).map((weight) => weight * ngramScale);
  const step = grams.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  models[name] = {
    bias: round(bias, 1000),
    counts: [...weights.subarray(0, vectorAt)].map((weight) => round(weight, 1000)),
    ngrams: Buffer.from(Int8Array.from(grams, (weight) => Math.round(weight / step))).toString('base64'),
    step,
    ...(withVector
      ? {
          meaning: {
            key,
            weights: [...weights.subarray(vectorAt, ngramsAt)].map((weight) =>
              round(weight * VECTOR_SCALE, 1000),
            ),
          },
        }
      : {}),
    decline,
    doubt,
  };
}
writeFileSync(
  path.join(import.meta.dirname, '../config/scope-model.json'),
  `${JSON.stringify(models, null, 1)}\n`,
);

function round(value, parts) {
  return Math.round(value * parts) / parts;
}
