import { seededRandom } from '../../semiotics';

/** Weight of the squared coefficients, against separation. */
const ridge = 1;
const iterations = 25;

/**
 * What a logistic regression says of every picture by the folds it was not fitted on: `folds` parts with as equal shares of both
 * kinds as there can be, predictors standardised on the fitted ones, missing ones at their mean. An area under the ROC curve of these is
 * that of pictures never seen.
 * @param predictors one series a predictor, element i of each belonging to picture i; NaN where it is missing
 * @returns log odds of the marked kind
 */
export function heldOutRegression(
  predictors: readonly ArrayLike<number>[],
  isMarked: readonly boolean[],
  { folds = 5, seed = 1 }: { folds?: number; seed?: number } = {},
): Float64Array {
  const fold = foldsOf(isMarked, folds, seed);
  const odds = new Float64Array(isMarked.length);
  for (let held = 0; held < folds; held++) {
    const fitted = isMarked.flatMap((_, i) => (fold[i] === held ? [] : [i]));
    const scales = predictors.map((values) => scaleOf(fitted.map((i) => values[i])));
    const row = (i: number) => [1, ...predictors.map((values, k) => scales[k](values[i]))];
    const coefficients = logistic(
      fitted.map(row),
      fitted.map((i) => (isMarked[i] ? 1 : 0)),
    );
    isMarked.forEach((_, i) => {
      if (fold[i] === held) odds[i] = product(coefficients, row(i));
    });
  }
  return odds;
}

function foldsOf(isMarked: readonly boolean[], folds: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const fold = new Int32Array(isMarked.length);
  for (const kind of [true, false]) {
    const own = isMarked.flatMap((marked, i) => (marked === kind ? [i] : []));
    for (let i = own.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [own[i], own[j]] = [own[j], own[i]];
    }
    own.forEach((picture, at) => {
      fold[picture] = at % folds;
    });
  }
  return fold;
}

function scaleOf(values: readonly number[]): (value: number) => number {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  const spread = Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, known.length));
  return (value) => (Number.isFinite(value) && spread > 0 ? (value - mean) / spread : 0);
}

/** Newton's method (iteratively reweighted least squares); the first coefficient, of the constant, is not held down. */
function logistic(rows: readonly number[][], marks: readonly number[]): number[] {
  const size = rows[0]?.length ?? 1;
  let coefficients = new Array<number>(size).fill(0);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const gradient = coefficients.map((value, k) => (k === 0 ? 0 : -ridge * value));
    const hessian = coefficients.map((_, j) => coefficients.map((__, k) => (j === k && j > 0 ? ridge : 0)));
    rows.forEach((row, i) => {
      const probability = 1 / (1 + Math.exp(-product(coefficients, row)));
      const weight = Math.max(1e-9, probability * (1 - probability));
      for (let j = 0; j < size; j++) {
        gradient[j] += row[j] * (marks[i] - probability);
        for (let k = 0; k < size; k++) hessian[j][k] += weight * row[j] * row[k];
      }
    });
    const step = solve(hessian, gradient);
    coefficients = coefficients.map((value, k) => value + step[k]);
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return coefficients;
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const size = right.length;
  for (let i = 0; i < size; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, at) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + at : best), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let j = i + 1; j < size; j++) {
      const factor = rows[j][i] / rows[i][i];
      for (let k = i; k <= size; k++) rows[j][k] -= factor * rows[i][k];
    }
  }
  const found = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = rows[i][size];
    for (let k = i + 1; k < size; k++) rest -= rows[i][k] * found[k];
    found[i] = rest / rows[i][i];
  }
  return found;
}

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);
