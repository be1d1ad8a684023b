const MOST_ITERATIONS = 200;
/** Shorter side of the coarsest grid, which is solved by smoothing alone. */
const COARSEST = 4;
const COARSEST_SWEEPS = 4;
/** Weights of the neighbours at a pixel's sides and at its corners. */
const SIDE = 1 / 6;
const CORNER = 1 / 12;

/**
 * One grid of the hierarchy; each but the first has half the sides of the one before, rounded up. Its arrays have a border of
 * zeros, one cell before and two behind, so that no loop asks where it is; nothing is ever written where nothing is unknown.
 */
interface Grid {
  width: number;
  height: number;
  /** Cells from a row to the next, `width + 3`. */
  stride: number;
  /** Unknown cells side by side in a row: where each run of them begins, and the place behind its end, in turn. */
  runs: Int32Array;
  /** One over the system's diagonal, which is the sum of the weights of the neighbours inside the picture; 0 where nothing is unknown. */
  inverse: Float64Array;
  error: Float64Array;
  residual: Float64Array;
  /** What the way down leaves of the residual. */
  rest: Float64Array;
}

/**
 * Solves for pixels that are each the weighted mean of their eight neighbours, 1/6 at the sides and 1/12 at the corners.
 * Conjugate gradients, preconditioned by one V-cycle of multigrid over halved grids (Briggs, Henson and McCormick 2000),
 * smoothed by Gauss and Seidel's sweeps, forwards on the way down and backwards on the way up. A coarse cell is unknown where all its
 * pixels are. All loops run over the unknown pixels alone.
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
  const { error, residual, stride, runs } = finest;
  const guess = firstGuessFor(unknown, width, height);
  const solution = new Float64Array(error.length);
  const direction = new Float64Array(error.length);
  const product = new Float64Array(error.length);
  return (values) => {
    guess(values);
    for (let y = 0; y < height; y++) {
      solution.set(values.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
    }
    // The residual of `diagonal x - W x = 0`, with the known values in place.
    apply(finest, solution, residual);
    let first = 0;
    for (let run = 0; run < runs.length; run += 2) {
      for (let i = runs[run]; i < runs[run + 1]; i++) {
        const rest = -residual[i];
        residual[i] = rest;
        first += rest * rest;
      }
    }
    let left = first;
    let before = 1;
    direction.fill(0);
    for (let iteration = 0; iteration < MOST_ITERATIONS && left > tolerance ** 2 * first; iteration++) {
      cycle(grids, 0);
      const along = dot(runs, residual, error);
      const beta = along / before;
      for (let run = 0; run < runs.length; run += 2) {
        for (let i = runs[run]; i < runs[run + 1]; i++) direction[i] = error[i] + beta * direction[i];
      }
      const curvature = apply(finest, direction, product);
      if (!(curvature > 0)) break;
      const length = along / curvature;
      left = 0;
      for (let run = 0; run < runs.length; run += 2) {
        for (let i = runs[run]; i < runs[run + 1]; i++) {
          solution[i] += length * direction[i];
          const rest = residual[i] - length * product[i];
          residual[i] = rest;
          left += rest * rest;
        }
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
  const grids = [gridOf(unknown, width, height)];
  for (let [free, w, h] = [unknown, width, height]; Math.min(w, h) > COARSEST; ) {
    free = wholly(free, w, h);
    [w, h] = [(w + 1) >> 1, (h + 1) >> 1];
    const next = gridOf(free, w, h);
    if (next.runs.length === 0) break;
    grids.push(next);
  }
  return grids;
}

/** 1 for each block of two by two cells that are all unknown; at an odd edge a block has fewer. */
function wholly(unknown: Uint8Array, width: number, height: number): Uint8Array {
  const columns = (width + 1) >> 1;
  const whole = new Uint8Array(columns * ((height + 1) >> 1)).fill(1);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, (y >> 1) * columns];
    for (let x = 0; x < width; x++) if (unknown[from + x] === 0) whole[to + (x >> 1)] = 0;
  }
  return whole;
}

function gridOf(unknown: Uint8Array, width: number, height: number): Grid {
  const stride = width + 3;
  const size = stride * (height + 3);
  const empty = () => new Float64Array(size);
  const inverse = empty();
  const runs: number[] = [];
  for (let y = 0; y < height; y++) {
    const rows = 2 + (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
    const row = (y + 1) * stride + 1;
    let inside = false;
    for (let x = 0; x < width; x++) {
      const columns = 2 + (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0);
      // A picture of one pixel has no neighbours.
      const free = unknown[y * width + x] !== 0 && rows * columns > 4;
      if (free) inverse[row + x] = 12 / (rows * columns - 4);
      if (free !== inside) runs.push(row + x);
      inside = free;
    }
    if (inside) runs.push(row + width);
  }
  return {
    ...{ width, height, stride, inverse, runs: Int32Array.from(runs) },
    ...{ error: empty(), residual: empty(), rest: empty() },
  };
}

function dot(runs: Int32Array, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let run = 0; run < runs.length; run += 2) {
    for (let i = runs[run]; i < runs[run + 1]; i++) sum += a[i] * b[i];
  }
  return sum;
}

