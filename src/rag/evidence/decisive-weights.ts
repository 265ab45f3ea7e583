// Weights of DECISIVE_FEATURES, fitted by ridge logistic regression on questions that waited (bench/fit-news.mjs, which
// also tells what the fit is worth on questions that it has not seen).

/** Log odds that a sentence settles the question = bias + sum of weights times features. */
export const DECISIVE_WEIGHTS = {
  bias: -6.23,
  weights: [
    0.73, 1.75, 1.67, 1.31, 1.46, 1.58, 0.18, 0.08, 0.24, -0.24, -0.41, -0.31, 0, 0.64, -0.07, -0.05, -0.8,
    -1.59, 0.41, -1.58, 0.69,
  ],
};

/** Log odds from which somebody who waits is told: then about one question in thirty that nothing answers is. */
export const SURELY = 1.1;
