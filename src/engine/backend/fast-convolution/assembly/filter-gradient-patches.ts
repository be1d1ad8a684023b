import { FilterGradientJob } from './filter-gradient-job';
import { PANEL } from './gemm';
import { multiplyTransposed } from './gemm-transposed';
import { copyPatch } from './patches';
import { storeLanes } from './simd';
import { rowBytes } from './winograd-job';

/** Gradient towards any filter: the transposed patches of the input times the gradient of the output, as it lies in memory. */

// A thread's scratch memory: patches of a block.

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

/** Bytes of scratch memory each thread needs for a job. */
export function filterGradientPatchesScratchBytes(job: FilterGradientJob): i32 {
  return job.blockRows * patchRowBytes(job) + 64;
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
    job.padLeft == 0;

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
    for (let r = 0; r < depth; r += 4) {
      const c = sums + <usize>r * sumRow;
      for (let q = 0; q < columnPanels; q++) {
        multiplyTransposed(
          rows,
          a + (<usize>r << 2),
          aStride,
          job.change + <usize>block * changeRow + (<usize>q << 5),
          changeRow,
          c + (<usize>q << 5),
          sumRow,
          block > first,
        );
      }
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
