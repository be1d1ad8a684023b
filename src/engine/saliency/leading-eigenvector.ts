/** Vectors that are iterated together: the iteration converges by the ratio of the ninth to the first eigenvalue. */
const BLOCK = 8;
/** Largest share of the eigenvalue that may be left over in |G u - lambda u|. */
const TOLERANCE = 1e-10;
/** Enough where nine eigenvalues agree within 2 %; a spectrum still flatter has no leading vector to speak of. */
const MOST_STEPS = 500;

export interface Eigenpair {
  value: number;
  /** Of length 1; its sign carries no meaning. */
  vector: Float64Array;
}

/**
 * Largest eigenvalue of a symmetric matrix without negative eigenvalues, and its vector, in float64: subspace
 * iteration with Rayleigh-Ritz (Golub and Van Loan, Matrix Computations, 8.2.4). Deterministic: it starts from
 * the largest columns. NaN or infinite entries give a vector of NaN.
 * @param matrix n x n, row-major; its two halves may differ by rounding and are averaged
 */
export function leadingEigenvector(matrix: ArrayLike<number>, n: number): Eigenpair {
  const gram = symmetric(matrix, n);
  if (!gram.every((row) => row.every(Number.isFinite))) {
    return { value: Number.NaN, vector: new Float64Array(n).fill(Number.NaN) };
  }
  let block = startingBlock(gram, n);
  if (block.length === 0) return { value: 0, vector: new Float64Array(n) };
  for (let step = 1; ; step++) {
    const images = block.map((vector) => times(gram, vector));
    const ritz = eigenvectors(block.map((a) => images.map((b) => dot(a, b))));
    const vector = combination(block, ritz.vectors[0]);
    const image = combination(images, ritz.vectors[0]);
    const value = ritz.values[0];
    const left = image.map((entry, i) => entry - value * vector[i]);
    if (Math.sqrt(dot(left, left)) <= TOLERANCE * value || step === MOST_STEPS) return { value, vector };
    block = orthonormal(ritz.vectors.map((weights) => combination(images, weights)));
  }
}

function symmetric(matrix: ArrayLike<number>, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (matrix[i * n + j] + matrix[j * n + i]) / 2),
  );
}

/** The columns of the largest diagonal entries: they lean towards the leading vectors. */
function startingBlock(gram: Float64Array[], n: number): Float64Array[] {
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => gram[b][b] - gram[a][a] || a - b);
  return orthonormal(order.slice(0, BLOCK).map((i) => gram[i]));
}

/** Gram-Schmidt, twice for the sake of rounding; vectors that depend on earlier ones are left out. */
function orthonormal(vectors: Float64Array[]): Float64Array[] {
  const kept: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = Float64Array.from(vector);
    const length = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of kept) {
        const share = dot(rest, other);
        for (let i = 0; i < rest.length; i++) rest[i] -= share * other[i];
      }
    }
    const left = Math.sqrt(dot(rest, rest));
    if (left > 1e-12 * length) kept.push(rest.map((entry) => entry / left));
  }
  return kept;
}

/** Eigenpairs of a small symmetric matrix by Jacobi's rotations, largest value first. */
function eigenvectors(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v: number[][] = matrix.map((_, i) => matrix.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) <= 1e-15 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) continue;
        off += 1;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++)
          [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++)
          [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
        for (let k = 0; k < n; k++)
          [v[p][k], v[q][k]] = [c * v[p][k] - s * v[q][k], s * v[p][k] + c * v[q][k]];
      }
    }
    if (off === 0) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => v[i]) };
}

function combination(vectors: Float64Array[], weights: number[]): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[k] * vector[i];
  });
  return sum;
}

const times = (rows: Float64Array[], vector: Float64Array) =>
  Float64Array.from(rows, (row) => dot(row, vector));

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
