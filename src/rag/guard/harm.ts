// A second look at what the rules let pass: a classifier of n-grams (config/moderation-model.json, fitted by
// bench/fit-moderation.mjs), which knows what abuse and threats look like in words that nobody wrote a rule for. Its
// threshold lies above every harmless line that it was tried on: rules are for what must be caught, it is for the rest.
import { createScorer, type LinearModel } from './linear-model.js';
import { ngrams, type Sparse } from './ngrams.js';
import { readingsOf } from './readings.js';

export interface HarmModel extends LinearModel {
  /** Log odds from which on a text counts as harmful. */
  harm: number;
}

export function createHarmTest(model: HarmModel): (text: string) => boolean {
  const scorer = createScorer(model);
  return (text) => scorer.score({ counts: [], ngrams: harmFeatures(text, scorer.slots) }) >= model.harm;
}

/** N-grams of the reading in which disguises are undone. */
export function harmFeatures(text: string, slots: number): Sparse {
  const words = (readingsOf(text).at(-1) ?? '').split(' ').filter((word) => word !== '.' && word !== '');
  return ngrams(words, words, slots);
}
