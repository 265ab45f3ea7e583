// Figures, days and names that stand in a source and belong to something else there: "Saud Shakeel made 24" where the
// source has Babar Azam out for 24. The words of the sentence fit another figure of the kind better than that one;
// learned weights say how well a place fits, and how much better is too much.
import type { FindContradicted } from '../contradictions/contradiction.js';
import { type Candidate, candidatesOf, type Fitted } from './candidates.js';
import { FEATURES, scoreOf } from './features.js';
import { THRESHOLD, WEIGHTS } from './weights.js';

export const findMisplaced: FindContradicted = (said, texts) =>
  candidatesOf(said, texts).filter((candidate) => againstOf(candidate) > THRESHOLD[candidate.kind]);

/** How much better the best rival fits than the best place of the claim's own fact. */
export function againstOf({ homes, kind, rivals }: Candidate): number {
  const weights = FEATURES.map((name) => WEIGHTS[kind][name]);
  const sure = rivals.filter(isNamed);
  return sure.length > 0
    ? bestOf(sure, weights).score - bestOf(homes, weights).score
    : Number.NEGATIVE_INFINITY;
}

/** Whether somebody is surely meant at a place; where it is in doubt, the sentence gets the benefit of it. */
export function isNamed({ place }: Fitted): boolean {
  return place.isDoubtful !== true;
}

/** The place that fits best. */
export function bestOf(all: Fitted[], weights: number[]): Fitted & { score: number } {
  return all
    .map((one) => ({ ...one, score: scoreOf(one.fit, weights) }))
    .reduce((one, other) => (other.score > one.score ? other : one));
}
