import { seededRandom } from '../../semiotics';

/** Largest share of the eigenvalue that may be left over in |G v - lambda v|; the matrix itself is of float32. */
const TOLERANCE = 1e-9;
/** Steps after which the best vector so far is taken; a spectrum as flat as that has no leading vector to speak of. */
const MOST_STEPS = 200;
/** Steps from one look at the residual to the next. */
const LOOK_EVERY = 5;

export interface Eigenpair {
  value: number;
  /** Of length 1; its sign carries no meaning. */
  vector: Float64Array;
}

/**
 * Largest eigenvalue of a symmetric matrix, which must not be negative, and its vector, in float64: Lanczos'
 * iteration with full reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.1). Deterministic: its
 * starting vector is seeded. NaN or infinite entries give a vector of NaN.
 * @param matrix n x n, row-major; its two halves may differ by rounding and are averaged
 */
export function leadingEigenvector(matrix: ArrayLike<number>, n: number): Eigenpair {
  const gram = symmetric(matrix, n);
  if (!gram.every((row) => row.every(Number.isFinite))) {
    return { value: Number.NaN, vector: new Float64Array(n).fill(Number.NaN) };
  }
  const random = seededRandom(1);
  let rest: Float64Array = times(
    gram,
    Float64Array.from({ length: n }, () => random.next() - 0.5),
  );
  let length = Math.sqrt(dot(rest, rest));
  if (length === 0) return { value: 0, vector: new Float64Array(n) };
  const basis: Float64Array[] = [];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  for (;;) {
    const vector = rest.map((entry) => entry / length);
    basis.push(vector);
    const image = times(gram, vector);
    diagonal.push(dot(image, vector));
    rest = orthogonalTo(basis, image);
    length = Math.sqrt(dot(rest, rest));
    const steps = basis.length;
    // Nothing left to go to: what the basis spans is mapped onto itself.
    const closed = steps === n || length <= 1e-14 * diagonal[0];
    if (closed || steps % LOOK_EVERY === 0 || steps === MOST_STEPS) {
      const { value, vector: weights } = leadingOfTridiagonal(diagonal, beside);
      const residual = length * Math.abs(weights[steps - 1]);
      if (closed || residual <= TOLERANCE * value || steps === MOST_STEPS) {
        return { value, vector: combination(basis, weights) };
      }
    }
    beside.push(length);
  }
}

/**
 * Largest eigenpair of a symmetric tridiagonal matrix T: x is above the eigenvalue exactly where xI - T is positive definite,
 * so it is bisected for; the vector follows by inverse iteration, on a matrix that needs no pivoting for the same reason.
 */
function leadingOfTridiagonal(diagonal: readonly number[], beside: readonly number[]): Eigenpair {
  const n = diagonal.length;
  let low = Math.max(...diagonal);
  let high = Math.max(
    ...diagonal.map((entry, i) => entry + Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0)),
  );
  high += 1e-14 * Math.abs(high);
  for (let pass = 0; pass < 100 && high - low > 2e-15 * high; pass++) {
    const middle = (low + high) / 2;
    if (pivots(diagonal, beside, middle)) high = middle;
    else low = middle;
  }
  const pivot = pivots(diagonal, beside, high) as Float64Array;
  let vector: Float64Array = new Float64Array(n).fill(1);
  for (let pass = 0; pass < 3; pass++) {
    for (let i = 1; i < n; i++) vector[i] += (beside[i - 1] / pivot[i - 1]) * vector[i - 1];
    for (let i = n - 1; i >= 0; i--) {
      vector[i] = (vector[i] + (i + 1 < n ? beside[i] * vector[i + 1] : 0)) / pivot[i];
    }
    const size = Math.sqrt(dot(vector, vector));
    vector = vector.map((entry) => entry / size);
  }
  return { value: high, vector };
}

/** Pivots of xI - T, all positive; null where the matrix is not positive definite. */
function pivots(diagonal: readonly number[], beside: readonly number[], x: number): Float64Array | null {
  const found = new Float64Array(diagonal.length);
  for (let i = 0; i < diagonal.length; i++) {
    found[i] = x - diagonal[i] - (i > 0 ? beside[i - 1] ** 2 / found[i - 1] : 0);
    if (!(found[i] > 0)) return null;
  }
  return found;
}

function symmetric(matrix: ArrayLike<number>, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (matrix[i * n + j] + matrix[j * n + i]) / 2),
  );
}

/** What is left of the vector without its part in the basis; taken twice, for the sake of rounding. */
function orthogonalTo(basis: readonly Float64Array[], vector: Float64Array): Float64Array {
  const rest = Float64Array.from(vector);
  for (let pass = 0; pass < 2; pass++) {
    for (const other of basis) {
      const share = dot(rest, other);
      for (let i = 0; i < rest.length; i++) rest[i] -= share * other[i];
    }
  }
  return rest;
}

function combination(vectors: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[k] * vector[i];
  });
  return sum;
}

const times = (rows: readonly Float64Array[], vector: Float64Array) =>
  Float64Array.from(rows, (row) => dot(row, vector));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
