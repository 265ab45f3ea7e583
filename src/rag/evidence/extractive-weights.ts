// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-0.7, 4.42, 3.32, 1.14, 7.57, -1.83, 4.42, 0.98, 1.94],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-2.33, 4.32, 3.12, 0.92, 6.61, -2.27, 4.35, 0.9, 1.74, 5.06],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer. Their zero is the operating point: with a
 * model one answerable short question in eleven is lost and over half of the unanswerable ones are met with
 * silence; of long questions one in thirty is lost.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: -0.88, weights: [0.27, 0.09, -1.24, -1.8, 0.77, -0.86, -0.29] },
    topic: { bias: -20.5, weights: [8.55, 2.46, 8.42, 14.92] },
  },
  meaning: {
    fact: { bias: -1.97, weights: [0.23, 0.17, -1.04, -1.93, 0.47, -1.12, -0.45, 4.1] },
    topic: { bias: -18.6, weights: [6.1, 2.58, 6.05, 11.78, 8.3] },
  },
};
