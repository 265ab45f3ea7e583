// Fits src/rag/ground/belonging/weights.ts:
//   node bench/fit-grounding.mjs [--store DATA_DIR]... PAIRS.yaml...
// Each claim of a right sentence is a blank to be filled: of all facts of its kind that the passage tells, its own one
// should fit best. No wrong sentence is needed for that (a conditional logit over places). Examples are the right
// sentences of the files, the openings of the sample news, and those of a store's articles.
//
// Printed first: every file judged by the whole check with weights fitted on everything but that file. What other rules
// do was written with all files in view, so this is a lower bound of optimism, not none.
import { parseArgs } from 'node:util';
import { loadCricketNames } from '#src/cricket.js';
import { candidatesOf } from '#src/rag/ground/belonging/candidates.js';
import { FEATURES, scoreOf } from '#src/rag/ground/belonging/features.js';
import { isNamed } from '#src/rag/ground/belonging/find-misplaced.js';
import { THRESHOLD, WEIGHTS } from '#src/rag/ground/belonging/weights.js';
import { createGroundingCheck, createReader, readSource } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { sampleOpenings, storeOpenings } from './grounding-cloze.mjs';
import { readPairs, sourceOf } from './grounding-pairs.mjs';

const KINDS = ['number', 'date', 'name'];
const RIDGE = 0.01;
const STEPS = 150;
const RATE = 0.1;
/** What an example of a file weighs beside one of an article's opening. */
const WRITTEN = 4;
/** Right sentences that each kind may lose at the threshold. */
const MOST_LOST = Number(process.env.MOST_LOST ?? 0.02);
/** Nearness alone may make a rival fit a little better. */
const LEAST = 0.6;

const { positionals: files, values } = parseArgs({
  allowPositionals: true,
  options: { store: { type: 'string', multiple: true, default: [] } },
});
const names = createNameReader(loadCricketNames());
const read = createReader(names);
const pairs = readPairs(files).map((pair) => ({ ...pair, group: setOf(pair.file) }));
const openings = [...sampleOpenings(), ...(await Promise.all(values.store.map(storeOpenings))).flat()];
const natural = openings.flatMap((pair) => examplesOf({ ...pair, group: 'openings' }));
const written = pairs.filter(({ supported }) => supported).flatMap(examplesOf);
const groups = [...new Set(pairs.map(({ group }) => group))];
console.log({ natural: natural.length, written: written.length });

for (const group of groups) {
  const rest = written.filter((one) => one.group !== group);
  use(fitAll([...natural, ...rest]), rest);
  report(
    group,
    pairs.filter((pair) => pair.group === group),
  );
}
const model = fitAll([...natural, ...written]);
use(model, written);
report('all, in sample', pairs);
for (const kind of KINDS) {
  const rounded = FEATURES.map((name, i) => `  '${name}': ${model[kind][i].toFixed(2)},`);
  console.log(`${kind}: threshold ${THRESHOLD[kind].toFixed(2)}\n${rounded.join('\n')}`);
}

/** Files of one writer: "grounding-pairs-4-open.yaml" and its other half. */
function setOf(file) {
  return file.replace(/.*\//, '').replace(/-(?:open|held-back)|\.yaml/g, '');
}

function examplesOf(pair) {
  const source = sourceOf({ ...pair, publishedAt: pair.publishedAt ?? 0 });
  return candidatesOf(read(pair.sentence), [readSource(read, source)], true).map(
    ({ homes, kind, rivals }) => ({
      kind,
      group: pair.group,
      id: pair.id,
      weight: pair.group === 'openings' ? 1 : WRITTEN,
      homes: homes.map(({ fit }) => fit),
      rivals: rivals.map(({ fit }) => fit),
      judged: rivals.filter(isNamed).map(({ fit }) => fit),
    }),
  );
}

function fitAll(examples) {
  const of = (...kinds) => fit(examples.filter(({ kind }) => kinds.includes(kind)));
  const figures = of('number', 'date');
  return { number: figures, date: figures, name: of('name') };
}

/** Ascent (Adam: D. Kingma and J. Ba, 2014) on the log chance of a claim's own places among all. */
function fit(examples) {
  const weights = FEATURES.map(() => 0);
  const [mean, spread] = [FEATURES.map(() => 0), FEATURES.map(() => 0)];
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    for (const { homes, rivals, weight } of examples) {
      const places = [...homes, ...rivals];
      const scores = places.map((place) => scoreOf(place, weights));
      const most = Math.max(...scores);
      const chances = scores.map((score) => Math.exp(score - most));
      const all = chances.reduce((sum, chance) => sum + chance, 0);
      const own = chances.slice(0, homes.length).reduce((sum, chance) => sum + chance, 0);
      for (const [i, place] of places.entries()) {
        const expected = (i < homes.length ? chances[i] / own : 0) - chances[i] / all;
        for (const [j, value] of place.entries()) {
          gradient[j] += (weight / total) * expected * value;
        }
      }
    }
    for (const [j, slope] of gradient.entries()) {
      mean[j] = 0.9 * mean[j] + 0.1 * slope;
      spread[j] = 0.99 * spread[j] + 0.01 * slope * slope;
      const [m, v] = [mean[j] / (1 - 0.9 ** step), spread[j] / (1 - 0.99 ** step)];
      weights[j] += (RATE * m) / (Math.sqrt(v) + 1e-8);
    }
  }
  return weights;
}

function use(model, examples) {
  for (const kind of KINDS) {
    FEATURES.forEach((name, i) => {
      WEIGHTS[kind][name] = model[kind][i];
    });
    const best = (places) => Math.max(...places.map((place) => scoreOf(place, model[kind])));
    const against = examples
      .filter((one) => one.kind === kind && one.judged.length > 0)
      .map(({ homes, judged }) => best(judged) - best(homes))
      .sort((one, other) => other - one);
    THRESHOLD[kind] = Math.max(LEAST, against[Math.floor(MOST_LOST * against.length)] ?? 0) + 1e-6;
  }
}

function report(name, list) {
  const flagged = list.map((pair) => {
    const check = createGroundingCheck(names, () => new Date(pair.now));
    return { ...pair, isFlagged: check(pair.sentence, [sourceOf(pair)]).length > 0 };
  });
  const share = (some) => `${some.filter(({ isFlagged }) => isFlagged).length} of ${some.length}`;
  const wrong = flagged.filter(({ supported }) => !supported);
  const single = wrong.filter(({ changed }) => KINDS.includes(changed));
  console.log(
    `${name}: caught ${share(wrong)}; single ${share(single)}, ` +
      `${KINDS.map((kind) => `${kind} ${share(single.filter(({ changed }) => changed === kind))}`).join(', ')}; ` +
      `hard ${share(single.filter(({ hard }) => hard))}; lost ${share(flagged.filter(({ supported }) => supported))}`,
  );
  if (process.env.SHOW) {
    for (const { changed, id, isFlagged, sentence, supported } of flagged) {
      if (supported === isFlagged) {
        console.log(supported ? '  lost  ' : '  missed', id, changed ?? '', sentence);
      }
    }
  }
}
