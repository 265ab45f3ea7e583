// Fits config/moderation-model.json on the lines of three writers (guard-lines.mjs): node bench/fit-moderation.mjs MODEL_FOLDER [--dry] [--why]
// Harmful lines against harmless ones and questions of every kind. For each writer it prints what rules, the classifier and both say
// when the classifier was fitted on the others alone, with a threshold that folds over the others chose. Rules were written with all but the newest lines in sight.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadModerationRules } from '#src/guard-rules.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { createSwearingFinder } from '#src/rag/adapters/obscenity.js';
import { harmFeatures } from '#src/rag/guard/harm.js';
import { createModerator } from '#src/rag/guard/moderate.js';
import { readingsOf } from '#src/rag/guard/readings.js';
import { isAboutSaying } from '#src/rag/guard/who-speaks.js';
import { guardLines, WRITERS } from './guard-lines.mjs';
import { fitterOf, scoresInFolds } from './guard-rows.mjs';
import { logit } from './logistic.mjs';
import { packed } from './pack-model.mjs';

const SLOTS = 1 << 14;
const FOLDS = 4;
/** Of the harmless lines of a stranger so many may be stopped by the classifier. */
const STOPPED = 0.003;
const VARIANTS = {
  words: { ngramScale: 3, vectorScale: 0, ridge: 2e-4 },
  meaning: { ngramScale: 2, vectorScale: 5, ridge: 3e-4 },
};
const SETS = [
  ['harmful', 1, 4],
  ['harmless', 0, 4],
  ['cricket', 0, 1],
  ['other', 0, 1],
  ['betting', 0, 1],
];

const [folder] = process.argv.slice(2);
const why = process.argv.includes('--why');
const rules = createModerator(loadModerationRules(), createSwearingFinder());
const embedder = await openEmbedder(folder, { threads: 1 });
const samples = [];
for (const [set, y, most] of SETS) {
  for (const line of guardLines(set, { most })) {
    const { counts, ngrams } = harmFeatures(line.text, SLOTS);
    const [vector] = await embedder.embed([line.text], 'question');
    const byRules = rules(line.text, 'in')?.rule;
    const isReport = isAboutSaying(line.text, readingsOf(line.text)[0] ?? '');
    samples.push({ ...line, y, counts, grams: [...ngrams], vector, byRules, isReport });
  }
}
const { dimension, key } = embedder;
await embedder.close();
console.log(
  `${samples.filter(({ y }) => y).length} harmful lines, ${samples.filter(({ y }) => !y).length} harmless`,
);

const models = {};
for (const [name, variant] of Object.entries(VARIANTS)) {
  const { fit, ngramsAt, vectorAt } = fitterOf(samples, { dimension, slots: SLOTS }, variant);
  const scored = (fitted) => (sample) => ({
    ...sample,
    score: sample.isReport ? -99 : logit(fitted, sample.row),
  });

  const strangers = [];
  for (const writer of WRITERS) {
    const others = samples.filter((sample) => sample.writer !== writer);
    const threshold = above(scoresInFolds(others, FOLDS, fit, scored), STOPPED);
    const theirs = samples.filter((sample) => sample.writer === writer).map(scored(fit(others)));
    strangers.push(...theirs);
    report(`${name}, ${writer} by the rest, from ${threshold} on`, theirs, threshold);
    if (why && name === 'meaning' && writer !== 'own') {
      told(
        'missed',
        theirs.filter(({ byRules, score, y }) => y && !byRules && score < threshold),
      );
      told(
        'stopped by the classifier',
        theirs.filter(({ score, y }) => !y && score >= threshold),
      );
      told(
        'stopped by rules',
        theirs
          .filter(({ byRules, y }) => !y && byRules)
          .map((one) => ({ ...one, text: `${one.text} (${one.byRules})` })),
      );
    }
  }
  const harm = above(
    strangers.filter(({ writer }) => writer !== 'own'),
    STOPPED,
  );
  report(
    `${name}, strangers from ${harm} on`,
    strangers.filter(({ writer }) => writer !== 'own'),
    harm,
  );
  models[name] = { ...packed(fit(samples), { vectorAt, ngramsAt, ...variant, key }), harm };
}
if (!process.argv.includes('--dry')) {
  writeFileSync(
    path.join(import.meta.dirname, '../config/moderation-model.json'),
    `${JSON.stringify(models, null, 1)}\n`,
  );
}

function told(what, those) {
  console.log(
    those.map(({ kind, score, text }) => `${what} ${score.toFixed(1)} ${kind}: ${text}`).join('\n'),
  );
}

function report(what, those, threshold) {
  const rates = (group) => {
    const share = (is) => `${((100 * group.filter(is).length) / group.length).toFixed(1)} %`;
    const isHarm = ({ score }) => score >= threshold;
    return `rules ${share(({ byRules }) => byRules)}, classifier ${share(isHarm)}, either ${share((one) => one.byRules || isHarm(one))} of ${group.length}`;
  };
  console.log(`${what}:`);
  for (const y of [1, 0]) {
    console.log(`  ${y ? 'harmful' : 'harmless'}: ${rates(those.filter((one) => one.y === y))}`);
  }
}

/** The score above which this share of the harmless lines lies. */
function above(those, share) {
  const ours = those
    .filter(({ y }) => !y)
    .map(({ score }) => score)
    .sort((a, b) => b - a);
  return Math.round(ours[Math.floor(share * ours.length)] * 100) / 100;
}
