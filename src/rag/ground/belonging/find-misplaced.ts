// Figures, days and names that stand in a source and belong to something else there: "Saud Shakeel made 24" where the
// source has Babar Azam out for 24. The words of the sentence stand around another figure of the kind; learned weights
// say how much of that is too much.
import type { FindContradicted } from '../contradictions/contradiction.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { FEATURES } from './features.js';
import { THRESHOLD, WEIGHTS } from './weights.js';

export const findMisplaced: FindContradicted = (said, texts) =>
  candidatesOf(said, texts).filter((candidate) => againstOf(candidate) > 0);

/** How far the words around a claim speak against it; above 0 = it belongs to something else. */
export function againstOf({ features, kind }: Candidate): number {
  const weights = WEIGHTS[kind];
  const score = FEATURES.reduce((sum, name, i) => sum + weights[name] * (features[i] ?? 0), weights.bias);
  return score - THRESHOLD[kind];
}
