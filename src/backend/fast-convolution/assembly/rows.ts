import { fastExponential } from './functions';
import { loadLanes, multiplyAdd, storeLanes, sumOfLanes } from './simd';

/**
 * Work on each row of a matrix by itself: softmax and layer normalisation, and their gradients. The host writes this record into
 * memory, 32 bits a field, in this order; addresses are bytes from the start of memory. One task is one block of rows.
 */
// @ts-ignore: decorator
@unmanaged
export class RowsJob {
  rows: i32;
  length: i32;
  /** Rows of a task. */
  block: i32;
  /** [rows, length]; of a gradient of softmax, its output. */
  input: usize;
  /** Gradient of the output, [rows, length]. */
  change: usize;
  output: usize;
  /** [length], or 0 */
  scale: usize;
  shift: usize;
  epsilon: f32;
}

/** Numbers summed in float32 before their sum joins that of the row, which is float64. */
const PART: i32 = 512;

/** Vectors of a row, the last one with zeros beyond its end. */
// @ts-ignore: decorator
@inline
function load4(from: usize, at: i32, length: i32): v128 {
  return loadLanes(from + (<usize>at << 2), length - at);
}

export function softmaxTask(job: RowsJob, task: i32): void {
  const length = job.length;
  const row = <usize>length << 2;
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r++) {
    const from = job.input + row * r;
    const to = job.output + row * r;
    const highest = f32x4.splat(highestOf(from, length));
    let sum: f64 = 0;
    for (let part = 0; part < length; part += PART) {
      const end = min(length, part + PART);
      let own = f32x4.splat(0);
      let i = part;
      for (; i + 4 <= end; i += 4) {
        const at = <usize>i << 2;
        const value = fastExponential(f32x4.sub(v128.load(from + at), highest));
        v128.store(to + at, value);
        own = f32x4.add(own, value);
      }
      if (i < end) {
        const value = fastExponential(f32x4.sub(load4(from, i, length), highest));
        storeLanes(to + (<usize>i << 2), value, length - i);
        own = f32x4.add(own, load4(to, i, length));
      }
      sum += <f64>sumOfLanes(own);
    }
    const share = f32x4.splat(<f32>(1 / sum));
    for (let i = 0; i < length; i += 4) {
      const at = to + (<usize>i << 2);
      storeLanes(at, f32x4.mul(load4(to, i, length), share), length - i);
    }
  }
}

function highestOf(from: usize, length: i32): f32 {
  let highest = load<f32>(from);
  let i = 0;
  if (length >= 4) {
    let four = v128.load(from);
    for (i = 4; i + 4 <= length; i += 4) four = f32x4.pmax(four, v128.load(from + (<usize>i << 2)));
    highest = max(
      max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
      max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
    );
  }
  for (; i < length; i++) highest = max(highest, load<f32>(from + (<usize>i << 2)));
  return highest;
}

/** y (dy - sum(dy y)) */
export function softmaxGradientTask(job: RowsJob, task: i32): void {
  const length = job.length;
  const row = <usize>length << 2;
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r++) {
    const y = job.input + row * r;
    const dy = job.change + row * r;
    let sum: f64 = 0;
    for (let part = 0; part < length; part += PART) {
      const end = min(length, part + PART);
      let own = f32x4.splat(0);
      for (let i = part; i < end; i += 4) own = multiplyAdd(load4(y, i, length), load4(dy, i, length), own);
      sum += <f64>sumOfLanes(own);
    }
    const mean = f32x4.splat(<f32>sum);
    for (let i = 0; i < length; i += 4) {
      const value = f32x4.mul(load4(y, i, length), f32x4.sub(load4(dy, i, length), mean));
      storeLanes(job.output + row * r + (<usize>i << 2), value, length - i);
    }
  }
}

function meanOf(from: usize, length: i32): f32 {
  let sum: f64 = 0;
  for (let part = 0; part < length; part += PART) {
    const end = min(length, part + PART);
    let own = f32x4.splat(0);
    for (let i = part; i < end; i += 4) own = f32x4.add(own, load4(from, i, length));
    sum += <f64>sumOfLanes(own);
  }
  return <f32>(sum / <f64>length);
}

/** 1 / sqrt(variance + epsilon) */
function inverseOf(from: usize, length: i32, mean: f32, epsilon: f32): f32 {
  const centre = f32x4.splat(mean);
  let sum: f64 = 0;
  for (let part = 0; part < length; part += PART) {
    const end = min(length, part + PART);
    let own = f32x4.splat(0);
    let i = part;
    for (; i + 4 <= end; i += 4) {
      const distance = f32x4.sub(v128.load(from + (<usize>i << 2)), centre);
      own = multiplyAdd(distance, distance, own);
    }
    sum += <f64>sumOfLanes(own);
    for (; i < end; i++) {
      const distance = load<f32>(from + (<usize>i << 2)) - mean;
      sum += <f64>(distance * distance);
    }
  }
  return <f32>(1 / sqrt<f64>(sum / <f64>length + <f64>epsilon));
}

/** (x - mean) / sqrt(variance + epsilon) * scale + shift */
export function layerNormTask(job: RowsJob, task: i32): void {
  const length = job.length;
  const row = <usize>length << 2;
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r++) {
    const from = job.input + row * r;
    const own = meanOf(from, length);
    const mean = f32x4.splat(own);
    const inverse = f32x4.splat(inverseOf(from, length, own, job.epsilon));
    for (let i = 0; i < length; i += 4) {
      let value = f32x4.mul(f32x4.sub(load4(from, i, length), mean), inverse);
      if (job.scale != 0) value = f32x4.mul(value, load4(job.scale, i, length));
      if (job.shift != 0) value = f32x4.add(value, load4(job.shift, i, length));
      storeLanes(job.output + row * r + (<usize>i << 2), value, length - i);
    }
  }
}

// @ts-ignore: decorator
@inline
function scaled(job: RowsJob, dy: usize, i: i32): v128 {
  const value = load4(dy, i, job.length);
  return job.scale == 0 ? value : f32x4.mul(value, load4(job.scale, i, job.length));
}

/** inverse (g - mean(g) - n mean(g n)), where g = dy scale and n = (x - mean) inverse. */
export function layerNormGradientTask(job: RowsJob, task: i32): void {
  const length = job.length;
  const row = <usize>length << 2;
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r++) {
    const x = job.input + row * r;
    const dy = job.change + row * r;
    const own = meanOf(x, length);
    const mean = f32x4.splat(own);
    const inverse = f32x4.splat(inverseOf(x, length, own, job.epsilon));
    let sum: f64 = 0;
    let along: f64 = 0;
    for (let part = 0; part < length; part += PART) {
      const end = min(length, part + PART);
      let plain = f32x4.splat(0);
      let products = plain;
      for (let i = part; i < end; i += 4) {
        const g = scaled(job, dy, i);
        plain = f32x4.add(plain, g);
        products = multiplyAdd(g, f32x4.mul(f32x4.sub(load4(x, i, length), mean), inverse), products);
      }
      sum += <f64>sumOfLanes(plain);
      along += <f64>sumOfLanes(products);
    }
    const gMean = f32x4.splat(<f32>(sum / <f64>length));
    const slope = f32x4.splat(<f32>(along / <f64>length));
    for (let i = 0; i < length; i += 4) {
      const n = f32x4.mul(f32x4.sub(load4(x, i, length), mean), inverse);
      const rest = f32x4.sub(f32x4.sub(scaled(job, dy, i), gMean), f32x4.mul(n, slope));
      storeLanes(job.output + row * r + (<usize>i << 2), f32x4.mul(rest, inverse), length - i);
    }
  }
}
