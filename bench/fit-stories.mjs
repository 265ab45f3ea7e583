// Fits src/digests/story-weights.ts and tells what the fit is worth on stories that it has not seen (folds by story,
// 3 shuffles): node bench/fit-stories.mjs BBC_DATA_DIR MHR_DATA_DIR
// F1 is of pairs that the clustering of a whole collection puts together, not of pairs by themselves. Judged are the
// pairs of blind/story-pairs-*.json, which others labelled and which are all open now; story-pairs.json helps to fit.
import path from 'node:path';
import { oddsOf } from '#src/digests/cluster-stories.js';
import { group, SURE } from '#src/digests/group.js';
import { indexReadings, LONGEST_APART_MS, PAIR_FEATURES, pairFeatures } from '#src/digests/pair-features.js';
import { pairScores, readPairs, readStore } from './digest-data.mjs';
import { fitLogistic, foldsOf } from './softmax.mjs';

const FOLDS = 5;
const SEEDS = [0, 1, 2];
const LEASTS = [0, -0.25, -0.5, -0.75, -1];
/** Pairs picked at random are other stories; together they weigh as much as so many labelled ones. */
const RANDOM_PAIRS = 2000;
const RANDOM_WEIGHT = 40;

const stores = [];
for (const dir of process.argv.slice(2)) {
  const store = await readStore(dir);
  stores.push({ ...store, ...featuresOf(store) });
}
const here = (file) => path.join(import.meta.dirname, file);
const open = ['open', 'held-back'].flatMap((half) =>
  rowsOf(readPairs(here(`blind/story-pairs-${half}.json`))),
);
const own = rowsOf(readPairs(here('story-pairs.json')));
const random = stores.flatMap(randomRows);
const stories = storiesOf([...open, ...own]);

const found = new Map(LEASTS.map((least) => [least, []]));
for (const seed of SEEDS) {
  const names = [...new Set(stories.values())];
  const folds = foldsOf(names.length, FOLDS, seed);
  const foldOf = ({ a }) => folds[names.indexOf(stories.get(a))];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const fitted = fit([...open, ...own].filter((row) => foldOf(row) !== fold));
    const held = open.filter((row) => foldOf(row) === fold);
    for (const least of LEASTS) {
      found.get(least).push(...held.map((row) => ({ ...row, found: isTogether(row, fitted, least) })));
    }
  }
}
for (const [least, rows] of found) {
  console.log(`groups end at ${least}: ${pairScores(rows)}`);
}
const fitted = fit([...open, ...own]);
console.log(PAIR_FEATURES.map((name, i) => `${name} ${fitted.weights[i].toFixed(2)}`).join(', '));
console.log(
  `bias: ${fitted.bias.toFixed(2)}, weights: [${fitted.weights.map((w) => Number(w.toFixed(2))).join(', ')}]`,
);

function featuresOf({ rarity, readings }) {
  const indexed = indexReadings(readings, rarity);
  const at = new Map(readings.map(({ id }, i) => [id, i]));
  const near = new Map();
  for (let i = 0; i < readings.length; i += 1) {
    for (let j = i + 1; j < readings.length; j += 1) {
      if (Math.abs(readings[i].at - readings[j].at) <= LONGEST_APART_MS) {
        near.set(i * readings.length + j, pairFeatures(indexed[i], indexed[j]));
      }
    }
  }
  return { at, near };
}

function rowsOf(pairs) {
  return pairs.flatMap(({ a, b, same }) =>
    stores.flatMap((store) => {
      const ids = [a, b].map((name) => store.idOf.get(name));
      return ids.every(Boolean) ? [rowOf(store, ...ids.map((id) => store.at.get(id)), same)] : [];
    }),
  );
}

function rowOf(store, one, other, same) {
  const [i, j] = [Math.min(one, other), Math.max(one, other)];
  const [a, b] = [store.readings[i].id, store.readings[j].id];
  const features = store.near.get(i * store.readings.length + j);
  return { store, i, j, a, b, same, features, isCopy: isCopy(store, a, b) };
}

function isCopy({ stories: copies }, a, b) {
  return copies.get(a)?.articleIds.includes(b) ?? false;
}

function randomRows(store) {
  const keys = [...store.near.keys()];
  let seed = 1;
  return Array.from({ length: RANDOM_PAIRS }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return { isRandom: true, same: false, features: store.near.get(keys[seed % keys.length]) };
  });
}

function fit(labelled) {
  const rows = [...labelled, ...random].filter((row) => row.features && !row.isCopy);
  return fitLogistic(
    rows.map(({ features, isRandom, same }) => {
      return { features, isRight: same, weight: isRandom ? RANDOM_WEIGHT / RANDOM_PAIRS : 1 };
    }),
    { ridge: 0.02 },
  );
}

/** Whether clustering the whole collection puts both into one story. */
function isTogether({ i, j, store }, weights, least) {
  weights.groups ??= new Map();
  const key = `${stores.indexOf(store)} ${least}`;
  const groups = weights.groups.get(key) ?? clusters(store, weights, least);
  weights.groups.set(key, groups);
  return groups.get(i) === groups.get(j);
}

function clusters(store, weights, least) {
  const { near, readings } = store;
  const odds = (i, j) => {
    const features = near.get(i * readings.length + j);
    return isCopy(store, readings[i].id, readings[j].id)
      ? SURE
      : features
        ? oddsOf(features, weights)
        : -SURE;
  };
  return new Map(group(readings.length, odds, least).flatMap((items, n) => items.map((item) => [item, n])));
}

/** Articles that labelled pairs join, whatever the label, fall into one fold. */
function storiesOf(rows) {
  const up = new Map();
  const find = (id) => ((up.get(id) ?? id) === id ? id : find(up.get(id)));
  for (const { a, b } of rows) {
    up.set(a, up.get(a) ?? a);
    up.set(b, up.get(b) ?? b);
    up.set(find(a), find(b));
  }
  return new Map([...up.keys()].map((id) => [id, find(id)]));
}
