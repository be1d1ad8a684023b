import { fastExponential } from './functions';
import { PANEL, multiplyPanel, transposeQuarter } from './gemm';
import { loadLanes, storeLanes, sumOfLanes } from './simd';
import { rowBytes } from './winograd-job';

/**
 * softmax(scale Q K^T + shifts) V, a batch of them, without the weights ever being written as a whole: some rows of scores at a time
 * stay in the second cache. Queries, keys and values are read where they lie. The host writes this record into memory, 32 bits a field,
 * in this order; addresses and distances are bytes.
 *
 * Keys and values are packed into panels for every block of rows. A row is computed by one thread from its start to its end, the same
 * way wherever it stands, so no number depends on the threads.
 */
// @ts-ignore: decorator
@unmanaged
export class AttentionJob {
  /** Of one product: [rows, depth] [keys, depth]^T, [keys, columns]. */
  rows: i32;
  keys: i32;
  depth: i32;
  columns: i32;
  /** Numbers of a row follow one another; rows lie so far apart. */
  queries: usize;
  queryRow: usize;
  keysAt: usize;
  keyRow: usize;
  values: usize;
  valueRow: usize;
  output: usize;
  outputRow: usize;
  /** Of every product where its queries, keys, values, output and shifts begin, [products, 6]. */
  places: usize;
  /** Summands of the scores, [rows, keys] for a product each, or 0. */
  shift: usize;
  second: usize;
  scale: f32;
  /** How the rows of each product are cut, and how many such pieces there are in all and in one task. */
  blockRows: i32;
  blocks: i32;
  pieces: i32;
  together: i32;
  scratch: usize;
  scratchBytes: i32;
}

const PLACES: usize = 6;
/** Rows of scores at a time, and bytes of them at most. */
const MOST_ROWS: i32 = 32;
const MOST_BYTES: i32 = 1 << 17;
const QUAD: i32 = 4;
/** Numbers summed in float32 before their sum joins that of the row, which is float64. */
const PART: i32 = 512;

// A thread's scratch memory: packed keys | packed values | last queries | scores | sums.

// @ts-ignore: decorator
@inline
function panels(count: i32): i32 {
  return (count + PANEL - 1) / PANEL;
}

/** Panels stand a line apart, else all would crowd the same sets of the first cache. */
// @ts-ignore: decorator
@inline
function panelBytes(depth: i32): usize {
  return <usize>((depth << 5) + 64);
}

// @ts-ignore: decorator
@inline
function scoreRowBytes(job: AttentionJob): usize {
  return <usize>rowBytes(panels(job.keys) * PANEL);
}

// @ts-ignore: decorator
@inline
function sumRowBytes(job: AttentionJob): usize {
  // Behind its sums stands what a row is to be divided by.
  return <usize>rowBytes(panels(job.columns) * PANEL + 4);
}

// @ts-ignore: decorator
@inline
function spareBytes(job: AttentionJob): usize {
  return <usize>((job.depth << 4) + 63) & ~63;
}

// @ts-ignore: decorator
@inline
function rowsAtOnce(job: AttentionJob): i32 {
  return max(QUAD, min(MOST_ROWS, (MOST_BYTES / <i32>scoreRowBytes(job)) & ~3));
}

export function attentionScratchBytes(job: AttentionJob): i32 {
  const packed = panelBytes(job.depth) * panels(job.keys) + panelBytes(job.keys) * panels(job.columns);
  const rows = <usize>(rowsAtOnce(job) + QUAD);
  return <i32>(packed + spareBytes(job) + rows * (scoreRowBytes(job) + sumRowBytes(job)));
}

export function attentionTask(job: AttentionJob, task: i32, thread: i32): void {
  const scratch = job.scratch + <usize>thread * job.scratchBytes;
  const last = min(job.pieces, (task + 1) * job.together);
  for (let piece = task * job.together; piece < last; piece++) {
    attend(job, piece / job.blocks, piece % job.blocks, scratch);
  }
}

// @ts-ignore: decorator
@inline
function placeOf(job: AttentionJob, product: i32, which: usize): usize {
  return load<u32>(job.places + ((<usize>product * PLACES + which) << 2));
}

/** One block of rows of one product. */
function attend(job: AttentionJob, product: i32, block: i32, scratch: usize): void {
  const packedKeys = scratch;
  const packedValues = packedKeys + panelBytes(job.depth) * panels(job.keys);
  const spare = packedValues + panelBytes(job.keys) * panels(job.columns);
  const scores = spare + spareBytes(job);
  const sums = scores + <usize>(rowsAtOnce(job) + QUAD) * scoreRowBytes(job);
  packKeys(job, job.keysAt + placeOf(job, product, 1), packedKeys);
  packValues(job, job.values + placeOf(job, product, 2), packedValues);
  const shiftRow = <usize>job.keys << 2;
  const first = job.shift == 0 ? 0 : job.shift + placeOf(job, product, 4);
  const second = job.second == 0 ? 0 : job.second + placeOf(job, product, 5);
  const end = min(job.rows, (block + 1) * job.blockRows);
  for (let r = block * job.blockRows; r < end; r += rowsAtOnce(job)) {
    const count = min(rowsAtOnce(job), end - r);
    const row = <usize>r;
    score(job, job.queries + placeOf(job, product, 0) + job.queryRow * row, count, packedKeys, spare, scores);
    const to = job.output + placeOf(job, product, 3) + job.outputRow * row;
    for (let i = 0; i < count; i++) {
      const at = shiftRow * (row + i);
      const share = weigh(
        scores + scoreRowBytes(job) * i,
        job.keys,
        job.scale,
        first == 0 ? 0 : first + at,
        second == 0 ? 0 : second + at,
      );
      store<f32>(sums + sumRowBytes(job) * (i + 1) - 4, share);
    }
    finish(job, count, scores, packedValues, sums, to);
  }
}

