// Fits src/rag/evidence/decisive-weights.ts and tells what the fit is worth on questions that it has not seen (folds by
// what answers them): node bench/fit-news.mjs MHR_DATA_DIR
// Each question of blind/tell-me-when-*.json waits for fourteen days. Its news are the articles of these days, in their
// order; of each the best sentence counts, and the first that is sure enough is told. Which sentence of an article that
// answers it does so, nobody labelled: the fit takes the one that it likes best, and fits again.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadCricketNames } from '#src/cricket.js';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { createDecisiveFeatures, DECISIVE_FEATURES, wantedIn } from '#src/rag/evidence/decisive-features.js';
import { candidatesOf, coverage } from '#src/rag/evidence/sentence-features.js';
import { honestPassage, isQuotable } from '#src/rag/generate/tampering.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { stems } from '#src/rag/understand/terms.js';
import { understand } from '#src/rag/understand/understand.js';
import { openStore } from '#src/store/open-store.js';
import { dot, fitLogistic } from './softmax.mjs';

const [dataDir] = process.argv.slice(2);
const WAIT_MS = 14 * 86_400_000;
/** Passages of a question that are read: those that have most of it, as a retriever finds them. */
const MOST_PASSAGES = 60;
const SURE_PASSAGES = 25;
const LEAST = 0.4;
const MOST_CHARACTERS = 500;
const FOLDS = 8;
const SEEDS = [0, 1];
const ROUNDS = 6;
const RIDGE = 0.05;
/** Articles that do not answer a question, by how near they are, and what each counts. */
const NEAR = [3, 0.5];
const FAR = [12, 0.1];
const START = {
  names: 2,
  fact: 4,
  own: 1,
  around: 1,
  happening: 1,
  kind: 1,
  form: 1,
  open: -1.5,
  negated: -1,
  missing: -1,
};

const blind = path.join(import.meta.dirname, 'blind');
const store = await openStore(dataDir);
const names = loadCricketNames();
const lexical = await openLexicalIndex(`${dataDir}/lexical.sqlite`, JSON.stringify(names));
const passages = await readPassages();
const questions = [];
for (const file of readdirSync(blind).filter((name) => /^tell-me-when-.*\.json$/.test(name))) {
  for (const question of JSON.parse(readFileSync(path.join(blind, file), 'utf8'))) {
    questions.push(await read(question));
  }
}
await lexical.close();
await store.close();

const models = {};
const told = SEEDS.flatMap((seed) => held(seed));
for (const most of [0, 0.025, 0.05, 0.075, 0.1, 0.15]) {
  const { count, least } = bestAt(told, most);
  console.log(
    `wrongly at most ${most}: told ${share(count.right, count.answered)}, by another article ${share(count.beside, count.answered)}, told though nothing answers ${share(count.wrong, count.others)}, from ${least.toFixed(2)} on`,
  );
}
const { bias, weights } = fit(questions);
console.log(DECISIVE_FEATURES.map((name, i) => `${name} ${weights[i].toFixed(2)}`).join(', '));
console.log(
  `bias: ${bias.toFixed(2)}, weights: [${weights.map((weight) => Number(weight.toFixed(2))).join(', ')}]`,
);

async function readPassages() {
  const all = [];
  const byId = new Map();
  for await (const article of store.articles.all()) {
    byId.set(article.id, article);
  }
  const { puts } = await store.chunks.changesAfter(0, 1_000_000);
  for (const { articleId, header, id, ordinal, text } of puts) {
    const { publishedAt, publisher, title, url } = byId.get(articleId);
    const found = { id, articleId, header, ordinal, text, url, title, publisher, publishedAt, score: 1 };
    const passage = honestPassage(found);
    if (passage) {
      all.push({ passage, stems: new Set(stems(`${title} ${passage.text}`)) });
    }
  }
  return all.sort((a, b) => (a.passage.publishedAt < b.passage.publishedAt ? -1 : 1));
}

