// Fitted by bench/fit-grounding.mjs on the open pair sets; not written by hand. Each weight says how much a feature of
// features.ts speaks for the rival: words of the claim's own piece ("near") or of its whole sentence ("wide") that
// stand in the rival's piece, in its sentence, or close beside it, and not around the claim's own place.
import type { SlotKind } from './slots.js';

const FIGURES = [0.04, 2.56, 1.23, 0.93, 1.63, 2.15, 1.22, 0.51, 0.5];
const NAMES = [0.09, 1.2, 1.24, 1.22, 0.53, 1.59, 1.25, 0.82, 0.21];

/** A bias, then one for each of FEATURES. */
export const WEIGHTS: Record<SlotKind, number[]> = { number: FIGURES, date: FIGURES, name: NAMES };

/** Above it a claim belongs to something else. */
export const THRESHOLD = 1.75;