/**
 * `out = diagonal x - W x` at the unknown cells.
 * @returns the product of `x` and `out`
 */
function apply({ runs, stride, inverse }: Grid, x: Float64Array, out: Float64Array): number {
  let sum = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const [start, end] = [runs[run], runs[run + 1]];
    // Sums of what stands above and below, of the column before, the own and the next one.
    let before = x[start - 1 - stride] + x[start - 1 + stride];
    let own = x[start - stride] + x[start + stride];
    let left = x[start - 1];
    let value = x[start];
    for (let i = start; i < end; i++) {
      const next = x[i + 1 - stride] + x[i + 1 + stride];
      const right = x[i + 1];
      const result = value / inverse[i] - SIDE * (own + left + right) - CORNER * (before + next);
      out[i] = result;
      sum += value * result;
      before = own;
      own = next;
      left = value;
      value = right;
    }
  }
  return sum;
}

/** One V-cycle from `residual` to `error`, the same read forwards and backwards, as conjugate gradients need it. */
function cycle(grids: readonly Grid[], level: number): void {
  const grid = grids[level];
  firstSweep(grid);
  if (level === grids.length - 1) {
    for (let sweep = 0; sweep < COARSEST_SWEEPS; sweep++) {
      if (sweep > 0) sweepForwards(grid);
      sweepBackwards(grid);
    }
    return;
  }
  const coarse = grids[level + 1];
  leaveRest(grid);
  restrict(grid, coarse);
  cycle(grids, level + 1);
  prolong(coarse, grid);
  sweepBackwards(grid);
}

/** A sweep forwards that starts from no error: what stands behind a cell is still zero. */
function firstSweep({ runs, stride, error, residual, inverse }: Grid): void {
  for (let run = 0; run < runs.length; run += 2) {
    const [start, end] = [runs[run], runs[run + 1]];
    // What the last cycle left in the row above is written over already; at the border it is zero.
    let before = error[start - 1 - stride];
    let own = error[start - stride];
    let left = 0;
    for (let i = start; i < end; i++) {
      const next = error[i + 1 - stride];
      left = inverse[i] * (residual[i] + SIDE * (own + left) + CORNER * (before + next));
      error[i] = left;
      before = own;
      own = next;
    }
  }
}

function sweepForwards({ runs, stride, error, residual, inverse }: Grid): void {
  for (let run = 0; run < runs.length; run += 2) {
    const [start, end] = [runs[run], runs[run + 1]];
    let before = error[start - 1 - stride] + error[start - 1 + stride];
    let own = error[start - stride] + error[start + stride];
    let left = error[start - 1];
    for (let i = start; i < end; i++) {
      const next = error[i + 1 - stride] + error[i + 1 + stride];
      left = inverse[i] * (residual[i] + SIDE * (own + left + error[i + 1]) + CORNER * (before + next));
      error[i] = left;
      before = own;
      own = next;
    }
  }
}

function sweepBackwards({ runs, stride, error, residual, inverse }: Grid): void {
  for (let run = runs.length - 2; run >= 0; run -= 2) {
    const [start, last] = [runs[run], runs[run + 1] - 1];
    let behind = error[last + 1 - stride] + error[last + 1 + stride];
    let own = error[last - stride] + error[last + stride];
    let right = error[last + 1];
    for (let i = last; i >= start; i--) {
      const next = error[i - 1 - stride] + error[i - 1 + stride];
      right = inverse[i] * (residual[i] + SIDE * (own + error[i - 1] + right) + CORNER * (next + behind));
      error[i] = right;
      behind = own;
      own = next;
    }
  }
}

/** What the first sweep left of the residual: it solved every cell as if nothing stood behind it. */
function leaveRest({ runs, stride, error, rest }: Grid): void {
  for (let run = 0; run < runs.length; run += 2) {
    const [start, end] = [runs[run], runs[run + 1]];
    let before = error[start - 1 + stride];
    let own = error[start + stride];
    for (let i = start; i < end; i++) {
      const next = error[i + 1 + stride];
      rest[i] = SIDE * (own + error[i + 1]) + CORNER * (before + next);
      before = own;
      own = next;
    }
  }
}

