import { activate, multiplyAdd, storeLanes } from './simd';

/**
 * Batch normalisation of a matrix [rows, channels] by its own statistics, forward and backward. The host writes this
 * record into memory, 32 bits a field, in this order; addresses are bytes from the start of memory. One task is one part of
 * the rows.
 */
// @ts-ignore: decorator
@unmanaged
export class NormaliseJob {
  rows: i32;
  channels: i32;
  /** Rows of a part, and of a block that is summed in float32 before it joins the sums of its part. */
  partRows: i32;
  blockRows: i32;
  input: usize;
  /** Gradient of the output; forward 0. */
  change: usize;
  /** [3 or 5, channels rounded up to 4]: mean, factor and offset of the normalisation; slope and shift of the gradient. */
  vectors: usize;
  activation: i32;
  /** Sums of the parts in float64, [parts, 2, channels rounded up to 4]. */
  sums: usize;
  output: usize;
}

// @ts-ignore: decorator
@inline
function whole(channels: i32): i32 {
  return (channels + 3) & ~3;
}

/** Adds four numbers of float32 to four of float64. */
// @ts-ignore: decorator
@inline
function addTo(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  const high = v128.shuffle<f64>(values, values, 1, 1);
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}

// @ts-ignore: decorator
@inline
function sumOf(from: usize, row: usize, rows: i32): v128 {
  // Four sums side by side: an addition waits for the one before.
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; rows >= 4; rows -= 4) {
    s0 = f32x4.add(s0, v128.load(from));
    s1 = f32x4.add(s1, v128.load(from + row));
    s2 = f32x4.add(s2, v128.load(from + row * 2));
    s3 = f32x4.add(s3, v128.load(from + row * 3));
    from += row * 4;
  }
  for (; rows > 0; rows--, from += row) s0 = f32x4.add(s0, v128.load(from));
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

// @ts-ignore: decorator
@inline
function squaresOf(from: usize, row: usize, rows: i32, mean: v128): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  for (; rows >= 2; rows -= 2) {
    const d0 = f32x4.sub(v128.load(from), mean);
    const d1 = f32x4.sub(v128.load(from + row), mean);
    s0 = multiplyAdd(d0, d0, s0);
    s1 = multiplyAdd(d1, d1, s1);
    from += row * 2;
  }
  if (rows > 0) {
    const d0 = f32x4.sub(v128.load(from), mean);
    s0 = multiplyAdd(d0, d0, s0);
  }
  return f32x4.add(s0, s1);
}

/**
 * Sums of a part: of its numbers, and of the squares of their distances from the mean of their block plus what
 * the distance of that mean from the part's adds (Chan, Golub and LeVeque 1979), so that a large mean costs no digits.
 */
