// Samples of the guard's classifiers (counts, an embedding, hashed n-grams) as rows of a logistic regression, and their scores
// in folds. src/rag/guard/linear-model.ts reads weights in this order.
import { fitLogistic, rowOf } from './logistic.mjs';

/** Gives each sample its `row`, and what fits a model on some of them. `dimension` = of the embedding. */
export function fitterOf(samples, { dimension, slots }, { ngramScale, ridge, vectorScale }) {
  const vectorAt = samples[0].counts.length;
  const ngramsAt = vectorAt + dimension;
  for (const sample of samples) {
    sample.row = rowOf(
      [
        ...sample.counts.flatMap((count, at) => (count === 0 ? [] : [[at, count]])),
        ...(vectorScale > 0
          ? [...sample.vector].map((value, at) => [vectorAt + at, value * vectorScale])
          : []),
        ...sample.grams.map(([slot, value]) => [ngramsAt + slot, value * ngramScale]),
      ],
      sample.y,
    );
  }
  const fit = (those) =>
    fitLogistic(
      those.map(({ row }) => row),
      ngramsAt + slots,
      { ridge },
    );
  return { fit, ngramsAt, vectorAt };
}

/** Each sample scored by a fit that saw none of its group. */
export function scoresInFolds(those, folds, fit, scored) {
  const foldOf = new Map(
    [...new Set(those.map(({ group }) => group))].map((group, at) => [group, at % folds]),
  );
  return Array.from({ length: folds }, (_, fold) => {
    const fitted = fit(those.filter(({ group }) => foldOf.get(group) !== fold));
    return those.filter(({ group }) => foldOf.get(group) === fold).map(scored(fitted));
  }).flat();
}