/** The transposed interpolation of what is left, on cell centres: 3/4 and 1/4 along each axis. */
function restrict({ rest, stride }: Grid, coarse: Grid): void {
  const { runs, residual, stride: step } = coarse;
  for (let run = 0; run < runs.length; run += 2) {
    const y = Math.floor(runs[run] / step);
    // Down the columns first; those beside the cell's two are the ones in the middle of its neighbours.
    let i = (2 * y - 1) * stride + 2 * (runs[run] - y * step) - 1;
    let before = column(rest, i - 1, stride);
    let own = column(rest, i, stride);
    for (let at = runs[run]; at < runs[run + 1]; at++) {
      const right = column(rest, i + 1, stride);
      const next = column(rest, i + 2, stride);
      residual[at] = 0.75 * (own + right) + 0.25 * (before + next);
      before = right;
      own = next;
      i += 2;
    }
  }
}

const column = (x: Float64Array, i: number, stride: number): number =>
  0.75 * (x[i] + x[i + stride]) + 0.25 * (x[i - stride] + x[i + 2 * stride]);

/** Adds the coarse error, interpolated. */
function prolong({ error: from, stride: step }: Grid, { runs, error, stride }: Grid): void {
  for (let run = 0; run < runs.length; run += 2) {
    const y = Math.floor(runs[run] / stride);
    const near = ((y + 1) >> 1) * step;
    const other = y & 1 ? near - step : near + step;
    const row = y * stride;
    const end = runs[run + 1];
    let i = runs[run];
    let x = (i - row + 1) >> 1;
    let before = 0.75 * from[near + x - 1] + 0.25 * from[other + x - 1];
    let own = 0.75 * from[near + x] + 0.25 * from[other + x];
    let next = 0.75 * from[near + x + 1] + 0.25 * from[other + x + 1];
    // The right one of a coarse cell's two.
    if (((i - row) & 1) === 0) error[i++] += 0.75 * own + 0.25 * next;
    else {
      next = own;
      own = before;
      x -= 1;
    }
    for (; i < end; i += 2) {
      x += 1;
      before = own;
      own = next;
      next = 0.75 * from[near + x + 1] + 0.25 * from[other + x + 1];
      error[i] += 0.75 * own + 0.25 * before;
      if (i + 1 < end) error[i + 1] += 0.75 * own + 0.25 * next;
    }
  }
}

/**
 * Fills unknown values from the known ones around them: means over ever larger cells, each taken from the smallest that
 * holds a known value.
 */
function firstGuessFor(unknown: Uint8Array, width: number, height: number): (values: Float64Array) => void {
  const levels = [guessLevel(width, height)];
  unknown.forEach((gone, i) => {
    levels[0].counts[i] = gone === 0 ? 1 : 0;
  });
  for (let last = levels[0]; last.width > 1 || last.height > 1; last = levels[levels.length - 1]) {
    const next = guessLevel((last.width + 1) >> 1, (last.height + 1) >> 1);
    gather(last, last.counts, next, next.counts);
    levels.push(next);
  }
  return (values) => {
    const [finest] = levels;
    for (let i = 0; i < values.length; i++) finest.sums[i] = unknown[i] === 0 ? values[i] : 0;
    for (let level = 1; level < levels.length; level++) {
      gather(levels[level - 1], levels[level - 1].sums, levels[level], levels[level].sums);
    }
    for (let level = levels.length - 2; level >= 0; level--) {
      const [own, above] = [levels[level], levels[level + 1]];
      const { sums, counts, width: columns } = own;
      const means = above.sums;
      // From here on `sums` of a level holds means, those it has and those it takes from above.
      if (level === levels.length - 2) toMeans(above);
      toMeans(own);
      for (let y = 0; y < own.height; y++) {
        const [row, from] = [y * columns, (y >> 1) * above.width];
        for (let x = 0; x < columns; x++) {
          if (counts[row + x] === 0) sums[row + x] = means[from + (x >> 1)];
        }
      }
    }
    for (let i = 0; i < values.length; i++) if (unknown[i] !== 0) values[i] = finest.sums[i];
  };
}

/** Cells of a picture, what is known in each, and how many known values that is. */
interface GuessLevel {
  width: number;
  height: number;
  counts: Float64Array;
  sums: Float64Array;
}

const guessLevel = (width: number, height: number): GuessLevel => ({
  ...{ width, height },
  ...{ counts: new Float64Array(width * height), sums: new Float64Array(width * height) },
});

/** Sums over blocks of two by two cells. */
function gather(fine: GuessLevel, from: Float64Array, coarse: GuessLevel, to: Float64Array): void {
  const { width, height } = fine;
  to.fill(0);
  for (let y = 0; y < height; y++) {
    const [start, into] = [y * width, (y >> 1) * coarse.width];
    for (let x = 0; x < width; x++) to[into + (x >> 1)] += from[start + x];
  }
}

function toMeans({ sums, counts }: GuessLevel): void {
  for (let i = 0; i < sums.length; i++) if (counts[i] > 1) sums[i] /= counts[i];
}
