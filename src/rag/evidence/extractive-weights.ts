// Fitted by bench/fit-extractive.mjs on the development questions; bench/RESULTS.md has what the fit is worth on
// questions that it has not seen. Each weight says how much one unit of the feature of the same place counts.

/** For SENTENCE_FEATURES: a sentence beats another by e to the difference of their sums. */
export const SENTENCE_WEIGHTS = {
  words: [-0.54, 4.42, 3.32, 1.06, 7.84, -1.83, 4, 1.05, 1.72],
  /** The last is for the cosine of the sentence's vector and the question's. */
  meaning: [-2.34, 4.29, 2.98, 0.86, 6.58, -2.21, 4.14, 1.08, 1.53, 5.46],
};

/**
 * For FACT_SIGNALS and TOPIC_SIGNALS: log odds that the passages answer. Their zero is the operating point: with a
 * model one answerable short question in eleven is lost and over half of the unanswerable ones are met with
 * silence; of long questions one in thirty is lost.
 */
export const CONFIDENCE_WEIGHTS = {
  words: {
    fact: { bias: -0.79, weights: [0.26, 0.09, -1.1, -1.6, 0.78, -0.92, -0.29] },
    topic: { bias: -20.5, weights: [8.55, 2.46, 8.42, 14.92] },
  },
  meaning: {
    fact: { bias: -1.75, weights: [0.21, 0.15, -0.96, -1.76, 0.59, -1, -0.41, 3.6] },
    topic: { bias: -18.6, weights: [6.1, 2.58, 6.05, 11.78, 8.3] },
  },
};
