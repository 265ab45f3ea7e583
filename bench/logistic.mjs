// Logistic regression on sparse rows by AdaGrad (Duchi et al. 2011): rows are {at: Int32Array, of: Float64Array, y: 0 or 1}.
import { seeded } from './training-lines.mjs';

/** Gives {weights, bias}; `ridge` pulls each weight of a row towards zero in each step. */
export function fitLogistic(rows, size, { ridge = 1e-3, rate = 0.2, epochs = 8, seed = 3 } = {}) {
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-3);
  let bias = 0;
  let biasSquares = 1e-3;
  const random = seeded(seed);
  const order = Int32Array.from(rows, (_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other], order[at]];
    }
    for (const row of order) {
      const { at, of, y } = rows[row];
      const error = 1 / (1 + Math.exp(-logit({ weights, bias }, rows[row]))) - y;
      for (let i = 0; i < at.length; i += 1) {
        const index = at[i];
        const gradient = error * of[i] + ridge * weights[index];
        squares[index] += gradient * gradient;
        weights[index] -= (rate * gradient) / Math.sqrt(squares[index]);
      }
      biasSquares += error * error;
      bias -= (rate * error) / Math.sqrt(biasSquares);
    }
  }
  return { weights, bias };
}

/** Log odds of 1. */
export function logit({ bias, weights }, { at, of }) {
  let sum = bias;
  for (let i = 0; i < at.length; i += 1) {
    sum += weights[at[i]] * of[i];
  }
  return sum;
}

/** A row of [index, value] pairs. */
export function rowOf(pairs, y) {
  return { at: Int32Array.from(pairs, ([at]) => at), of: Float64Array.from(pairs, ([, of]) => of), y };
}
