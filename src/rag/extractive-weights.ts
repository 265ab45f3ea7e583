// Fitted once on 105 development questions by a script that is not in the project yet; bench/RESULTS.md has the
// cross-validated figures.
// Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = [-1.51, 6.01, 6.7, 1.08, 4.45, 0.2, -3.53];

/** For CONFIDENCE_SIGNALS: log odds that the best sentence's article answers the question. */
export const CONFIDENCE_WEIGHTS = {
  bias: -5.61,
  weights: [0.31, 0.65, -2.06, 0.58, 0.72, -1.61, -1.49, 4.96, 2.12, 0.16],
};
