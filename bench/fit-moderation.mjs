// Fits config/moderation-model.json on the lines of all writers (guard-lines.mjs): node bench/fit-moderation.mjs MODEL_FOLDER [--dry] [--why WRITER]
// Harmful lines against harmless ones and questions of every kind. For each stranger it prints what rules and the classifier say when
// the classifier was fitted on the others alone, which overrules rules where a line is plainly harmless (below `clear`); the threshold is the one from which on STOPPED of the harmless lines lie.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadModerationRules } from '#src/guard-rules.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { createSwearingFinder } from '#src/rag/adapters/obscenity.js';
import { harmFeatures } from '#src/rag/guard/harm.js';
import { createModerator } from '#src/rag/guard/moderate.js';
import { readingsOf } from '#src/rag/guard/readings.js';
import { isAboutSaying } from '#src/rag/guard/who-speaks.js';
import { guardLines, STRANGERS } from './guard-lines.mjs';
import { embedAll, fitterOf, weighGrams } from './guard-rows.mjs';
import { scoreOf } from './margin.mjs';
import { packed } from './pack-model.mjs';

const SLOTS = 1 << 16;
/** Of the harmless lines of EVEN so many may be stopped by the classifier. */
const STOPPED = 0.008;
/** Strangers whose lines are of every kind, as a bot hears them; the others looked for what is hard. */
const EVEN = ['opened', 'opened-2', 'opened-3'];
/** Of the harmful lines of strangers that rules find so many may count as plainly harmless, by words alone. */
const CLEARED = 0.015;
const VARIANTS = {
  words: { countScale: 0.3, vectorScale: 0, cost: 1 },
  meaning: { countScale: 0.3, vectorScale: 4, cost: 1 },
};
/** Each set, whether it is harmful, how many texts of an own line are taken, and how much a line counts. */
const SETS = [
  ['harmful', 1, 4, 1],
  ['harmless', 0, 4, 1],
  ['cricket', 0, 1, 0.5],
  ['other', 0, 1, 0.5],
  ['betting', 0, 1, 0.5],
];

const [folder] = process.argv.slice(2);
const whyAt = process.argv.indexOf('--why');
const why = whyAt > 0 ? process.argv[whyAt + 1] : undefined;
const rules = createModerator(loadModerationRules(), createSwearingFinder());
const samples = [];
for (const [set, y, most, weight] of SETS) {
  for (const line of guardLines(set, { most })) {
    const byRules = rules(line.text, 'in')?.rule;
    const isReport = isAboutSaying(line.text, readingsOf(line.text)[0] ?? '');
    samples.push({ ...line, ...harmFeatures(line.text), y, weight, byRules, isReport });
  }
}
const rarity = weighGrams(samples, SLOTS);
const embedder = await openEmbedder(folder, { threads: 1 });
const { key } = embedder;
await embedAll(samples, embedder, ({ text }) => text);
await embedder.close();
console.log(
  `${samples.filter(({ y }) => y).length} harmful lines, ${samples.filter(({ y }) => !y).length} harmless`,
);

const models = {};
const clearedBefore = new Set();
for (const [name, variant] of Object.entries(VARIANTS)) {
  const { fit, ngramsAt, vectorAt } = fitterOf(samples, SLOTS, variant);
  const scored = (fitted) => (sample) => {
    const raw = scoreOf(fitted, sample.row);
    return { ...sample, raw, score: sample.isReport ? -99 : raw };
  };

  const tried = [];
  for (const [writer, likeThem] of Object.entries(STRANGERS)) {
    const others = samples.filter((sample) => sample.writer !== writer && !likeThem.includes(sample.writer));
    tried.push(...samples.filter((sample) => sample.writer === writer).map(scored(fit(others))));
  }
  const harm = above(
    tried.filter(({ writer }) => EVEN.includes(writer)),
    STOPPED,
  );
  // Words alone decide what is plainly harmless.
  models.clear ??= below(tried, CLEARED);
  for (const one of tried) {
    one.isCleared =
      name === 'words' ? one.raw < models.clear : clearedBefore.has(`${one.writer} ${one.text}`);
    one.isRuled = one.byRules !== undefined && !one.isCleared;
    if (name === 'words' && one.isCleared) {
      clearedBefore.add(`${one.writer} ${one.text}`);
    }
  }
  for (const writer of Object.keys(STRANGERS)) {
    const theirs = tried.filter((sample) => sample.writer === writer);
    if (theirs.length > 0) {
      report(`${name}, ${writer} by the rest, from ${harm} on`, theirs, harm);
    }
  }
  if (why) {
    told(`${name} missed`, ({ isRuled, score, y }) => y && !isRuled && score < harm);
    told(`${name} stopped`, ({ score, y }) => !y && score >= harm);
    told(`${name} stopped by rules`, ({ isRuled, y }) => !y && isRuled);
  }
  models[name] = { ...packed(fit(samples), { rarity, vectorAt, ngramsAt, ...variant, key }), harm };

  function told(what, is) {
    const those = tried.filter((one) => one.writer === why && is(one)).sort((a, b) => b.score - a.score);
    for (const { byRules, file, kind, score, text } of those) {
      console.log(`${what} ${score.toFixed(2)} ${file} ${kind}: ${text}${byRules ? ` (${byRules})` : ''}`);
    }
  }
}
if (!process.argv.includes('--dry')) {
  writeFileSync(
    path.join(import.meta.dirname, '../config/moderation-model.json'),
    `${JSON.stringify(models, null, 1)}\n`,
  );
}

function report(what, those, threshold) {
  console.log(`${what}:`);
  for (const file of [...new Set(those.map((one) => one.file))]) {
    const group = those.filter((one) => one.file === file);
    const share = (is) => `${((100 * group.filter(is).length) / group.length).toFixed(1)} %`;
    const isHarm = ({ score }) => score >= threshold;
    console.log(
      `  ${file}: rules ${share(({ byRules }) => byRules)}, classifier ${share(isHarm)}, both ${share((one) => one.isRuled || isHarm(one))} of ${group.length}`,
    );
  }
}

/** The score below which this share of the harmful lines that rules find lies. */
function below(those, share) {
  const ours = those
    .filter(({ byRules, y }) => y && byRules)
    .map(({ raw }) => raw)
    .sort((a, b) => a - b);
  return Math.round(ours[Math.floor(share * ours.length)] * 100) / 100;
}

/** The score above which this share of the harmless lines lies. */
function above(those, share) {
  const ours = those
    .filter(({ y }) => !y)
    .map(({ score }) => score)
    .sort((a, b) => b - a);
  return Math.round(ours[Math.floor(share * ours.length)] * 100) / 100;
}
