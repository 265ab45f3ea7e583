// Fits src/rag/evidence/extractive-weights.ts and tells what the fit is worth on questions that it has not seen (10 folds by
// question): node bench/fit-extractive.mjs BBC_DATA_DIR MHR_DATA_DIR
// Sentences: dev-qa, dev-followup and more-qa, a sentence is right when it holds an answer and stands in a gold article.
// Facts: the same questions against dev-unanswerable and more-unanswerable.
// Topics: mhr-dev, answerable against null questions.
import { loadSettings } from '#src/config.js';
import { factSignals, topicSignals } from '#src/rag/evidence/confidence.js';
import { createMeaning, NO_MEANING } from '#src/rag/evidence/meaning.js';
import { RANKED_BY_MEANING, rankSentences, selectSentences } from '#src/rag/evidence/select-sentences.js';
import { createRetriever } from '#src/rag/retrieve/retrieve.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { answersMatch, openKit, pathOf, questionsOf } from './kit.mjs';
import { dot, fitLogistic, fitSoftmax, foldsOf } from './softmax.mjs';

const [bbcDir, mhrDir] = process.argv.slice(2);
const settings = loadSettings({});
const signal = new AbortController().signal;
const FOLDS = 10;
const SEEDS = [0, 1, 2];
const SHORT = ['dev-qa', 'dev-followup', 'dev-unanswerable', 'more-qa', 'more-unanswerable'];

for (const withModel of [true, false]) {
  const bbc = await read(bbcDir, SHORT, withModel);
  const mhr = mhrDir ? await read(mhrDir, ['mhr-dev'], withModel) : [];
  console.log(withModel ? '\nwith a model' : '\nwords alone');
  report(bbc, mhr, withModel);
}

/** Asks the questions of some sets; each row has what the scorers need. */
async function read(dataDir, sets, withModel) {
  const kit = await openKit(dataDir);
  const dense = { embedder: kit.embedder, index: kit.index };
  const retrieve = createRetriever(
    {
      chunks: kit.chunks,
      lexical: kit.lexical,
      dense: () => (withModel ? dense : undefined),
      onDenseFailure: raise,
    },
    settings.retrieval,
  );
  const meaning = withModel
    ? createMeaning({ dense: () => dense, vectors: kit.store.vectors, onFailure: raise })
    : NO_MEANING;
  const rows = [];
  for (const question of questionsOf(sets)) {
    const query = await understandTurns(question, kit);
    const passages = await retrieve(query);
    const ranked = rankSentences(query, passages);
    const texts = ranked.slice(0, RANKED_BY_MEANING).map(({ candidate }) => candidate.text);
    const similarities = await meaning.ofSentences(query.text, texts, signal);
    const ids = passages.slice(0, 5).map(({ id }) => id);
    const closeness = await meaning.ofPassages(query.text, ids, signal);
    const isAnswerable = question.answerable;
    rows.push({
      question,
      query,
      passages,
      ranked,
      similarities,
      closeness,
      isAnswerable,
    });
  }
  await kit.close();
  return rows;
}

function understandTurns({ question, turns = [] }, kit) {
  return understandInThread(question, turns.slice(0, -1), kit);
}

function report(bbc, mhr, withModel) {
  const ids = [...new Set(bbc.map(({ question }) => question.id))];
  const totals = {};
  const odds = new Map();
  const rights = new Map();
  for (const seed of SEEDS) {
    const folds = foldsOf(ids.length, FOLDS, seed);
    const foldOf = ({ question }) => folds[ids.indexOf(question.id)];
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const fitted = fit(
        bbc.filter((row) => foldOf(row) !== fold),
        withModel,
      );
      for (const row of bbc.filter((each) => foldOf(each) === fold)) {
        const ranked = rankWith(row, fitted.sentences);
        add(odds, row, oddsOf(fitted.fact, factSignals({ ...row, ranked })) / SEEDS.length);
        if (row.isAnswerable) {
          add(rights, row, count(totals, row, ranked) / SEEDS.length);
        }
      }
    }
  }
  for (const [set, { asked, first, gold, right, words }] of Object.entries(totals)) {
    console.log(
      set,
      `right ${three(right / asked)}, first sentence right ${three(first / asked)}`,
      `gold article ${three(gold / asked)}, words ${three(words / asked)}`,
    );
  }
  for (const set of ['dev', 'more']) {
    const own = [...odds].filter(([{ question }]) => RegExp(`^${set}-(qa|unanswerable)$`).test(question.set));
    silence(`facts of ${set}-qa and ${set}-unanswerable`, own, 0.1, rights);
  }
  const fitted = fit(bbc, withModel);
  console.log('sentence words', rounded(fitted.sentences.words));
  if (withModel) {
    console.log('sentence meaning', rounded(fitted.sentences.meaning));
  }
  console.log('fact', fitted.fact.bias.toFixed(2), rounded(fitted.fact.weights));
  reportTopics(mhr, fitted.sentences);
}

