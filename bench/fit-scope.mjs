// Fits config/scope-model.json on the lines of three writers (guard-lines.mjs): node bench/fit-scope.mjs MODEL_FOLDER [--dry]
// For each writer it prints what a model says that was fitted on the others alone, with a threshold that folds over the others chose: the
// estimate for a stranger's lines. `decline` and `doubt` are then the log odds below which DECLINED and DOUBTED of the cricket
// questions fall that came from a writer whom nothing was fitted on: bare names of the hardest kind may be left to the articles.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadScopeWords } from '#src/guard-rules.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { createBettingTest } from '#src/rag/guard/betting.js';
import { ngrams } from '#src/rag/guard/ngrams.js';
import { createScopeFeatures } from '#src/rag/guard/scope-features.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { guardLines, hasty, WRITERS } from './guard-lines.mjs';
import { fitterOf, scoresInFolds } from './guard-rows.mjs';
import { logit } from './logistic.mjs';
import { withoutIndex } from './no-index.mjs';
import { packed } from './pack-model.mjs';
import { seeded } from './training-lines.mjs';

const SLOTS = 1 << 14;
const FOLDS = 4;
/** Cricket questions that may be declined at once, and that may be left to the articles. */
const DECLINED = 0.02;
const DOUBTED = 0.015;
// A vector has length 1 over many dimensions, n-grams over few: scaled to weigh alike in the fit.
const VARIANTS = {
  words: { ngramScale: 3, vectorScale: 0, ridge: 1e-4 },
  meaning: { ngramScale: 2, vectorScale: 5, ridge: 3e-4 },
};

const [folder] = process.argv.slice(2);
const embedder = await openEmbedder(folder, { threads: 1 });
const rules = loadScopeWords();
const featuresOf = createScopeFeatures(rules);
const asksForBets = createBettingTest(rules);
const random = seeded(11);

const samples = [];
for (const [set, y] of [
  ['cricket', 1],
  ['other', 0],
]) {
  // Bets are declined by rules.
  for (const line of guardLines(set).filter(({ kind, text }) => kind !== 'betting' && !asksForBets(text))) {
    const forms = [line.text, ...(line.turns ? [] : [hasty(line.text, random)])];
    for (const [form, text] of forms.entries()) {
      const query = await understandInThread(text, line.turns ?? [], withoutIndex);
      const features = featuresOf(query);
      const [vector] = await embedder.embed([query.text], 'question');
      const grams = [...ngrams(features.words, features.classes, SLOTS)];
      samples.push({ ...line, y, vector, grams, isFirst: form === 0, ...features });
    }
  }
}
const { dimension, key } = embedder;
await embedder.close();
console.log(
  `${samples.filter(({ y }) => y).length} cricket questions, ${samples.filter(({ y }) => !y).length} others`,
);

const models = {};
for (const [name, variant] of Object.entries(VARIANTS)) {
  const { fit, ngramsAt, vectorAt } = fitterOf(samples, { dimension, slots: SLOTS }, variant);
  const scored = (fitted) => (sample) => ({
    ...sample,
    score: sample.isPlain ? 99 : logit(fitted, sample.row),
  });

  const strangers = [];
  for (const writer of WRITERS) {
    const others = samples.filter((sample) => sample.writer !== writer);
    const threshold = below(
      scoresInFolds(others, FOLDS, fit, scored).filter(({ isFirst }) => isFirst),
      DOUBTED,
    );
    const theirs = samples
      .filter((sample) => sample.writer === writer && sample.isFirst)
      .map(scored(fit(others)));
    strangers.push(...theirs);
    const share = (y, at) => {
      const those = theirs.filter((sample) => sample.y === y);
      return `${((100 * those.filter(({ score }) => score < at).length) / those.length).toFixed(1)} % of ${those.length}`;
    };
    console.log(
      `${name}, ${writer} by the rest: below ${threshold} cricket ${share(1, threshold)}, others ${share(0, threshold)}; where 1 % of cricket falls (${below(theirs, 0.01)}) others ${share(0, below(theirs, 0.01))}`,
    );
  }
  // The opened sets are of every kind in equal parts, as a bot is asked; the other writers looked for what is hard.
  const natural = strangers.filter(({ writer }) => writer !== 'own');
  const even = natural.filter(({ writer }) => writer === 'opened');
  const doubt = below(even, DOUBTED);
  const decline = Math.min(doubt, below(natural, DECLINED));
  const others = even.filter(({ y }) => !y);
  console.log(
    `${name}: decline below ${decline}, doubt below ${doubt}: ${((100 * others.filter(({ score }) => score < doubt).length) / others.length).toFixed(1)} % of strangers' other questions`,
  );
  models[name] = {
    ...packed(fit(samples), { vectorAt, ngramsAt, ...variant, key }),
    decline,
    doubt,
  };
}
if (!process.argv.includes('--dry')) {
  writeFileSync(
    path.join(import.meta.dirname, '../config/scope-model.json'),
    `${JSON.stringify(models, null, 1)}\n`,
  );
}

/** The score below which this share of the cricket questions falls. */
function below(those, share) {
  const ours = those
    .filter(({ y }) => y)
    .map(({ score }) => score)
    .sort((a, b) => a - b);
  return Math.round(ours[Math.floor(share * ours.length)] * 100) / 100;
}
