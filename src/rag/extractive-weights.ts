/** x */
export const SENTENCE_WEIGHTS = {
  words: [-2.37, 5.04, 5.75, 0.64, 5.05, 0.78, -2.2, 2.92, 2.14, 1.54],
  meaning: [-4.3, 4.59, 6.04, 0.56, 4.85, 1.25, -2.43, 2.01, 2.21, 1.53, 5.76],
};
export const CONFIDENCE_WEIGHTS = { bias: 0, weights: [0] };
