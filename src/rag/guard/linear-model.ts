// A classifier that is a sum: each feature times what bench/fit-*.mjs learned that it is worth (logistic regression).
// The weights of hashed words are kept as bytes, so that a model is a small file that can be read at a start.
import type { Vector } from '../ports.js';
import type { Sparse } from './ngrams.js';

/** As its file holds it. */
export interface LinearModel {
  bias: number;
  /** For each count; [] = none. */
  counts: number[];
  /** For each slot of `ngrams` a signed byte, in base64; times `step` = its weight. */
  ngrams: string;
  step: number;
  /** For each dimension of a text's vector by the embedding model of this key; absent = it is not looked at. */
  meaning?: { key: string; weights: number[] } | undefined;
}

export interface TextFeatures {
  counts: number[];
  ngrams: Sparse;
  vector?: Vector | undefined;
}

export interface Scorer {
  /** Into how many slots n-grams are hashed. */
  slots: number;
  /** Log odds: above 0 = more likely than not. */
  score(features: TextFeatures): number;
}

export function createScorer({ bias, counts, meaning, ngrams, step }: LinearModel): Scorer {
  const bytes = Buffer.from(ngrams, 'base64');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    slots: weights.length,
    score(features) {
      let sum = bias;
      features.counts.forEach((count, at) => {
        sum += count * (counts[at] ?? 0);
      });
      for (const [slot, value] of features.ngrams) {
        sum += value * (weights[slot] ?? 0) * step;
      }
      features.vector?.forEach((value, at) => {
        sum += value * (meaning?.weights[at] ?? 0);
      });
      return sum;
    },
  };
}
