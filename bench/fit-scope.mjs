// Fits config/scope-model.json on the lines of all writers (guard-lines.mjs): node bench/fit-scope.mjs MODEL_FOLDER [--dry] [--why WRITER]
// For each stranger it prints what models say that were fitted on the others alone. `decline` and `doubt` are the scores below which
// DECLINED and DOUBTED of the cricket questions fall that came from a stranger: bare names of the hardest kind may be left to the articles.
// Advice on bets is a class of its own, known by words alone; from `ask` on, where ASKED of the strangers' other lines lie, a question asks for it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadScopeWords } from '#src/guard-rules.js';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import { createBettingTest } from '#src/rag/guard/betting.js';
import { createScopeFeatures } from '#src/rag/guard/scope-features.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { guardLines, hasty, STRANGERS } from './guard-lines.mjs';
import { embedAll, fitterOf, weighGrams } from './guard-rows.mjs';
import { scoreOf } from './margin.mjs';
import { withoutIndex } from './no-index.mjs';
import { packed } from './pack-model.mjs';
import { seeded } from './training-lines.mjs';

const SLOTS = 1 << 16;
/** Cricket questions of strangers that may be declined at once, and that may be left to the articles, which lose nothing by it. */
const DECLINED = 0.004;
const DOUBTED = 0.03;
/** Questions that ask for no bet and are taken to. */
const ASKED = 0.0005;
/** Sets of every kind in equal parts, as a bot is asked; the other writers looked for what is hard. */
const EVEN = ['opened', 'opened-2', 'opened-3'];
const VARIANTS = {
  words: { countScale: 0.5, vectorScale: 0, cost: 1 },
  meaning: { countScale: 0.5, vectorScale: 3, cost: 1 },
};
const BETS = { countScale: 0.5, vectorScale: 0, cost: 1 };

const [folder] = process.argv.slice(2);
const whyAt = process.argv.indexOf('--why');
const why = whyAt > 0 ? process.argv[whyAt + 1] : undefined;
const rules = loadScopeWords();
const featuresOf = createScopeFeatures(rules);
const asksByRules = createBettingTest(rules);
const random = seeded(11);

const samples = [];
for (const set of ['cricket', 'other', 'betting']) {
  for (const line of guardLines(set)) {
    const kind = set === 'cricket' || (set === 'other' && line.kind !== 'betting') ? set : 'betting';
    const forms = [line.text, ...(line.turns ? [] : [hasty(line.text, random)])];
    for (const [form, text] of forms.entries()) {
      const query = await understandInThread(text, line.turns ?? [], withoutIndex);
      const features = featuresOf(query);
      const byRules = asksByRules(query.text);
      samples.push({
        ...line,
        ...features,
        kind: line.kind,
        set: kind,
        query: query.text,
        byRules,
        isFirst: form === 0,
      });
    }
  }
}
const rarity = weighGrams(samples, SLOTS);
const embedder = await openEmbedder(folder, { threads: 1 });
const { key } = embedder;
await embedAll(samples, embedder, ({ query }) => query);
await embedder.close();
const count = (set) => samples.filter((one) => one.set === set && one.isFirst).length;
console.log(`${count('cricket')} cricket questions, ${count('other')} others, ${count('betting')} on bets`);

for (const sample of samples) {
  sample.y = sample.set === 'betting' ? 1 : 0;
}
const betsFitter = fitterOf(samples, SLOTS, BETS);
const bettors = strangers(samples, betsFitter.fit, 'bets');
const ask = quantile(
  bettors.filter(({ set }) => set !== 'betting').map(({ bets }) => -bets),
  ASKED,
  -1,
);
const isBet = ({ bets, byRules }) => byRules || bets >= ask;
for (const writer of writersOf(bettors)) {
  const theirs = bettors.filter((one) => one.writer === writer);
  const told = ['betting', 'cricket', 'other'].map((set) => {
    const those = theirs.filter((one) => one.set === set);
    return `${set} ${shareOf(those, ({ byRules }) => byRules)} by rules, ${shareOf(those, isBet)} either, of ${those.length}`;
  });
  console.log(`bets, ${writer} by the rest, from ${ask} on: ${told.join('; ')}`);
  if (why === writer) {
    list(
      'bets',
      theirs.filter((one) => (one.set === 'betting') !== isBet(one)),
      'bets',
    );
  }
}
const models = { bets: { ...packed(betsFitter.fit(samples), { rarity, ...betsFitter, ...BETS }), ask } };

