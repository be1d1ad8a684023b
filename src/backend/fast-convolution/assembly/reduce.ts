import { loadLanes, storeLanes, sumOfLanes } from './simd';

/**
 * Sums, largest and smallest numbers over the middle axis of a tensor [outer, count, inner]. The host writes this record into memory,
 * 32 bits a field, in this order; addresses are bytes. Every number is made by one task, so none depends on how many threads there are.
 */
// @ts-ignore: decorator
@unmanaged
export class ReduceJob {
  operation: i32;
  outer: i32;
  count: i32;
  inner: i32;
  input: usize;
  output: usize;
  /** What sums are multiplied with. */
  factor: f32;
  /** Where `inner` is 1, rows of a task; else numbers of `inner` of a task, a multiple of 16. */
  block: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

const SUM: i32 = 0;
const LARGEST: i32 = 1;
const SMALLEST: i32 = 2;

/** Numbers summed in float32, in each of four lanes, before their sum joins that in float64. */
const PART: i32 = 128;
/** Sums in float64 of 32 numbers side by side. */
export const REDUCE_SCRATCH: i32 = 256;

/** One task: some rows, or some columns of one outer index. */
export function reduceTask(job: ReduceJob, task: i32, thread: i32): void {
  if (job.operation == SUM) reduce(job, task, thread, SUM);
  else if (job.operation == LARGEST) reduce(job, task, thread, LARGEST);
  else reduce(job, task, thread, SMALLEST);
}

// @ts-ignore: decorator
@inline
function reduce(job: ReduceJob, task: i32, thread: i32, operation: i32): void {
  if (job.inner == 1) {
    const last = min(job.outer, (task + 1) * job.block);
    for (let row = task * job.block; row < last; row++) {
      const from = job.input + (<usize>row * <usize>job.count << 2);
      const to = job.output + (<usize>row << 2);
      if (operation == SUM) store<f32>(to, <f32>(sumOfRow(from, job.count) * <f64>job.factor));
      else store<f32>(to, extremeOfRow(from, job.count, operation));
    }
    return;
  }
  const chunks = (job.inner + job.block - 1) / job.block;
  const outer = task / chunks;
  const first = (task % chunks) * job.block;
  const last = min(job.inner, first + job.block);
  const line = <usize>job.inner << 2;
  const plane = job.input + <usize>outer * <usize>job.count * line;
  const to = job.output + <usize>outer * line;
  const sums = job.scratch + <usize>thread * job.scratchBytes;
  let c = first;
  if (operation == SUM) {
    for (; c + 32 <= last; c += 32) {
      const at = <usize>c << 2;
      sumOfTwoLines(plane + at, job.count, line, sums, job.factor, to + at);
    }
  }
  for (; c + 16 <= last; c += 16) {
    const at = <usize>c << 2;
    if (operation == SUM) sumOfLine(plane + at, job.count, line, sums, job.factor, to + at);
    else extremeOfLine(plane + at, job.count, line, operation, to + at);
  }
  for (; c < last; c += 4) {
    const at = <usize>c << 2;
    ofFour(plane + at, job.count, line, operation, sums, job.factor, to + at, last - c);
  }
}

function sumOfRow(from: usize, count: i32): f64 {
  let sum: f64 = 0;
  while (count >= 16) {
    const vectors = min(PART, count >> 4);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let i = 0; i < vectors; i++, from += 64) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
    }
    sum += <f64>sumOfLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    count -= vectors << 4;
  }
  for (; count > 0; count -= 4, from += 16) sum += <f64>sumOfLanes(loadLanes(from, count));
  return sum;
}

// @ts-ignore: decorator
@inline
function further(a: v128, b: v128, operation: i32): v128 {
  return operation == LARGEST ? f32x4.max(a, b) : f32x4.min(a, b);
}

// @ts-ignore: decorator
@inline
function extremeOfRow(from: usize, count: i32, operation: i32): f32 {
  let s0 = v128.load32_splat(from);
  let s1 = s0;
  for (; count >= 8; count -= 8, from += 32) {
    s0 = further(s0, v128.load(from), operation);
    s1 = further(s1, v128.load(from, 16), operation);
  }
  s0 = further(s0, s1, operation);
  for (; count > 0; count--, from += 4) s0 = further(s0, v128.load32_splat(from), operation);
  s0 = further(s0, v128.shuffle<i32>(s0, s0, 2, 3, 2, 3), operation);
  s0 = further(s0, v128.shuffle<i32>(s0, s0, 1, 1, 1, 1), operation);
  return f32x4.extract_lane(s0, 0);
}

