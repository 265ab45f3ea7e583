// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-3.2, 5.04, 5.85, 0.77, 4.56, 0.71, -2.3, 5.01, 2.15, 1.62],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-3.62, 4.18, 4.97, 0.64, 3.96, 0.98, -2.99, 3.03, 2.06, 1.43, 5.12],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer, moved so that at 0 one answerable short
 * question in ten is lost, and one long one in thirty.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: -0.65, weights: [0.22, 0.15, -2.01, -1.54, 0.44] },
    topic: { bias: -29.5, weights: [14.72, 3.29, 7.93, 18.75] },
  },
  meaning: {
    fact: { bias: -1.09, weights: [0.21, 0.34, -2.07, -1.85, 1.04] },
    topic: { bias: -24.9, weights: [8.57, 3.07, 7.22, 13.85, 7.19] },
  },
};