/** The question with the articles of its days, each with the features of its sentences. */
async function read({ articles: gold, asked, question }) {
  const deps = {
    lexical,
    findNames: createNameFinder(names),
    findPublishers: async () => [],
    clock: () => new Date(asked),
  };
  const query = await understand(question, deps);
  const [from, to] = [0, WAIT_MS].map((ms) => new Date(Date.parse(asked) + ms).toISOString());
  const near = passages
    .filter(({ passage }) => passage.publishedAt > from && passage.publishedAt <= to)
    .map((one) => ({ ...one, covered: coverage(query, one.stems) }))
    .sort((a, b) => b.covered - a.covered)
    .slice(0, MOST_PASSAGES)
    .filter(({ covered }, at) => at < SURE_PASSAGES || covered > LEAST)
    .map(({ passage }) => passage);
  const wanted = wantedIn(query, near);
  const byArticle = grouped(near);
  const news = [...byArticle].map(([url, own]) => ({
    at: own[0].publishedAt,
    isGold: gold.includes(kitName(url)),
    sentences: own.flatMap((passage) => sentencesOf(wanted, passage)),
  }));
  return {
    gold,
    news: news.filter(({ sentences }) => sentences.length > 0).sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

function grouped(list) {
  const groups = new Map();
  for (const one of list) {
    groups.set(one.url, [...(groups.get(one.url) ?? []), one]);
  }
  return groups;
}

function sentencesOf(wanted, passage) {
  if (wanted.others.length === 0) {
    return [];
  }
  const featuresOf = createDecisiveFeatures(wanted, passage);
  const headline = isQuotable(passage.title) ? [featuresOf(passage.title, 0)] : [];
  const sentences = candidatesOf([passage]).filter(({ text }) => text.length <= MOST_CHARACTERS);
  return [...headline, ...sentences.map(({ text }, at) => featuresOf(text, at))];
}

function fit(some) {
  let model = { bias: -6, weights: DECISIVE_FEATURES.map((name) => START[name] ?? 0) };
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = some.flatMap(({ news }) => {
      const best = news.map(({ isGold, sentences }) => ({ isGold, ...bestOf(sentences, model) }));
      best.sort((a, b) => b.odds - a.odds);
      const [right] = best.filter(({ isGold }) => isGold);
      const wrong = best.filter(({ isGold }) => !isGold).slice(0, NEAR[0] + FAR[0]);
      return [
        ...(right ? [{ features: right.features, isRight: true }] : []),
        ...wrong.map(({ features }, at) => ({
          features,
          isRight: false,
          weight: at < NEAR[0] ? NEAR[1] : FAR[1],
        })),
      ];
    });
    model = fitLogistic(rows, { ridge: RIDGE });
  }
  return model;
}

function bestOf(sentences, { bias: start, weights: by }) {
  const odds = sentences.map((features) => start + dot(features, by));
  const most = Math.max(...odds);
  return { features: sentences[odds.indexOf(most)], odds: most };
}

/** Each question by a fit that has seen neither it nor another one that the same article answers. */
function held(seed) {
  const groups = groupsOf();
  const foldOf = (group) => (((group + 1) * 7919 * (seed + 3)) % 10_007) % FOLDS;
  return questions.map(({ gold, news }, at) => {
    const fold = foldOf(groups[at]);
    models[`${seed} ${fold}`] ??= fit(questions.filter((_, other) => foldOf(groups[other]) !== fold));
    const model = models[`${seed} ${fold}`];
    return {
      gold,
      news: news.map(({ isGold, sentences }) => ({ isGold, odds: bestOf(sentences, model).odds })),
    };
  });
}

function groupsOf() {
  const groupOf = new Map();
  return questions.map(({ gold }, at) => {
    const group = gold.map((name) => groupOf.get(name)).find((one) => one !== undefined) ?? at;
    for (const name of gold) {
      groupOf.set(name, group);
    }
    return group;
  });
}

/** The most that are told rightly while so many of all at most are told wrongly. */
function bestAt(all, most) {
  const levels = all.flatMap(({ news }) => news.map(({ odds }) => odds));
  const counted = levels.map((least) => ({ least, count: countAt(all, least) }));
  const allowed = counted.filter(({ count }) => (count.wrong + count.beside) / all.length <= most);
  return allowed.sort((a, b) => b.count.right - a.count.right || b.least - a.least)[0];
}

function countAt(all, least) {
  const count = { answered: 0, right: 0, beside: 0, others: 0, wrong: 0 };
  for (const { gold, news } of all) {
    const first = news.find(({ odds }) => odds >= least);
    count[gold.length > 0 ? 'answered' : 'others'] += 1;
    count.wrong += gold.length === 0 && first !== undefined;
    count.right += first?.isGold === true;
    count.beside += gold.length > 0 && first?.isGold === false;
  }
  return count;
}

function kitName(url) {
  return new URL(url).pathname.slice(1).replace(/\.html$/, '');
}

function share(n, of) {
  return (n / Math.max(1, of)).toFixed(3);
}
