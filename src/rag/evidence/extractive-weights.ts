// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-0.72, 4.43, 3.33, 1.13, 7.53, -1.91, 4.43, 1.18, 1.94],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-2.39, 4.31, 3.15, 0.9, 6.54, -2.38, 4.37, 1.11, 1.74, 5.12],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer. Their zero is the operating point: with a
 * model one answerable short question in eleven is lost and over half of the unanswerable ones are met with
 * silence; of long questions one in thirty is lost.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: -0.62, weights: [0.27, 0.09, -1.25, -1.8, 0.78, -0.85, -0.29] },
    topic: { bias: -20.5, weights: [8.55, 2.46, 8.42, 14.92] },
  },
  meaning: {
    fact: { bias: -1.81, weights: [0.23, 0.16, -1.09, -1.92, 0.41, -0.97, -0.44, 3.91] },
    topic: { bias: -18.6, weights: [6.1, 2.58, 6.05, 11.78, 8.3] },
  },
};
