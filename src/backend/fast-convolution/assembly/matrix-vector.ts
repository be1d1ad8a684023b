import { multiplyAdd, sumOfLanes } from './simd';

/**
 * Products of one matrix [rows, columns] and one vector. The host writes this record into memory, 32 bits a field, in this
 * order; addresses are bytes from the start of memory.
 */
// @ts-ignore: decorator
@unmanaged
export class MatrixVectorJob {
  rows: i32;
  columns: i32;
  /** Rows of a task. */
  block: i32;
  matrix: usize;
  vector: usize;
  /** [rows]; for a vector times a matrix, sums of the tasks, [tasks, columns rounded up to 4]. */
  output: usize;
}

/** A matrix times a vector, four rows at a time. */
export function matrixVectorTask(job: MatrixVectorJob, task: i32): void {
  const columns = job.columns;
  const row = <usize>columns << 2;
  const whole = <usize>(columns & ~3) << 2;
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r += 4) {
    // Where fewer than four are left, the last is computed several times.
    const a = job.matrix + <usize>r * row;
    const b = job.matrix + <usize>min(r + 1, last - 1) * row;
    const c = job.matrix + <usize>min(r + 2, last - 1) * row;
    const d = job.matrix + <usize>min(r + 3, last - 1) * row;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at: usize = 0; at < whole; at += 16) {
      const v = v128.load(job.vector + at);
      s0 = multiplyAdd(v128.load(a + at), v, s0);
      s1 = multiplyAdd(v128.load(b + at), v, s1);
      s2 = multiplyAdd(v128.load(c + at), v, s2);
      s3 = multiplyAdd(v128.load(d + at), v, s3);
    }
    let t0 = sumOfLanes(s0);
    let t1 = sumOfLanes(s1);
    let t2 = sumOfLanes(s2);
    let t3 = sumOfLanes(s3);
    for (let at = whole; at < row; at += 4) {
      const v = load<f32>(job.vector + at);
      t0 += load<f32>(a + at) * v;
      t1 += load<f32>(b + at) * v;
      t2 += load<f32>(c + at) * v;
      t3 += load<f32>(d + at) * v;
    }
    const to = job.output + (<usize>r << 2);
    store<f32>(to, t0);
    if (r + 1 < last) store<f32>(to, t1, 4);
    if (r + 2 < last) store<f32>(to, t2, 8);
    if (r + 3 < last) store<f32>(to, t3, 12);
  }
}

/** A vector times a matrix, for some of its rows; reads the matrix as it lies, from end to end. */
export function vectorMatrixTask(job: MatrixVectorJob, task: i32): void {
  const row = <usize>job.columns << 2;
  const lanes = <usize>((job.columns + 3) & ~3) << 2;
  const sums = job.output + <usize>task * lanes;
  memory.fill(sums, 0, lanes);
  const last = min(job.rows, (task + 1) * job.block);
  for (let r = task * job.block; r < last; r += 4) {
    const a = job.matrix + <usize>r * row;
    const weights = job.vector + (<usize>r << 2);
    if (r + 4 > last) {
      // The last rows, one by one.
      for (let left = r; left < last; left++) {
        const from = job.matrix + <usize>left * row;
        const v = v128.load32_splat(job.vector + (<usize>left << 2));
        for (let at: usize = 0; at < lanes; at += 16) {
          v128.store(sums + at, multiplyAdd(v128.load(from + at), v, v128.load(sums + at)));
        }
      }
      return;
    }
    const v0 = v128.load32_splat(weights);
    const v1 = v128.load32_splat(weights, 4);
    const v2 = v128.load32_splat(weights, 8);
    const v3 = v128.load32_splat(weights, 12);
    const b = a + row;
    const c = b + row;
    const d = c + row;
    for (let at: usize = 0; at < lanes; at += 16) {
      const left = multiplyAdd(v128.load(b + at), v1, f32x4.mul(v128.load(a + at), v0));
      const right = multiplyAdd(v128.load(d + at), v3, f32x4.mul(v128.load(c + at), v2));
      v128.store(sums + at, f32x4.add(f32x4.add(left, right), v128.load(sums + at)));
    }
  }
}
