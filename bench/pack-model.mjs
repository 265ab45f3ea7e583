// A fitted linear model as config/*-model.json holds it (src/rag/guard/linear-model.ts): weights of hashed words as bytes.

/** Columns: counts up to `vectorAt`, the vector up to `ngramsAt`, then the slots; `vectorScale` 0 = the vector was not fitted. */
export function packed({ bias, weights }, { countScale, key, ngramsAt, rarity, vectorAt, vectorScale }) {
  const grams = weights.subarray(ngramsAt);
  const step = grams.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const rounded = (weight, digits = 3) => Number(weight.toFixed(digits));
  return {
    bias: rounded(bias),
    counts: [...weights.subarray(0, vectorAt)].map((weight) => rounded(weight * countScale, 2)),
    ngrams: Buffer.from(Int8Array.from(grams, (weight) => Math.round(weight / step))).toString('base64'),
    step,
    rarity: Buffer.from(rarity).toString('base64'),
    ...(vectorScale > 0
      ? {
          meaning: {
            key,
            weights: [...weights.subarray(vectorAt, ngramsAt)].map((weight) => rounded(weight * vectorScale)),
          },
        }
      : {}),
  };
}
