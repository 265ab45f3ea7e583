// Lines of the guard's classifiers as rows of a linear model (counts, a vector, hashed n-grams), what fits one, and their vectors,
// which are kept beside node_modules' other caches: embedding them all takes minutes. src/rag/guard/linear-model.ts reads weights in this order.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { countGrams, RARITY_STEP, weighed } from '#src/rag/guard/ngrams.js';
import { fitMargin, meanOf } from './margin.mjs';

const CACHE = path.join(import.meta.dirname, '../node_modules/.cache/guard-vectors.json');
const DIGITS = 1e5;

/** Gives each sample the `vector` of what `textOf` gives. */
export async function embedAll(samples, embedder, textOf) {
  const kept = existsSync(CACHE) ? JSON.parse(readFileSync(CACHE, 'utf8')) : {};
  kept[embedder.key] ??= {};
  const known = kept[embedder.key];
  for (const sample of samples) {
    const text = textOf(sample);
    if (!Object.hasOwn(known, text)) {
      const [vector] = await embedder.embed([text], 'question');
      known[text] = [...vector].map((value) => Math.round(value * DIGITS) / DIGITS);
    }
    sample.vector = known[text];
  }
  mkdirSync(path.dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(kept));
}

/** How rare each slot is over all samples, as bytes, and gives each sample its `grams`. Samples have `words` and perhaps `classes`. */
export function weighGrams(samples, slots) {
  const seen = new Float64Array(slots);
  for (const sample of samples) {
    sample.blocks = countGrams(sample, slots);
    for (const slot of new Set(sample.blocks.flatMap((block) => [...block.keys()]))) {
      seen[slot] += 1;
    }
  }
  const rarity = Uint8Array.from(seen, (count) =>
    Math.round((1 + Math.log((1 + samples.length) / (1 + count))) / RARITY_STEP),
  );
  for (const sample of samples) {
    sample.grams = weighed(sample.blocks, rarity);
    delete sample.blocks;
  }
  return rarity;
}

/**
 * Gives each sample its `row`, and what fits a model on some of them. With vectors it is the mean of two models, one of which does
 * not look at them: each knows what the other does not.
 */
export function fitterOf(samples, slots, { cost, countScale, vectorScale }) {
  const vectorAt = samples[0].counts.length;
  const ngramsAt = vectorAt + (vectorScale > 0 ? samples[0].vector.length : 0);
  for (const sample of samples) {
    sample.plainRow = rowOf(sample, { countScale, ngramsAt: vectorAt });
    sample.row = vectorScale > 0 ? rowOf(sample, { countScale, ngramsAt, vectorScale }) : sample.plainRow;
  }
  const fitRows = (those, name, at) =>
    fitMargin(
      those.map((one) => one[name]),
      at + slots,
      { cost },
    );
  const fit = (those) =>
    vectorScale > 0
      ? meanOf(
          fitRows(those, 'plainRow', vectorAt),
          fitRows(those, 'row', ngramsAt),
          vectorAt,
          ngramsAt - vectorAt,
        )
      : fitRows(those, 'row', ngramsAt);
  return { fit, ngramsAt, vectorAt };
}

function rowOf({ counts, grams, vector, weight = 1, y }, { countScale, ngramsAt, vectorScale = 0 }) {
  const pairs = [
    ...counts.flatMap((count, at) => (count === 0 ? [] : [[at, count * countScale]])),
    ...(vectorScale > 0 ? vector.map((value, at) => [counts.length + at, value * vectorScale]) : []),
    ...[...grams].map(([slot, value]) => [ngramsAt + slot, value]),
  ];
  return {
    at: Int32Array.from(pairs, ([at]) => at),
    of: Float64Array.from(pairs, ([, of]) => of),
    ...{ weight, y },
  };
}