/** Adds four numbers to sums in float64. */
// @ts-ignore: decorator
@inline
function join(sums: usize, values: v128): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
  const high = v128.shuffle<f64>(values, values, 1, 1);
  v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}

// @ts-ignore: decorator
@inline
function finished(sums: usize, factor: f32): v128 {
  const f = f64x2.splat(<f64>factor);
  const low = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(sums), f));
  const high = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(sums, 16), f));
  return v128.shuffle<f64>(low, high, 0, 2);
}

/** 32 columns: two cache lines, which memory gives faster together. */
function sumOfTwoLines(from: usize, count: i32, line: usize, sums: usize, factor: f32, to: usize): void {
  memory.fill(sums, 0, REDUCE_SCRATCH);
  while (count > 0) {
    const rows = min(PART, count);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let i = 0; i < rows; i++, from += line) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
      s4 = f32x4.add(s4, v128.load(from, 64));
      s5 = f32x4.add(s5, v128.load(from, 80));
      s6 = f32x4.add(s6, v128.load(from, 96));
      s7 = f32x4.add(s7, v128.load(from, 112));
    }
    join(sums, s0);
    join(sums + 32, s1);
    join(sums + 64, s2);
    join(sums + 96, s3);
    join(sums + 128, s4);
    join(sums + 160, s5);
    join(sums + 192, s6);
    join(sums + 224, s7);
    count -= rows;
  }
  for (let i: usize = 0; i < 8; i++) v128.store(to + (i << 4), finished(sums + (i << 5), factor));
}

/** 16 columns. */
function sumOfLine(from: usize, count: i32, line: usize, sums: usize, factor: f32, to: usize): void {
  memory.fill(sums, 0, 128);
  while (count > 0) {
    const rows = min(PART, count);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let i = 0; i < rows; i++, from += line) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
    }
    join(sums, s0);
    join(sums + 32, s1);
    join(sums + 64, s2);
    join(sums + 96, s3);
    count -= rows;
  }
  v128.store(to, finished(sums, factor));
  v128.store(to, finished(sums + 32, factor), 16);
  v128.store(to, finished(sums + 64, factor), 32);
  v128.store(to, finished(sums + 96, factor), 48);
}

// @ts-ignore: decorator
@inline
function extremeOfLine(from: usize, count: i32, line: usize, operation: i32, to: usize): void {
  let s0 = v128.load(from);
  let s1 = v128.load(from, 16);
  let s2 = v128.load(from, 32);
  let s3 = v128.load(from, 48);
  for (let i = 1; i < count; i++) {
    from += line;
    s0 = further(s0, v128.load(from), operation);
    s1 = further(s1, v128.load(from, 16), operation);
    s2 = further(s2, v128.load(from, 32), operation);
    s3 = further(s3, v128.load(from, 48), operation);
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}

/** Up to four columns. */
// @ts-ignore: decorator
@inline
function ofFour(
  from: usize,
  count: i32,
  line: usize,
  operation: i32,
  sums: usize,
  factor: f32,
  to: usize,
  lanes: i32,
): void {
  if (operation != SUM) {
    let best = v128.load(from);
    for (let i = 1; i < count; i++) {
      from += line;
      best = further(best, v128.load(from), operation);
    }
    storeLanes(to, best, lanes);
    return;
  }
  memory.fill(sums, 0, 32);
  while (count > 0) {
    const rows = min(PART, count);
    let sum = f32x4.splat(0);
    for (let i = 0; i < rows; i++, from += line) sum = f32x4.add(sum, v128.load(from));
    join(sums, sum);
    count -= rows;
  }
  storeLanes(to, finished(sums, factor), lanes);
}

/** The greatest of some whole numbers behind a mask, and of 0. */
export function greatest(at: usize, count: i32, mask: i32): i32 {
  const own = i32x4.splat(mask);
  let found = i32x4.splat(0);
  const end = at + (<usize>count << 2);
  for (; at + 16 <= end; at += 16) found = i32x4.max_s(found, v128.and(v128.load(at), own));
  let one = max(
    max(i32x4.extract_lane(found, 0), i32x4.extract_lane(found, 1)),
    max(i32x4.extract_lane(found, 2), i32x4.extract_lane(found, 3)),
  );
  for (; at < end; at += 4) one = max(one, load<i32>(at) & mask);
  return one;
}