function reportTopics(mhr, sentences) {
  if (mhr.length === 0) {
    return;
  }
  const rows = mhr.map((row) => {
    const signals = topicSignals({ ...row, ranked: rankWith(row, sentences) });
    return { row, features: signals, isRight: row.isAnswerable };
  });
  const even = (row) => 1 / rows.filter(({ isRight }) => isRight === row.isRight).length;
  const weighted = rows.map((row) => ({ ...row, weight: even(row) }));
  const odds = new Map();
  for (const seed of SEEDS) {
    const folds = foldsOf(rows.length, FOLDS, seed);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const fitted = fitLogistic(weighted.filter((_, i) => folds[i] !== fold));
      weighted.forEach(({ features, row }, i) => {
        if (folds[i] === fold) {
          add(odds, row, oddsOf(fitted, features) / SEEDS.length);
        }
      });
    }
  }
  silence('topics', [...odds], 0.05);
  const { bias, weights } = fitLogistic(weighted);
  console.log('topic', bias.toFixed(2), rounded(weights));
}

function fit(rows, withModel) {
  const lists = rows.filter(({ isAnswerable }) => isAnswerable).map(labelled);
  const words = fitSoftmax(lists);
  const near = lists.map((list) =>
    list.map(({ features, isRight, similarity }) => ({ features: [...features, similarity ?? 0], isRight })),
  );
  // Only those that are compared by meaning; the others of a list are never seen beside them.
  const meaning = withModel ? fitSoftmax(near.map((list) => list.slice(0, RANKED_BY_MEANING))) : undefined;
  const sentences = { words, meaning };
  const facts = rows.map((row) => ({
    features: factSignals({ ...row, ranked: rankWith(row, sentences) }),
    isRight: row.isAnswerable,
    weight: 1 / rows.filter(({ isAnswerable }) => isAnswerable === row.isAnswerable).length,
  }));
  return { sentences, fact: fitLogistic(facts, { ridge: 0.02 }) };
}

/** Each sentence with whether it answers; of a question with two answers either will do when none holds both. */
function labelled({ question, ranked, similarities }) {
  const gold = new Set(question.gold.flat());
  const label = (answers) =>
    ranked.map(({ candidate, features }, i) => ({
      features,
      similarity: similarities?.[i],
      isRight:
        gold.has(pathOf(candidate.passage.url)) &&
        answers.some((group) => answersMatch(candidate.text, group)),
    }));
  const whole = label([question.answers]);
  return whole.some(({ isRight }) => isRight) ? whole : label(question.answers.map((group) => [group]));
}

function rankWith({ ranked, similarities }, { meaning, words }) {
  const best = ranked
    .map((sentence, i) => ({
      ...sentence,
      similarity: similarities?.[i],
      score: dot(sentence.features, words),
    }))
    .sort((a, b) => b.score - a.score);
  if (!meaning) {
    return best;
  }
  return best
    .filter(({ similarity }) => similarity !== undefined)
    .map((sentence) => ({ ...sentence, score: dot([...sentence.features, sentence.similarity], meaning) }))
    .sort((a, b) => b.score - a.score);
}

function count(totals, { question }, ranked) {
  const selected = selectSentences(ranked, settings.answers.maxWords);
  const text = selected.map((sentence) => sentence.text).join(' ');
  const gold = new Set(question.gold.flat());
  totals[question.set] ??= { asked: 0, first: 0, gold: 0, right: 0, words: 0 };
  const total = totals[question.set];
  total.asked += 1;
  const isRight = answersMatch(text, question.answers);
  total.right += isRight;
  total.first += answersMatch(ranked[0]?.candidate.text ?? '', question.answers);
  total.gold += gold.has(pathOf(selected[0].passage.url));
  total.words += text.split(/\s+/).length + selected.length;
  return Number(isRight);
}

/** How well silence does when so many of the answerable questions are lost. */
function silence(name, odds, lost, rights = new Map()) {
  const of = (isAnswerable) =>
    odds.filter(([row]) => row.isAnswerable === isAnswerable).map(([, value]) => value);
  const [good, bad] = [of(true), of(false)];
  const threshold = good.toSorted((a, b) => a - b)[Math.floor(good.length * lost)];
  const [missed, kept] = [good, bad].map((values) => values.filter((value) => value < threshold).length);
  const said = odds.reduce((sum, [row, value]) => sum + (value >= threshold ? (rights.get(row) ?? 0) : 0), 0);
  const auroc = good.flatMap((a) => bad.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  console.log(
    `${name}: auroc ${three(auroc.reduce((a, b) => a + b, 0) / auroc.length)};`,
    `at log odds ${three(threshold)} false ${three(missed / good.length)}, recall ${three(kept / bad.length)},`,
    `precision ${three(kept / (kept + missed))}`,
    rights.size > 0 ? `right and said ${three(said / good.length)}` : '',
  );
}

function oddsOf({ bias, weights }, signals) {
  return bias + dot(signals, weights);
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? 0) + value);
}

function rounded(weights) {
  return `[${weights.map((weight) => Number(weight.toFixed(2))).join(', ')}]`;
}

function three(value) {
  return value.toFixed(3);
}

function raise(error) {
  throw error;
}
