import { FilterGradientJob } from './filter-gradient-job';
import { PANEL } from './gemm';
import { multiplyTransposed } from './gemm-transposed';
import { copyPatch } from './patches';
import { storeLanes } from './simd';
import { rowBytes } from './winograd-job';

/** Gradient towards any filter: the transposed patches of the input times the gradient of the output, as it lies in memory. */

// A thread's scratch memory: patches of a block | gradient of its outputs, packed into panels.

/** Rows of the filter from which on a block's gradient is packed: else it is read as it lies. */
const PACKED: i32 = 64;
/** Bytes of a row from which on rows side by side crowd a cache's sets, when they are as long as a power of two. */
const CROWDED: usize = 512;

// @ts-ignore: decorator
@inline
function depthOf(job: FilterGradientJob): i32 {
  return job.kernelHeight * job.kernelWidth * job.inChannels;
}

/** Four rows of the product are computed at once. */
// @ts-ignore: decorator
@inline
function patchRowBytes(job: FilterGradientJob): i32 {
  return rowBytes(depthOf(job) + PANEL);
}

// @ts-ignore: decorator
@inline
function patchesBytes(job: FilterGradientJob): i32 {
  return job.blockRows * patchRowBytes(job) + 64;
}

/** Bytes of scratch memory each thread needs for a job. */
export function filterGradientPatchesScratchBytes(job: FilterGradientJob): i32 {
  const packed = depthOf(job) < PACKED ? 0 : job.blockRows * (((job.outChannels + PANEL - 1) / PANEL) << 5);
  return patchesBytes(job) + packed;
}

/** One task: one part of the positions. */
export function filterGradientPatchesTask(job: FilterGradientJob, task: i32, thread: i32): void {
  const patches = job.scratch + <usize>thread * job.scratchBytes;
  const patchRow = <usize>patchRowBytes(job);
  const depth = depthOf(job);
  const rowPanels = (depth + PANEL - 1) / PANEL;
  const columnPanels = (job.outChannels + PANEL - 1) / PANEL;
  const changeRow = <usize>job.outChannels << 2;
  const sumRow = <usize>columnPanels << 5;
  const sums = job.sums + <usize>(task * rowPanels * PANEL) * sumRow;
  const first = task * job.partRows;
  const last = min(job.batch * job.outHeight * job.outWidth, first + job.partRows);
  const inPlace =
    job.kernelHeight * job.kernelWidth * job.strideHeight * job.strideWidth == 1 &&
    job.inHeight == job.outHeight &&
    job.inWidth == job.outWidth &&
    job.padTop == 0 &&
    job.padLeft == 0 &&
    (<usize>job.inChannels << 2) < CROWDED;
  const isPacked = depth >= PACKED;
  const packed = patches + patchesBytes(job);

  for (let block = first; block < last; block += job.blockRows) {
    const rows = min(last - block, job.blockRows);
    let a = patches;
    let aStride = patchRow;
    if (inPlace) {
      aStride = <usize>job.inChannels << 2;
      a = job.input + <usize>block * aStride;
    } else {
      copyPatches(job, block, rows, patches, patchRow);
    }
    let b = job.change + <usize>block * changeRow;
    let bStride = changeRow;
    let bPanel: usize = PANEL << 2;
    if (isPacked) {
      pack(b, changeRow, rows, columnPanels, packed);
      b = packed;
      bStride = PANEL << 2;
      bPanel = <usize>rows << 5;
    }
    for (let r = 0; r < depth; r += 4) {
      const from = a + (<usize>r << 2);
      const to = sums + <usize>r * sumRow;
      for (let q = 0; q < columnPanels; q++) {
        const c = to + (<usize>q << 5);
        multiplyTransposed(rows, from, aStride, b + <usize>q * bPanel, bStride, c, sumRow, block > first);
      }
    }
  }
}

/** Packs rows into panels of eight columns, [panels, rows, 8]; what stands behind the last column is of no account. */
function pack(from: usize, stride: usize, rows: i32, panels: i32, to: usize): void {
  for (let p = 0; p < panels; p++) {
    let at = from + (<usize>p << 5);
    for (let row = 0; row < rows; row++) {
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      at += stride;
      to += PANEL << 2;
    }
  }
}

function copyPatches(job: FilterGradientJob, first: i32, rows: i32, to: usize, patchRow: usize): void {
  let column = first % job.outWidth;
  let row = (first / job.outWidth) % job.outHeight;
  let picture = first / (job.outWidth * job.outHeight);
  for (; rows > 0; rows--, to += patchRow) {
    copyPatch(
      job,
      picture,
      row * job.strideHeight - job.padTop,
      column * job.strideWidth - job.padLeft,
      job.kernelHeight,
      job.kernelWidth,
      to,
    );
    if (++column == job.outWidth) {
      column = 0;
      if (++row == job.outHeight) {
        row = 0;
        picture++;
      }
    }
  }
}

/** Adds the parts of one panel of rows. One task is one panel. */
export function sumPatchesTask(job: FilterGradientJob, task: i32): void {
  const depth = depthOf(job);
  const sumRow = <usize>((job.outChannels + PANEL - 1) / PANEL) << 5;
  const part = sumRow * <usize>(((depth + PANEL - 1) / PANEL) * PANEL);
  const last = min(depth, (task + 1) * PANEL);
  for (let r = task * PANEL; r < last; r++) {
    const row = job.sums + <usize>r * sumRow;
    const to = job.output + <usize>(r * job.outChannels) * 4;
    for (let o = 0; o < job.outChannels; o += 4) {
      const at = <usize>o << 2;
      let sum = v128.load(row + at);
      for (let p = 1; p < job.parts; p++) sum = f32x4.add(sum, v128.load(row + at + <usize>p * part));
      storeLanes(to + at, sum, job.outChannels - o);
    }
  }
}
