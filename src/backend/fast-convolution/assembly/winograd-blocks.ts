import { PANEL, transposeBlock } from './gemm';
import { multiplyAdd } from './simd';
import { WinogradJob } from './winograd-job';
import { A, B } from './winograd-transforms';

// A filter in blocks of 8 x 8 channels whose nine taps lie side by side: [c_out / 8, c_in / 8, 9, 8 (c_in), 8 (c_out)]. A quarter as
// long as a transformed one, and read in pieces of 2304 bytes whichever way it is used. Tasks transform what they need of it, twelve
// planes at a time, which stay in the first cache until they are multiplied.

const TAPS: i32 = 9;
/** Bytes of one tap of a block, of a row of taps, and of a block. */
const TAP: usize = 256;
const ROW: usize = 768;
const BLOCK: usize = 2304;

/** Input channels for which a panel is transformed at once. */
export const BLOCK_DEPTH: i32 = 64;
/** Distance of planes of a transformed panel: their lines fall into different sets of the cache. */
export const PANEL_PLANE: usize = 2112;
/** Bytes of a panel turned, and of twelve planes of one. */
export const TURNED_BYTES: usize = 18432;
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

/**
 * Address of `depth` channels of a panel of the filter in blocks, `stride` bytes from block to block: where they lie, or turned.
 * @param first channel, a multiple of 8
 * @param turned room for the panel
 */
export function panelInBlocks(job: WinogradJob, panel: i32, first: i32, depth: i32, turned: usize): usize {
  const along: usize = BLOCK * job.filterPanels;
  if (!job.turned) return job.filter + along * panel + BLOCK * (first / PANEL);
  let from = job.filter + BLOCK * panel + along * (first / PANEL);
  let to = turned;
  for (let k = 0; k < depth; k += PANEL) {
    for (let tap = 0; tap < TAPS; tap++) transposeBlock(from + TAP * (TAPS - 1 - tap), to + TAP * tap);
    from += along;
    to += BLOCK;
  }
  return turned;
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
 * @param from its first block
 * @param to planes lie `PANEL_PLANE` bytes apart; written up to the next multiple of 8 channels
 */
export function transformPair(pair: i32, from: usize, depth: i32, to: usize): void {
  for (let k = 0; k < depth; k += PANEL) {
    for (const end = to + TAP; to < end; to += 16, from += 16) {
      if (pair == 0) outerRows(from, to);
      else if (pair == 1) innerRows(from, to, B, A);
      else innerRows(from, to, A, B);
    }
    from += BLOCK - TAP;
  }
}

/**
 * Lays a filter [3, 3, c_in, c_out] out in blocks. One task is one panel of output channels. `input` is the filter, `inChannels` and
 * `outChannels` its own, `filter` where it goes. What stands beyond the channels is never read as a number.
 */
export function packBlocksTask(job: WinogradJob, task: i32): void {
  const row = <usize>job.outChannels << 2;
  const tapStride = row * job.inChannels;
  let from = job.input + (<usize>task << 5);
  let block = job.filter + BLOCK * job.filterPanels * task;
  for (let first = 0; first < job.inChannels; first += PANEL) {
    const last = min(PANEL, job.inChannels - first);
    for (let tap = 0; tap < TAPS; tap++) {
      let at = from + tapStride * tap;
      let to = block + TAP * tap;
      for (let c = 0; c < last; c++) {
        v128.store(to, v128.load(at));
        v128.store(to, v128.load(at, 16), 16);
        at += row;
        to += PANEL << 2;
      }
    }
    from += row * PANEL;
    block += BLOCK;
  }
}