/** Queries times keys. */
function score(job: AttentionJob, from: usize, rows: i32, packed: usize, spare: usize, scores: usize): void {
  const whole = rows & ~3;
  const left = rows - whole;
  const length = <usize>job.depth << 2;
  // Products read whole pairs of rows.
  for (let r = 0; r < left; r++) memory.copy(spare + length * r, from + job.queryRow * (whole + r), length);
  if (left & 1) memory.fill(spare + length * left, 0, length);
  const row = scoreRowBytes(job);
  for (let p = 0; p < panels(job.keys); p++) {
    const panel = packed + panelBytes(job.depth) * p;
    const to = scores + (<usize>p << 5);
    if (whole > 0) multiplyPanel(whole, job.depth, from, job.queryRow, panel, to, row, false);
    if (left > 0) multiplyPanel(left, job.depth, spare, length, panel, to + row * whole, row, false);
  }
}

/** Puts e^(score - highest score) in the place of every score of a row; gives 1 over their sum. */
function weigh(row: usize, keys: i32, scale: f32, first: usize, second: usize): f32 {
  const factor = f32x4.splat(scale);
  let four = f32x4.splat(-f32.MAX_VALUE);
  const whole = keys & ~3;
  for (let i = 0; i < whole; i += 4) {
    const at = <usize>i << 2;
    let value = f32x4.mul(v128.load(row + at), factor);
    if (first != 0) value = f32x4.add(value, v128.load(first + at));
    if (second != 0) value = f32x4.add(value, v128.load(second + at));
    v128.store(row + at, value);
    four = f32x4.pmax(four, value);
  }
  let highest = max(
    max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
    max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
  );
  for (let i = whole; i < keys; i++) {
    const at = <usize>i << 2;
    let value = load<f32>(row + at) * scale;
    if (first != 0) value += load<f32>(first + at);
    if (second != 0) value += load<f32>(second + at);
    store<f32>(row + at, value);
    highest = max(highest, value);
  }
  const most = f32x4.splat(highest);
  let sum: f64 = 0;
  for (let part = 0; part < keys; part += PART) {
    const end = min(keys, part + PART);
    let own = f32x4.splat(0);
    let i = part;
    for (; i + 4 <= end; i += 4) {
      const at = row + (<usize>i << 2);
      const value = fastExponential(f32x4.sub(v128.load(at), most));
      v128.store(at, value);
      own = f32x4.add(own, value);
    }
    if (i < end) {
      const at = row + (<usize>i << 2);
      storeLanes(at, fastExponential(f32x4.sub(loadLanes(at, keys - i), most)), keys - i);
      own = f32x4.add(own, loadLanes(at, keys - i));
    }
    sum += <f64>sumOfLanes(own);
  }
  return <f32>(1 / sum);
}

/** Weights times values, and each row times its share. */
function finish(job: AttentionJob, rows: i32, scores: usize, packed: usize, sums: usize, to: usize): void {
  const row = sumRowBytes(job);
  for (let p = 0; p < panels(job.columns); p++) {
    const panel = packed + panelBytes(job.keys) * p;
    multiplyPanel(rows, job.keys, scores, scoreRowBytes(job), panel, sums + (<usize>p << 5), row, false);
  }
  for (let r = 0; r < rows; r++) {
    const from = sums + row * r;
    const share = v128.load32_splat(from + row - 4);
    for (let c = 0; c < job.columns; c += 4) {
      const at = <usize>c << 2;
      storeLanes(to + at, f32x4.mul(v128.load(from + at), share), job.columns - c);
    }
    to += job.outputRow;
  }
}

/** Keys, [keys, depth], as panels of eight of them; beyond the last its own numbers stand again. */
function packKeys(job: AttentionJob, from: usize, packed: usize): void {
  const whole = job.depth & ~3;
  for (let key = 0; key < panels(job.keys) * PANEL; key += QUAD) {
    const most = job.keys - 1;
    const k0 = from + job.keyRow * min(key, most);
    const k1 = from + job.keyRow * min(key + 1, most);
    const k2 = from + job.keyRow * min(key + 2, most);
    const k3 = from + job.keyRow * min(key + 3, most);
    const to = packed + panelBytes(job.depth) * (key / PANEL) + (<usize>(key & QUAD) << 2);
    for (let d = 0; d < whole; d += 4) {
      const at = <usize>d << 2;
      transposeQuarter(k0 + at, k1 + at, k2 + at, k3 + at, to + (at << 3));
    }
    for (let d = whole; d < job.depth; d++) {
      const at = <usize>d << 2;
      const target = to + (at << 3);
      store<f32>(target, load<f32>(k0 + at));
      store<f32>(target, load<f32>(k1 + at), 4);
      store<f32>(target, load<f32>(k2 + at), 8);
      store<f32>(target, load<f32>(k3 + at), 12);
    }
  }
}

/** Values, [keys, columns], as panels of eight columns; zeros beyond the last. */
function packValues(job: AttentionJob, from: usize, packed: usize): void {
  const whole = job.columns & ~(PANEL - 1);
  const over = job.columns - whole;
  for (let k = 0; k < job.keys; k++) {
    let at = packed + (<usize>k << 5);
    let source = from;
    for (let c = 0; c < whole; c += PANEL) {
      v128.store(at, v128.load(source));
      v128.store(at, v128.load(source, 16), 16);
      at += panelBytes(job.keys);
      source += 32;
    }
    if (over > 0) {
      v128.store(at, loadLanes(source, over));
      v128.store(at, loadLanes(source + 16, over - 4), 16);
    }
    from += job.valueRow;
  }
}
