// Fits the weights of a listwise softmax by Newton's method: within each list the items that are right shall
// take as much of the probability as they can.

/** `lists`: each an array of {features: number[], isRight}. Gives one weight per feature, in the features' own units. */
export function fitSoftmax(lists, { ridge = 0.02, steps = 12 } = {}) {
  const telling = lists.filter((list) => list.some((x) => x.isRight) && list.some((x) => !x.isRight));
  const scales = scalesOf(telling.flat().map(({ features }) => features));
  const size = scales.length;
  const scaled = telling.map((list) =>
    list.map(({ features, isRight }) => ({ x: features.map((value, j) => value / scales[j]), isRight })),
  );
  const weights = new Array(size).fill(0);
  for (let step = 0; step < steps; step += 1) {
    const gradient = new Array(size).fill(0);
    const curvature = Array.from({ length: size }, () => new Array(size).fill(0));
    for (const list of scaled) {
      addList(list, weights, gradient, curvature);
    }
    for (let j = 0; j < size; j += 1) {
      gradient[j] = gradient[j] / scaled.length + ridge * weights[j];
      curvature[j] = curvature[j].map((value) => value / scaled.length);
      curvature[j][j] += ridge + 1e-3;
    }
    const move = solve(curvature, gradient);
    for (let j = 0; j < size; j += 1) {
      weights[j] -= move[j] * (step < 2 ? 0.6 : 1);
    }
  }
  return weights.map((weight, j) => weight / scales[j]);
}

/** Gradient of the loss, and the covariance of the features under the model (never negative). */
function addList(list, weights, gradient, curvature) {
  const sums = list.map(({ x }) => dot(x, weights));
  const most = Math.max(...sums);
  const chances = sums.map((sum) => Math.exp(sum - most));
  const all = chances.reduce((a, b) => a + b, 0);
  const right = list.reduce((sum, { isRight }, i) => sum + (isRight ? chances[i] : 0), 0);
  const mean = new Array(weights.length).fill(0);
  list.forEach(({ x, isRight }, i) => {
    const chance = chances[i] / all;
    const pull = chance - (isRight ? chances[i] / right : 0);
    for (let j = 0; j < x.length; j += 1) {
      gradient[j] += pull * x[j];
      mean[j] += chance * x[j];
      for (let k = 0; k < x.length; k += 1) {
        curvature[j][k] += chance * x[j] * x[k];
      }
    }
  });
  for (let j = 0; j < mean.length; j += 1) {
    for (let k = 0; k < mean.length; k += 1) {
      curvature[j][k] -= mean[j] * mean[k];
    }
  }
}

/** Fits log odds of `isRight` by ridge logistic regression; `weight` of a row counts it so many times. */
export function fitLogistic(rows, { ridge = 0.01, steps = 15 } = {}) {
  const scales = scalesOf(rows.map(({ features }) => features));
  const size = scales.length + 1;
  const scaled = rows.map(({ features, isRight, weight = 1 }) => {
    return { x: [1, ...features.map((value, j) => value / scales[j])], isRight, weight };
  });
  const total = scaled.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Array(size).fill(0);
  for (let step = 0; step < steps; step += 1) {
    const gradient = weights.map((weight, j) => (j === 0 ? 0 : ridge * weight));
    const curvature = Array.from({ length: size }, (_, j) =>
      Array.from({ length: size }, (_, k) => (j === k ? (j === 0 ? 1e-6 : ridge) : 0)),
    );
    for (const { x, isRight, weight } of scaled) {
      const chance = 1 / (1 + Math.exp(-dot(x, weights)));
      const pull = ((chance - (isRight ? 1 : 0)) * weight) / total;
      const bend = (Math.max(chance * (1 - chance), 1e-6) * weight) / total;
      for (let j = 0; j < size; j += 1) {
        gradient[j] += pull * x[j];
        for (let k = 0; k <= j; k += 1) {
          curvature[j][k] += bend * x[j] * x[k];
        }
      }
    }
    for (let j = 0; j < size; j += 1) {
      for (let k = 0; k < j; k += 1) {
        curvature[k][j] = curvature[j][k];
      }
    }
    const move = solve(curvature, gradient);
    for (let j = 0; j < size; j += 1) {
      weights[j] -= move[j];
    }
  }
  const [bias, ...rest] = weights;
  return { bias, weights: rest.map((weight, j) => weight / scales[j]) };
}

/** The fold of each of `count` rows, seeded and even. */
export function foldsOf(count, folds, seed) {
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (((a + 1) * 7919 * (seed + 1)) % 10007) - (((b + 1) * 7919 * (seed + 1)) % 10007),
  );
  const fold = new Array(count);
  order.forEach((row, place) => {
    fold[row] = place % folds;
  });
  return fold;
}

export function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) {
    sum += a[i] * b[i];
  }
  return sum;
}

function scalesOf(rows) {
  return rows[0].map((_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j], 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / rows.length;
    return Math.sqrt(variance) || 1;
  });
}

/** Gaussian elimination; the matrix is positive definite. */
function solve(matrix, right) {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < size; i += 1) {
    for (let r = i + 1; r < size; r += 1) {
      const factor = rows[r][i] / rows[i][i];
      for (let c = i; c <= size; c += 1) {
        rows[r][c] -= factor * rows[i][c];
      }
    }
  }
  const solution = new Array(size).fill(0);
  for (let i = size - 1; i >= 0; i -= 1) {
    const known = dot(rows[i].slice(i + 1, size), solution.slice(i + 1));
    solution[i] = (rows[i][size] - known) / rows[i][i];
  }
  return solution;
}
