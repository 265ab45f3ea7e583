// A classifier that is a sum: each feature times what bench/fit-*.mjs learned that it is worth (a linear support vector machine).
// The weights of hashed words are kept as bytes, so that a model is a small file that can be read at a start.
import type { Vector } from '../ports.js';
import { ngrams, type Said } from './ngrams.js';

/** As its file holds it. */
export interface LinearModel {
  bias: number;
  /** For each count; [] = none. */
  counts: number[];
  /** For each slot of `ngrams` a signed byte, in base64; times `step` = its weight. */
  ngrams: string;
  step: number;
  /** For each slot a byte in base64: how rare it is (RARITY_STEP). */
  rarity: string;
  /** For each dimension of a text's vector by the embedding model of this key; absent = it is not looked at. */
  meaning?: { key: string; weights: number[] } | undefined;
}

export interface TextFeatures extends Said {
  counts: number[];
  vector?: Vector | undefined;
}

/** Above 0 = more likely than not; how far above or below says how sure that is. */
export type Scorer = (features: TextFeatures) => number;

export function createScorer({ bias, counts, meaning, ngrams: grams, rarity, step }: LinearModel): Scorer {
  const bytes = Buffer.from(grams, 'base64');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const rarities = new Uint8Array(Buffer.from(rarity, 'base64'));
  return (features) => {
    let sum = bias;
    features.counts.forEach((count, at) => {
      sum += count * (counts[at] ?? 0);
    });
    for (const [slot, value] of ngrams(features, weights.length, rarities)) {
      sum += value * (weights[slot] ?? 0) * step;
    }
    features.vector?.forEach((value, at) => {
      sum += value * (meaning?.weights[at] ?? 0);
    });
    return sum;
  };
}
