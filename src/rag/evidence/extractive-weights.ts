// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-2.68, 5.45, 5.13, 0.69, 7.19, -2.34, 4.08, 2.11, 1.61],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-3.35, 4.22, 4.11, 0.55, 5.9, -2.92, 2.72, 1.91, 1.4, 5.31],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer. Their zero is the operating point: with a
 * model one answerable short question in eight is lost and over half of the unanswerable ones are met with
 * silence; of long questions one in thirty is lost.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: 0.1, weights: [0.15, 0.12, -2.17, -1.6, 0.63] },
    topic: { bias: -19.5, weights: [7.75, 2.97, 7.61, 14.98] },
  },
  meaning: {
    fact: { bias: -1.1, weights: [0.24, 0.21, -1.67, -2.19, 0.41] },
    topic: { bias: -18.3, weights: [5.9, 2.85, 5.92, 11.6, 8.44] },
  },
};
