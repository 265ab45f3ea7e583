// Weights of DECISIVE_FEATURES, fitted by ridge logistic regression on questions that waited (bench/fit-news.mjs, which
// also tells what the fit is worth on questions that it has not seen).

/** Log odds that a sentence settles the question = bias + sum of weights times features. */
export const DECISIVE_WEIGHTS = {
  bias: -4.37,
  weights: [
    1.64, 0.78, 1.03, 0.96, 0.92, 0.12, 0.16, 0.07, 0.5, -0.07, -0.68, -0.07, 0, 0.35, -0.05, -0.05, -0.23,
    -0.86, 0.13, -0.31, 0.55,
  ],
};

/** Log odds from which somebody who waits is told: then about one question in twenty that nothing answers is. */
export const SURELY = 0.95;

/** Log odds below which a model is not asked: hardly any sentence that settles a question lies there. */
export const MAYBE = -3;
