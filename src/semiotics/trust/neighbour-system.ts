const MOST_ITERATIONS = 200;
/** Damping of the smoother. */
const DAMPING = 0.8;
/** Shorter side of the coarsest grid, which is solved by smoothing alone. */
const COARSEST = 4;
const COARSEST_SWEEPS = 8;

/**
 * One grid of the hierarchy; each but the first has half the sides of the one before, rounded up. Its arrays have a border of one
 * cell that is always zero, so that no loop asks where it is.
 */
interface Grid {
  width: number;
  height: number;
  /** Cells from a row to the next, `width + 2`. */
  stride: number;
  /** 1 where a pixel is unknown, 0 where it is known and its error zero. */
  free: Float64Array;
  /** The system's diagonal: the sum of the weights of the neighbours that are inside the picture. */
  diagonal: Float64Array;
  /** What the damped smoother multiplies a residual with; 0 where nothing is unknown. */
  step: Float64Array;
  error: Float64Array;
  residual: Float64Array;
  product: Float64Array;
  rows: Float64Array;
}

/**
 * Solves for pixels that are each the weighted mean of their eight neighbours, 1/6 at the sides and 1/12 at the corners. The weights
 * are `([1 2 1]^T [1 2 1] - 4 delta) / 12`, so one product with the matrix is two short passes over the grid.
 * Conjugate gradients, preconditioned by one V-cycle of multigrid over halved grids (Briggs, Henson and McCormick 2000),
 * in which a coarse cell is unknown where all its pixels are.
 *
 * @param unknown height x width, not all of them; 0 where a value is known
 * @param tolerance residual, as a share of that of the first guess, below which the system counts as solved
 * @returns a function that replaces the unknown ones among height x width values
 */
