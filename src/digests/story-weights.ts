// Weights of PAIR_FEATURES, fitted by ridge logistic regression on pairs of articles that people labelled; where a group
// ends was chosen on stories that the fit had not seen (bench/fit-stories.mjs prints both).

/** Log odds that two articles tell of one event = bias + sum of weights times features. */
export interface PairWeights {
  bias: number;
  /** In the order of PAIR_FEATURES. */
  weights: number[];
}

export const PAIR_WEIGHTS: PairWeights = {
  bias: -5.83,
  weights: [5.71, 0.86, 2.17, -1.11, -1.52, -0.49, 2.84, -2.19],
};

/** Mean log odds from which two groups are one story. */
export const LEAST_ODDS = -1;
