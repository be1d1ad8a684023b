import { PANEL, transposeQuarter } from './gemm';
import { multiplyAdd } from './simd';
import { WinogradJob } from './winograd-job';
import { A, B } from './winograd-transforms';

// A filter in panels of eight output channels whose nine taps lie side by side, [c_out / 8, c_in, 9, 8]: a quarter as long as a
// transformed one, and read from one end to the other. For a gradient it is laid out turned as well. Tasks transform what they need of it, twelve planes at a time, which
// stay in the first cache until they are multiplied.

const TAPS: i32 = 9;
/** Bytes of eight numbers of a tap, of a row of three, and of all nine. */
const TAP: usize = 32;
const ROW: usize = 96;
const WINDOW: usize = 288;

/** Input channels for which a panel is transformed at once. */
export const DEPTH: i32 = 64;
/** Distance of planes of a transformed panel: their lines fall into different sets of the cache. */
export const PANEL_PLANE: usize = 2112;
/** Bytes of twelve planes of a panel. */
export const PLANES_BYTES: usize = 25344;

/** First row of planes of each of three pairs, and the other one of the pair. */
// @ts-ignore: decorator
@inline
export function firstOfPair(pair: i32): i32 {
  return pair == 0 ? 0 : 2 * pair - 1;
}

// @ts-ignore: decorator
@inline
export function secondOfPair(pair: i32): i32 {
  return pair == 0 ? 5 : 2 * pair;
}

/** Address of a panel of the filter, from input channel `first` on. */
// @ts-ignore: decorator
@inline
export function tapsAt(job: WinogradJob, panel: i32, first: i32): usize {
  return job.filter + WINDOW * (job.filterRows * panel + first);
}

/** A quarter of eight channels, nine lines. */
export const QUARTER: usize = 576;

/** Reads a number of each of them; see `readAhead`. */
// @ts-ignore: decorator
@inline
export function readLines(at: usize, to: usize): void {
  let seen = v128.or(v128.load(at), v128.load(at, 64));
  seen = v128.or(seen, v128.or(v128.load(at, 128), v128.load(at, 192)));
  seen = v128.or(seen, v128.or(v128.load(at, 256), v128.load(at, 320)));
  seen = v128.or(seen, v128.or(v128.load(at, 384), v128.load(at, 448)));
  v128.store(to, v128.or(seen, v128.load(at, 512)));
}

/** Six planes of G t^T, whose columns are t. */
// @ts-ignore: decorator
@inline
function putPlanes(t0: v128, t1: v128, t2: v128, to: usize): void {
  v128.store(to, t0);
  const evenA = multiplyAdd(t0, f32x4.splat(B), f32x4.mul(t2, f32x4.splat(A)));
  v128.store(to, f32x4.add(evenA, t1), PANEL_PLANE);
  v128.store(to, f32x4.sub(evenA, t1), PANEL_PLANE * 2);
  const evenB = multiplyAdd(t0, f32x4.splat(A), f32x4.mul(t2, f32x4.splat(B)));
  v128.store(to, f32x4.add(evenB, t1), PANEL_PLANE * 3);
  v128.store(to, f32x4.sub(evenB, t1), PANEL_PLANE * 4);
  v128.store(to, t2, PANEL_PLANE * 5);
}

// @ts-ignore: decorator
@inline
function outerRows(from: usize, to: usize): void {
  putPlanes(v128.load(from), v128.load(from, TAP), v128.load(from, TAP * 2), to);
  from += ROW * 2;
  putPlanes(v128.load(from), v128.load(from, TAP), v128.load(from, TAP * 2), to + PANEL_PLANE * 6);
}

/** p g_0 + q g_2 of a column of taps. */
// @ts-ignore: decorator
@inline
function even(from: usize, p: f32, q: f32): v128 {
  return multiplyAdd(v128.load(from), f32x4.splat(p), f32x4.mul(v128.load(from, ROW * 2), f32x4.splat(q)));
}

// @ts-ignore: decorator
@inline
function innerRows(from: usize, to: usize, p: f32, q: f32): void {
  const e0 = even(from, p, q);
  const e1 = even(from + TAP, p, q);
  const e2 = even(from + TAP * 2, p, q);
  const o0 = v128.load(from, ROW);
  const o1 = v128.load(from, ROW + TAP);
  const o2 = v128.load(from, ROW + TAP * 2);
  putPlanes(f32x4.add(e0, o0), f32x4.add(e1, o1), f32x4.add(e2, o2), to);
  putPlanes(f32x4.sub(e0, o0), f32x4.sub(e1, o1), f32x4.sub(e2, o2), to + PANEL_PLANE * 6);
}

/**
 * Transforms `depth` channels of a panel into the two rows of six planes of a pair, [12, depth, 8].
 * @param from its first channel
 * @param to planes lie `PANEL_PLANE` bytes apart
 */
export function transformPair(pair: i32, from: usize, depth: i32, to: usize): void {
  const end = to + (<usize>depth << 5);
  if (pair == 0) {
    for (; to < end; to += 32, from += WINDOW) {
      outerRows(from, to);
      outerRows(from + 16, to + 16);
    }
  } else if (pair == 1) {
    for (; to < end; to += 32, from += WINDOW) {
      innerRows(from, to, B, A);
      innerRows(from + 16, to + 16, B, A);
    }
  } else {
    for (; to < end; to += 32, from += WINDOW) {
      innerRows(from, to, A, B);
      innerRows(from + 16, to + 16, A, B);
    }
  }
}

/**
 * Lays a filter [3, 3, c_in, c_out] out with its taps side by side. One task is one panel of output channels. `input` is the filter,
 * `inChannels` and `outChannels` its own, `filter` where it goes. What stands beyond the channels is never read as a number.
 */
export function packTapsTask(job: WinogradJob, task: i32): void {
  const row = <usize>job.outChannels << 2;
  const tapStride = row * job.inChannels;
  let to = tapsAt(job, task, 0);
  if (job.turned) {
    turnTaps(job, task * PANEL, to);
    return;
  }
  let from = job.input + (<usize>task << 5);
  for (let c = 0; c < job.inChannels; c++) {
    let at = from;
    for (let tap = 0; tap < TAPS; tap++) {
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      at += tapStride;
      to += TAP;
    }
    from += row;
  }
}

/** The same of the filter turned by half a turn with its channel axes swapped: a panel is of eight input channels, from `first` on. */
function turnTaps(job: WinogradJob, first: i32, to: usize): void {
  const row = <usize>job.outChannels << 2;
  const tapStride = row * job.inChannels;
  for (let c = 0; c < job.outChannels; c += 4) {
    let from = job.input + (<usize>c << 2) + tapStride * TAPS;
    for (let tap: usize = 0; tap < WINDOW; tap += TAP) {
      from -= tapStride;
      turnFour(job, from, first, to + tap);
      turnFour(job, from, first + 4, to + tap + 16);
    }
    to += WINDOW * 4;
  }
}

/** Four output channels of one tap, of four input channels from `first` on; beyond the last its own numbers stand again. */
function turnFour(job: WinogradJob, from: usize, first: i32, to: usize): void {
  const row = <usize>job.outChannels << 2;
  const last = job.inChannels - 1;
  transposeQuarter(
    from + row * min(first, last),
    from + row * min(first + 1, last),
    from + row * min(first + 2, last),
    from + row * min(first + 3, last),
    to,
    WINDOW,
  );
}
