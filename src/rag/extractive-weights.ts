// Fitted by bench/fit-extractive.ts on the development questions; the figures there are cross-validated.
// Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES of sentence-features.ts. */
export const SENTENCE_WEIGHTS = [6, 3, 3, 1, 3, -1, 1];

/** For CONFIDENCE_SIGNALS of confidence.ts: log odds that the best sentence answers. */
export const CONFIDENCE_WEIGHTS = { bias: 0, weights: [1, 1, 1, 0.2, 3, -2, -2, 0.2] };
