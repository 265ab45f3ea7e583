// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-2.62, 5.58, 5.06, 0.73, 7.23, 0.8, -2.14, 4.06, 2.14, 1.63],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-3.3, 4.51, 4.21, 0.6, 6.48, 1.13, -2.36, 2.32, 2.04, 1.46, 5.21],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer, moved so that at 0 one answerable short
 * question in ten is lost, and one long one in thirty.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: 0.07, weights: [0.15, 0.12, -2.14, -2.09, 0.62] },
    topic: { bias: -29.5, weights: [14.72, 3.29, 7.93, 18.75] },
  },
  meaning: {
    fact: { bias: -0.49, weights: [0.19, 0.24, -2.11, -2.49, 0.85] },
    topic: { bias: -18.3, weights: [5.9, 2.85, 5.92, 11.6, 8.44] },
  },
};