export function neighbourSystem(
  unknown: Uint8Array,
  width: number,
  height: number,
  tolerance: number,
): (values: Float64Array) => void {
  const grids = gridsFor(unknown, width, height);
  const [finest] = grids;
  const { free, error, stride } = finest;
  const size = free.length;
  const solution = new Float64Array(size);
  const direction = new Float64Array(size);
  const residual = new Float64Array(size);
  const product = new Float64Array(size);
  return (values) => {
    firstGuess(values, unknown, width, height);
    for (let y = 0; y < height; y++) {
      solution.set(values.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
    }
    // The residual of `diagonal x - W x = 0`, with the known values in place.
    apply(finest, solution, residual);
    let first = 0;
    for (let i = 0; i < size; i++) {
      const rest = -residual[i] * free[i];
      residual[i] = rest;
      first += rest * rest;
    }
    let left = first;
    let before = 1;
    direction.fill(0);
    for (let iteration = 0; iteration < MOST_ITERATIONS && left > tolerance ** 2 * first; iteration++) {
      finest.residual.set(residual);
      cycle(grids, 0);
      let along = 0;
      for (let i = 0; i < size; i++) along += residual[i] * error[i];
      const beta = along / before;
      for (let i = 0; i < size; i++) direction[i] = error[i] + beta * direction[i];
      apply(finest, direction, product);
      let curvature = 0;
      for (let i = 0; i < size; i++) curvature += direction[i] * product[i];
      if (!(curvature > 0)) break;
      const length = along / curvature;
      left = 0;
      for (let i = 0; i < size; i++) {
        solution[i] += length * direction[i];
        const rest = residual[i] - length * product[i] * free[i];
        residual[i] = rest;
        left += rest * rest;
      }
      before = along;
    }
    for (let y = 0; y < height; y++) {
      const at = (y + 1) * stride + 1;
      values.set(solution.subarray(at, at + width), y * width);
    }
  };
}

function gridsFor(unknown: Uint8Array, width: number, height: number): Grid[] {
  const grids = [gridOf(width, height, (x, y) => unknown[y * width + x] !== 0)];
  for (;;) {
    const { free, stride, width: w, height: h } = grids[grids.length - 1];
    if (Math.min(w, h) <= COARSEST) return grids;
    const isFree = (x: number, y: number) => free[(y + 1) * stride + x + 1] > 0;
    const next = gridOf((w + 1) >> 1, (h + 1) >> 1, (x, y) => {
      const [right, bottom] = [Math.min(w - 1, 2 * x + 1), Math.min(h - 1, 2 * y + 1)];
      return isFree(2 * x, 2 * y) && isFree(right, 2 * y) && isFree(2 * x, bottom) && isFree(right, bottom);
    });
    if (next.free.every((value) => value === 0)) return grids;
    grids.push(next);
  }
}

function gridOf(width: number, height: number, isFree: (x: number, y: number) => boolean): Grid {
  const stride = width + 2;
  const size = stride * (height + 2);
  const empty = () => new Float64Array(size);
  const [free, diagonal, step] = [empty(), empty(), empty()];
  for (let y = 0; y < height; y++) {
    const rows = 2 + (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
    for (let x = 0; x < width; x++) {
      const columns = 2 + (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0);
      const at = (y + 1) * stride + x + 1;
      diagonal[at] = (rows * columns - 4) / 12;
      if (!isFree(x, y)) continue;
      free[at] = 1;
      // A picture of one pixel has no neighbours.
      step[at] = diagonal[at] > 0 ? DAMPING / diagonal[at] : 0;
    }
  }
  return {
    ...{ width, height, stride, free, diagonal, step },
    ...{ error: empty(), residual: empty(), product: empty(), rows: empty() },
  };
}

/** `out = diagonal x - W x` on a grid; what stands in the border of `out` means nothing. */
function apply({ diagonal, rows, stride }: Grid, x: Float64Array, out: Float64Array): void {
  const last = x.length - 1;
  for (let i = 1; i < last; i++) rows[i] = x[i - 1] + 2 * x[i] + x[i + 1];
  const end = x.length - stride - 1;
  for (let i = stride + 1; i < end; i++) {
    const around = rows[i - stride] + 2 * rows[i] + rows[i + stride];
    out[i] = (diagonal[i] + 1 / 3) * x[i] - around * (1 / 12);
  }
}

/** One V-cycle from `residual` to `error`, the same read forwards and backwards, as conjugate gradients need it. */
function cycle(grids: readonly Grid[], level: number): void {
  const grid = grids[level];
  const { error, residual, step } = grid;
  for (let i = 0; i < error.length; i++) error[i] = step[i] * residual[i];
  if (level === grids.length - 1) {
    for (let sweep = 1; sweep < COARSEST_SWEEPS; sweep++) smooth(grid);
    return;
  }
  const coarse = grids[level + 1];
  apply(grid, error, grid.product);
  restrict(grid, coarse);
  cycle(grids, level + 1);
  prolong(coarse, grid);
  smooth(grid);
}

function smooth(grid: Grid): void {
  const { error, residual, product, step } = grid;
  apply(grid, error, product);
  for (let i = 0; i < error.length; i++) error[i] += step[i] * (residual[i] - product[i]);
}

/** The transposed interpolation of what is left, on cell centres: 3/4 and 1/4 along each axis. */
function restrict(fine: Grid, coarse: Grid): void {
  const { residual, product, free, rows, stride } = fine;
  for (let i = 0; i < residual.length; i++) product[i] = (residual[i] - product[i]) * free[i];
  const { width, height, residual: out, free: open, stride: step } = coarse;
  // Along the rows first; a row of the fine grid may end in the middle of a coarse cell, beside its border of zeros.
  for (let y = 1; y <= fine.height; y++) {
    for (let x = 1; x <= width; x++) {
      const i = y * stride + 2 * x - 1;
      const beyond = 2 * x + 1 < stride ? product[i + 2] : 0;
      rows[y * stride + x] = 0.75 * (product[i] + product[i + 1]) + 0.25 * (product[i - 1] + beyond);
    }
  }
  const lastRow = fine.height;
  for (let y = 1; y <= height; y++) {
    const top = 2 * y - 1;
    const at = top * stride;
    const [hasAbove, hasBelow, hasBeyond] = [top > 1, top + 1 <= lastRow, top + 2 <= lastRow];
    for (let x = 1; x <= width; x++) {
      const i = at + x;
      const sum =
        0.75 * (rows[i] + (hasBelow ? rows[i + stride] : 0)) +
        0.25 * ((hasAbove ? rows[i - stride] : 0) + (hasBeyond ? rows[i + 2 * stride] : 0));
      out[y * step + x] = sum * open[y * step + x];
    }
  }
}

/** Adds the coarse error, interpolated. */
function prolong(coarse: Grid, fine: Grid): void {
  const { width, error: from, stride: step } = coarse;
  const { width: fineWidth, height, error, free, rows, stride } = fine;
  for (let y = 1; y <= height; y++) {
    // Down the columns first: into one row, a border of zeros at both ends.
    const near = ((y + 1) >> 1) * step;
    const other = y & 1 ? near - step : near + step;
    for (let x = 0; x <= width + 1; x++) rows[x] = 0.75 * from[near + x] + 0.25 * from[other + x];
    const at = y * stride;
    for (let x = 1; x <= width; x++) {
      const i = at + 2 * x - 1;
      const middle = 0.75 * rows[x];
      error[i] += (middle + 0.25 * rows[x - 1]) * free[i];
      if (2 * x <= fineWidth) error[i + 1] += (middle + 0.25 * rows[x + 1]) * free[i + 1];
    }
  }
}

/**
 * Fills unknown values from the known ones around them: means over ever larger cells, each taken from the smallest that
 * holds a known value.
 */
function firstGuess(values: Float64Array, unknown: Uint8Array, width: number, height: number): void {
  const levels = [
    { width, height, sums: new Float64Array(width * height), counts: new Float64Array(width * height) },
  ];
  for (let i = 0; i < values.length; i++) {
    if (unknown[i] !== 0) continue;
    levels[0].sums[i] = values[i];
    levels[0].counts[i] = 1;
  }
  for (let last = levels[0]; last.width > 1 || last.height > 1; last = levels[levels.length - 1]) {
    const [columns, rows] = [(last.width + 1) >> 1, (last.height + 1) >> 1];
    const next = {
      ...{ width: columns, height: rows },
      sums: new Float64Array(columns * rows),
      counts: new Float64Array(columns * rows),
    };
    for (let y = 0; y < last.height; y++) {
      for (let x = 0; x < last.width; x++) {
        const [from, to] = [y * last.width + x, (y >> 1) * columns + (x >> 1)];
        next.sums[to] += last.sums[from];
        next.counts[to] += last.counts[from];
      }
    }
    levels.push(next);
  }
  for (let level = levels.length - 2; level >= 0; level--) {
    const [own, above] = [levels[level], levels[level + 1]];
    for (let y = 0; y < own.height; y++) {
      for (let x = 0; x < own.width; x++) {
        const at = y * own.width + x;
        if (own.counts[at] > 0) continue;
        const from = (y >> 1) * above.width + (x >> 1);
        own.sums[at] = above.sums[from] / above.counts[from];
        own.counts[at] = 1;
      }
    }
  }
  for (let i = 0; i < values.length; i++) if (unknown[i] !== 0) values[i] = levels[0].sums[i];
}
