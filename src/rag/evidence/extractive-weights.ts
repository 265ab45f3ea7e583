// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-0.75, 4.4, 3.44, 1.14, 7.36, -1.9, 4.46, 1.23, 1.95],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-2.42, 4.3, 3.24, 0.92, 6.41, -2.35, 4.34, 1.15, 1.74, 5.13],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer. Their zero is the operating point: with a
 * model one answerable short question in eleven is lost and over half of the unanswerable ones are met with
 * silence; of long questions one in thirty is lost.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: -0.77, weights: [0.27, 0.09, -1.24, -1.8, 0.79, -0.85, -0.29] },
    topic: { bias: -20.5, weights: [8.55, 2.46, 8.42, 14.92] },
  },
  meaning: {
    fact: { bias: -1.68, weights: [0.21, 0.16, -1.22, -1.71, 0.45, -0.92, -0.43, 3.77] },
    topic: { bias: -18.6, weights: [6.1, 2.58, 6.05, 11.78, 8.3] },
  },
};