// Questions of bets are not asked about.
const rest = samples.filter(({ set }) => set !== 'betting');
for (const sample of rest) {
  sample.y = sample.set === 'cricket' ? 1 : 0;
}
for (const [name, variant] of Object.entries(VARIANTS)) {
  const { fit, ngramsAt, vectorAt } = fitterOf(rest, SLOTS, variant);
  const tried = strangers(rest, fit, 'score').map((one) => ({ ...one, score: one.isPlain ? 99 : one.score }));
  const scoresOf = (those) => those.filter(({ y }) => y).map(({ score }) => score);
  const even = tried.filter(({ writer }) => EVEN.includes(writer));
  const doubt = quantile(scoresOf(even), DOUBTED);
  const decline = Math.min(
    doubt,
    quantile(scoresOf(tried.filter(({ writer }) => writer !== 'others')), DECLINED),
  );
  console.log(`${name}: decline below ${decline}, doubt below ${doubt}`);
  for (const writer of writersOf(tried)) {
    const theirs = tried.filter((one) => one.writer === writer);
    const [cricket, others] = [theirs.filter(({ y }) => y), theirs.filter(({ y }) => !y)];
    const atOne = quantile(scoresOf(theirs), 0.01);
    console.log(
      `  ${writer} by the rest: cricket ${shareOf(cricket, ({ score }) => score < doubt)} of ${cricket.length}, others ${shareOf(others, ({ score }) => score < doubt)} of ${others.length}; where 1 % of their cricket falls (${atOne}) others ${shareOf(others, ({ score }) => score < atOne)}`,
    );
    if (why === writer) {
      list(
        name,
        theirs.filter(({ score, y }) => (y === 1) === score < doubt),
        'score',
      );
    }
  }
  models[name] = { ...packed(fit(rest), { rarity, vectorAt, ngramsAt, ...variant, key }), decline, doubt };
}
if (!process.argv.includes('--dry')) {
  writeFileSync(
    path.join(import.meta.dirname, '../config/scope-model.json'),
    `${JSON.stringify(models, null, 1)}\n`,
  );
}

/** First forms of all strangers, each scored by a fit without them. */
function strangers(those, fit, name) {
  return Object.entries(STRANGERS).flatMap(([writer, likeThem]) => {
    const theirs = those.filter((one) => one.writer === writer && one.isFirst);
    if (theirs.length === 0) {
      return [];
    }
    const fitted = fit(those.filter((one) => one.writer !== writer && !likeThem.includes(one.writer)));
    return theirs.map((one) => ({ ...one, [name]: scoreOf(fitted, one.row) }));
  });
}

function writersOf(those) {
  return [...new Set(those.map(({ writer }) => writer))];
}

function shareOf(those, is) {
  return `${((100 * those.filter(is).length) / Math.max(1, those.length)).toFixed(1)} %`;
}

function list(what, those, score) {
  for (const one of those.sort((a, b) => a[score] - b[score])) {
    console.log(`    ${what} ${one[score].toFixed(2)} ${one.set} ${one.kind}: ${one.text}`);
  }
}

/** The score below which this share falls, times `sign`. */
function quantile(scores, share, sign = 1) {
  const sorted = scores.sort((a, b) => a - b);
  return Math.round(sign * sorted[Math.floor(share * sorted.length)] * 100) / 100;
}