export function statisticsTask(job: NormaliseJob, task: i32): void {
  const channels = job.channels;
  const row = <usize>channels << 2;
  const sums = job.sums + <usize>(task * 2 * whole(channels)) * 8;
  const squares = sums + <usize>whole(channels) * 8;
  memory.fill(sums, 0, <usize>(2 * whole(channels)) * 8);
  const first = task * job.partRows;
  const last = min(job.rows, first + job.partRows);
  for (let block = first; block < last; block += job.blockRows) {
    const rows = min(last - block, job.blockRows);
    const before = <f64>(block - first);
    for (let c = 0; c < channels; c += 4) {
      const from = job.input + <usize>block * row + (<usize>c << 2);
      const sum = sumOf(from, row, rows);
      const mean = f32x4.mul(sum, f32x4.splat(<f32>1 / <f32>rows));
      const own = squaresOf(from, row, rows, mean);
      const at = <usize>c << 3;
      // The distances are from the rounded mean: what it misses is taken out again.
      for (let lane = 0; lane < 4; lane++) {
        const to = at + (lane << 3);
        const blockSum = <f64>laneOf(sum, lane);
        const missed = blockSum - <f64>rows * <f64>laneOf(mean, lane);
        let square = <f64>laneOf(own, lane) - (missed * missed) / <f64>rows;
        const sumBefore = load<f64>(sums + to);
        if (before > 0) {
          const gap = blockSum / <f64>rows - sumBefore / before;
          square += (gap * gap * before * <f64>rows) / (before + <f64>rows);
        }
        store<f64>(sums + to, sumBefore + blockSum);
        store<f64>(squares + to, load<f64>(squares + to) + square);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function laneOf(vector: v128, lane: i32): f32 {
  if (lane == 0) return f32x4.extract_lane(vector, 0);
  if (lane == 1) return f32x4.extract_lane(vector, 1);
  if (lane == 2) return f32x4.extract_lane(vector, 2);
  return f32x4.extract_lane(vector, 3);
}

/** Sums of a part by channels; the second half of its sums is left alone. */
export function columnSumsTask(job: NormaliseJob, task: i32): void {
  const channels = job.channels;
  const row = <usize>channels << 2;
  const sums = job.sums + <usize>(task * 2 * whole(channels)) * 8;
  memory.fill(sums, 0, <usize>whole(channels) * 8);
  const first = task * job.partRows;
  const last = min(job.rows, first + job.partRows);
  for (let block = first; block < last; block += job.blockRows) {
    const rows = min(last - block, job.blockRows);
    for (let c = 0; c < channels; c += 4) {
      addTo(sums + (<usize>c << 3), sumOf(job.input + <usize>block * row + (<usize>c << 2), row, rows));
    }
  }
}

/** activation((x - mean) * factor + offset) for a part. */
export function normaliseTask(job: NormaliseJob, task: i32): void {
  const channels = job.channels;
  const row = <usize>channels << 2;
  const vector = <usize>whole(channels) << 2;
  const first = task * job.partRows;
  const last = min(job.rows, first + job.partRows);
  for (let r = first; r < last; r++) {
    const from = job.input + <usize>r * row;
    const to = job.output + <usize>r * row;
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      const value = normalised(v128.load(from + at), job.vectors + at, vector);
      storeLanes(to + at, activate(value, job.activation), channels - c);
    }
  }
}

// @ts-ignore: decorator
@inline
function normalised(x: v128, vectors: usize, vector: usize): v128 {
  const distance = f32x4.sub(x, v128.load(vectors));
  return multiplyAdd(distance, v128.load(vectors + vector), v128.load(vectors + vector * 2));
}

/** The gradient behind the activation, which is open where its input, computed again, lies between its bounds. */
// @ts-ignore: decorator
@inline
function gated(change: v128, x: v128, vectors: usize, vector: usize, activation: i32): v128 {
  if (activation == 0) return change;
  const value = normalised(x, vectors, vector);
  const open = v128.and(change, f32x4.gt(value, f32x4.splat(0)));
  return activation == 1 ? open : v128.and(open, f32x4.lt(value, f32x4.splat(6)));
}

/** Sums of a part, of the gated gradient and of its products with x - mean. */
export function normaliseSumsTask(job: NormaliseJob, task: i32): void {
  const channels = job.channels;
  const activation = job.activation;
  const row = <usize>channels << 2;
  const vector = <usize>whole(channels) << 2;
  const sums = job.sums + <usize>(task * 2 * whole(channels)) * 8;
  const products = sums + <usize>whole(channels) * 8;
  memory.fill(sums, 0, <usize>(2 * whole(channels)) * 8);
  const first = task * job.partRows;
  const last = min(job.rows, first + job.partRows);
  for (let block = first; block < last; block += job.blockRows) {
    const rows = min(last - block, job.blockRows);
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      const vectors = job.vectors + at;
      const mean = v128.load(vectors);
      let x = job.input + <usize>block * row + at;
      let dy = job.change + <usize>block * row + at;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let p0 = s0;
      let p1 = s0;
      let left = rows;
      for (; left >= 2; left -= 2) {
        const x0 = v128.load(x);
        const x1 = v128.load(x + row);
        const d0 = gated(v128.load(dy), x0, vectors, vector, activation);
        const d1 = gated(v128.load(dy + row), x1, vectors, vector, activation);
        s0 = f32x4.add(s0, d0);
        s1 = f32x4.add(s1, d1);
        p0 = multiplyAdd(d0, f32x4.sub(x0, mean), p0);
        p1 = multiplyAdd(d1, f32x4.sub(x1, mean), p1);
        x += row * 2;
        dy += row * 2;
      }
      if (left > 0) {
        const x0 = v128.load(x);
        const d0 = gated(v128.load(dy), x0, vectors, vector, activation);
        s0 = f32x4.add(s0, d0);
        p0 = multiplyAdd(d0, f32x4.sub(x0, mean), p0);
      }
      addTo(sums + (<usize>c << 3), f32x4.add(s0, s1));
      addTo(products + (<usize>c << 3), f32x4.add(p0, p1));
    }
  }
}

/** Gradient towards x for a part: factor * dy + slope * (x - mean) + shift. */
export function normaliseGradientTask(job: NormaliseJob, task: i32): void {
  const channels = job.channels;
  const row = <usize>channels << 2;
  const vector = <usize>whole(channels) << 2;
  const first = task * job.partRows;
  const last = min(job.rows, first + job.partRows);
  for (let r = first; r < last; r++) {
    const at = <usize>r * row;
    for (let c = 0; c < channels; c += 4) {
      const lane = <usize>c << 2;
      const vectors = job.vectors + lane;
      const x = v128.load(job.input + at + lane);
      const dy = gated(v128.load(job.change + at + lane), x, vectors, vector, job.activation);
      const distance = f32x4.sub(x, v128.load(vectors));
      const slope = v128.load(vectors + vector * 3);
      const shift = v128.load(vectors + vector * 4);
      const value = multiplyAdd(dy, v128.load(vectors + vector), multiplyAdd(distance, slope, shift));
      storeLanes(job.output + at + lane, value, channels - c);
    }
  }
}
