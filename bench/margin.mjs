// A linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh et al. 2008): rows are
// {at: Int32Array, of: Float64Array, y: 0 or 1, weight}. It takes seconds where a gradient method takes minutes.
import { seeded } from './training-lines.mjs';

/** Gives {weights, bias}; the larger `cost`, the closer the rows are followed. */
export function fitMargin(rows, size, { cost = 0.5, epochs = 25, seed = 3 } = {}) {
  const weights = new Float64Array(size);
  let bias = 0;
  const random = seeded(seed);
  const alphas = new Float64Array(rows.length);
  const lengths = rows.map(({ of }) => 1 + of.reduce((sum, value) => sum + value * value, 0));
  const order = Int32Array.from(rows, (_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other], order[at]];
    }
    for (const row of order) {
      const { at, of, weight = 1, y } = rows[row];
      const sign = y ? 1 : -1;
      const slack = 1 / (2 * cost * weight);
      const gradient = sign * scoreOf({ weights, bias }, rows[row]) - 1 + slack * alphas[row];
      const alpha = Math.max(0, alphas[row] - gradient / (lengths[row] + slack));
      const move = (alpha - alphas[row]) * sign;
      if (move !== 0) {
        alphas[row] = alpha;
        bias += move;
        for (let i = 0; i < at.length; i += 1) {
          weights[at[i]] += move * of[i];
        }
      }
    }
  }
  return { weights, bias };
}

export function scoreOf({ bias, weights }, { at, of }) {
  let sum = bias;
  for (let i = 0; i < at.length; i += 1) {
    sum += weights[at[i]] * of[i];
  }
  return sum;
}

/** The model whose scores are the mean of two models'. Columns of the one from `at` on stand `by` columns later in the other. */
export function meanOf(shorter, longer, at, by) {
  const weights = longer.weights.map((weight) => weight / 2);
  shorter.weights.forEach((weight, column) => {
    weights[column < at ? column : column + by] += weight / 2;
  });
  return { weights, bias: (shorter.bias + longer.bias) / 2 };
}
