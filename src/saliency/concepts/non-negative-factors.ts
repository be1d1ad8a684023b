/** A matrix of numbers that are not below 0, row after row. */
export interface NonNegative {
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** X ≈ W H, of rank `rank`; no number is below 0. */
export interface Factors {
  /** rows of X x rank */
  readonly weights: Float64Array;
  /** rank x columns of X */
  readonly parts: Float64Array;
  readonly rank: number;
  /** || X - W H ||², the sum of squares. */
  readonly loss: number;
  /** How often both were improved. */
  readonly rounds: number;
}

export interface FactorOptions {
  /** Most rounds. */
  rounds?: number;
  /** The share of the loss that a round must take off for another one to follow. */
  tolerance?: number;
  /** Called after every round; throws where the work is cancelled. */
  onRound?(): Promise<void>;
}

/**
 * Improves two factors of X by hierarchical alternating least squares: one column of W, then one row of H after the other, each to its
 * best non-negative values while all others stand still, so that the loss never rises (Cichocki and Phan 2009). That is the coordinate
 * descent of scikit-learn's NMF without its random order: the same start gives the same numbers.
 * @param from start of W (rows x rank) and H (rank x columns); both are overwritten
 */
export async function improveFactors(
  x: NonNegative,
  from: Pick<Factors, 'weights' | 'parts' | 'rank'>,
  { rounds = 100, tolerance = 1e-4, onRound }: FactorOptions = {},
): Promise<Factors> {
  const { weights, parts, rank } = from;
  const { rows, columns } = x;
  const size = sumOfSquares(x.values);
  const byRow = new Float64Array(rows * rank);
  const byColumn = new Float64Array(rank * columns);
  let loss = Number.POSITIVE_INFINITY;
  let round = 0;
  for (; round < rounds; round++) {
    productsWithParts(x, parts, rank, byRow);
    const partProducts = gramOfRows(parts, rank, columns);
    improveColumns(weights, byRow, partProducts, rows, rank);
    const weightProducts = gramOfColumns(weights, rows, rank);
    productsWithWeights(x, weights, rank, byColumn);
    improveRows(parts, byColumn, weightProducts, rank, columns);
    const now = lossOf(size, byColumn, weightProducts, parts, rank, columns);
    const gained = loss - now;
    loss = now;
    await onRound?.();
    if (loss <= 1e-13 * size || gained <= tolerance * loss) {
      round++;
      break;
    }
  }
  return { weights, parts, rank, loss: Math.max(0, rank === 0 ? size : loss), rounds: round };
}

/** || X ||² - 2 <Wᵀ X, H> + <Wᵀ W, H Hᵀ>. */
function lossOf(
  size: number,
  byColumn: Float64Array,
  weightProducts: Float64Array,
  parts: Float64Array,
  rank: number,
  columns: number,
): number {
  const partProducts = gramOfRows(parts, rank, columns);
  return size - 2 * dot(byColumn, parts) + dot(weightProducts, partProducts);
}

/** W: every column in turn, at every row the best that is not below 0. */
function improveColumns(
  weights: Float64Array,
  products: Float64Array,
  gram: Float64Array,
  rows: number,
  rank: number,
): void {
  for (let k = 0; k < rank; k++) {
    const own = gram[k * rank + k];
    if (own === 0) continue;
    for (let i = 0; i < rows; i++) {
      const at = i * rank;
      let left = products[at + k];
      for (let j = 0; j < rank; j++) left -= gram[k * rank + j] * weights[at + j];
      weights[at + k] = Math.max(0, weights[at + k] + left / own);
    }
  }
}

/** H: every row in turn. */
function improveRows(
  parts: Float64Array,
  products: Float64Array,
  gram: Float64Array,
  rank: number,
  columns: number,
): void {
  for (let k = 0; k < rank; k++) {
    const own = gram[k * rank + k];
    if (own === 0) continue;
    const left = products.slice(k * columns, (k + 1) * columns);
    for (let j = 0; j < rank; j++) {
      const share = gram[k * rank + j];
      if (share === 0) continue;
      const row = j * columns;
      for (let c = 0; c < columns; c++) left[c] -= share * parts[row + c];
    }
    const row = k * columns;
    for (let c = 0; c < columns; c++) parts[row + c] = Math.max(0, parts[row + c] + left[c] / own);
  }
}

/**
 * The weights of rows by parts that stand still: non-negative least squares at every row by itself, by coordinate descent until no
 * weight of the row moves by more than a millionth of its largest.
 * @param parts H, rank x columns of X
 * @returns W, rows x rank
 */
export function weightsOfParts(x: NonNegative, parts: Float64Array, rank: number): Float64Array {
  const gram = gramOfRows(parts, rank, x.columns);
  const products = new Float64Array(x.rows * rank);
  productsWithParts(x, parts, rank, products);
  const weights = new Float64Array(x.rows * rank);
  for (let at = 0; at < weights.length; at += rank) solveRow(weights, products, gram, at, rank);
  return weights;
}

const mostSweeps = 500;

function solveRow(
  weights: Float64Array,
  products: Float64Array,
  gram: Float64Array,
  at: number,
  rank: number,
): void {
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let moved = 0;
    let largest = 0;
    for (let k = 0; k < rank; k++) {
      const own = gram[k * rank + k];
      if (own === 0) continue;
      const before = weights[at + k];
      let left = products[at + k];
      for (let j = 0; j < rank; j++) left -= gram[k * rank + j] * weights[at + j];
      const now = Math.max(0, before + left / own);
      weights[at + k] = now;
      if (Math.abs(now - before) > moved) moved = Math.abs(now - before);
      if (now > largest) largest = now;
    }
    if (moved <= 1e-6 * largest) return;
  }
}

/** X Hᵀ, rows x rank. */
function productsWithParts(
  { values, rows, columns }: NonNegative,
  parts: Float64Array,
  rank: number,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    for (let k = 0; k < rank; k++) {
      const part = k * columns;
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += values[row + c] * parts[part + c];
      out[i * rank + k] = sum;
    }
  }
}

/** Wᵀ X, rank x columns. */
function productsWithWeights(
  { values, rows, columns }: NonNegative,
  weights: Float64Array,
  rank: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    for (let k = 0; k < rank; k++) {
      const weight = weights[i * rank + k];
      if (weight === 0) continue;
      const part = k * columns;
      for (let c = 0; c < columns; c++) out[part + c] += weight * values[row + c];
    }
  }
}

/** H Hᵀ, rank x rank. */
function gramOfRows(parts: Float64Array, rank: number, columns: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  for (let a = 0; a < rank; a++) {
    for (let b = a; b < rank; b++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += parts[a * columns + c] * parts[b * columns + c];
      gram[a * rank + b] = gram[b * rank + a] = sum;
    }
  }
  return gram;
}

/** Wᵀ W, rank x rank. */
function gramOfColumns(weights: Float64Array, rows: number, rank: number): Float64Array {
  const gram = new Float64Array(rank * rank);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < rank; a++) {
      for (let b = a; b < rank; b++) gram[a * rank + b] += weights[i * rank + a] * weights[i * rank + b];
    }
  }
  for (let a = 0; a < rank; a++) for (let b = 0; b < a; b++) gram[a * rank + b] = gram[b * rank + a];
  return gram;
}

export function sumOfSquares(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
