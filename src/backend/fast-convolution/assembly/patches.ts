import {
  PANEL,
  multiplyPanel,
  multiplyPanelFrom,
  multiplyPanelOnto,
  multiplyRow,
  transposeBlock,
} from './gemm';
import { PatchesJob, Windows, tapCount } from './patches-job';
import { LINEAR, copyGated, finishRow } from './simd';
import { blockStart, planeBytes, rowBytes } from './winograd-job';

/** Products summed before a sum goes back to memory: so much of a panel stays in the first cache. */
const DEPTH: i32 = 512;

/** Panels that meet a row without others at once. */
const TOGETHER: i32 = 4;

// A thread's scratch memory: panels | patches | products.

/** Numbers of the longest patch. */
// @ts-ignore: decorator
@inline
function longestPatch(job: PatchesJob): i32 {
  const rows = job.turned ? (job.kernelHeight - 1) / job.strideHeight + 1 : job.kernelHeight;
  const columns = job.turned ? (job.kernelWidth - 1) / job.strideWidth + 1 : job.kernelWidth;
  return rows * columns * job.inChannels;
}

// @ts-ignore: decorator
@inline
function panelBytes(job: PatchesJob): i32 {
  return job.turned ? (longestPatch(job) + PANEL) << 5 : 0;
}

// @ts-ignore: decorator
@inline
function panelsBytes(job: PatchesJob): i32 {
  return panelBytes(job) * TOGETHER;
}

/** Bytes of scratch memory each thread needs for a job. */
export function patchesScratchBytes(job: PatchesJob): i32 {
  return (
    panelsBytes(job) +
    planeBytes(job.blockRows, rowBytes(longestPatch(job))) +
    planeBytes(job.blockRows, rowBytes(job.chunkPanels * PANEL))
  );
}

/**
 * One task of a convolution: a block of positions, and all chunks of output channels or one.
 *
 * The positions of a gradient fall into as many classes as the stride has residues: each class meets taps of its own, so that
 * no zero is multiplied. Every other convolution has one class.
 */
export function patchesTask(job: PatchesJob, task: i32, thread: i32): void {
  const panel = job.scratch + <usize>thread * job.scratchBytes;
  const patches = panel + panelsBytes(job);
  const patchRow = <usize>rowBytes(longestPatch(job));
  const products = patches + planeBytes(job.blockRows, <i32>patchRow);
  const productRow = <usize>rowBytes(job.chunkPanels * PANEL);

  const panels = (job.outChannels + PANEL - 1) / PANEL;
  const chunks = (panels + job.chunkPanels - 1) / job.chunkPanels;
  const parts = (chunks + job.chunksTogether - 1) / job.chunksTogether;
  const firstChunk = (task % parts) * job.chunksTogether;
  const lastChunk = min(chunks, firstChunk + job.chunksTogether);
  const block = (task / parts) % job.blocks;
  const residue = task / parts / job.blocks;

  const stepY = job.turned ? job.strideHeight : 1;
  const stepX = job.turned ? job.strideWidth : 1;
  const firstY = residue / stepX;
  const firstX = residue % stepX;
  const down = (job.outHeight - firstY + stepY - 1) / stepY;
  const across = (job.outWidth - firstX + stepX - 1) / stepX;
  const positions = job.batch * down * across;
  const first = blockStart(positions, job.blocks, block);
  const last = blockStart(positions, job.blocks, block + 1);
  if (down <= 0 || across <= 0 || first >= last) return;

  let tapsDown = job.kernelHeight;
  let tapsAcross = job.kernelWidth;
  if (job.turned) {
    tapsDown = tapCount(firstY, job.padTop, stepY, job.kernelHeight);
    tapsAcross = tapCount(firstX, job.padLeft, stepX, job.kernelWidth);
  }
  // Last taps of the class.
  const lastDown = ((firstY + job.padTop) % stepY) + (tapsDown - 1) * stepY;
  const lastAcross = ((firstX + job.padLeft) % stepX) + (tapsAcross - 1) * stepX;
  let depth = tapsDown * tapsAcross * job.inChannels;

  const rows = last - first;
  // The last row, where it has no other beside it in its four, meets several panels at once.
  const isAlone = (rows & 3) == 1 && depth > 0;
  const inFours = isAlone ? rows - 1 : rows;
  let a = patches;
  let aStride = patchRow;
  const inPlace =
    job.kernelHeight * job.kernelWidth * job.strideHeight * job.strideWidth == 1 &&
    job.inHeight == job.outHeight &&
    job.inWidth == job.outWidth &&
    job.padTop == 0 &&
    job.padLeft == 0 &&
    job.gateActivation == 0 &&
    // The product reads one row more where there are three in the last four.
    (rows & 3) != 3;
  if (inPlace) {
    aStride = <usize>job.inChannels << 2;
    a = job.input + <usize>first * aStride;
  } else {
    let row = (first / across) % down;
    let column = first % across;
    let picture = first / (across * down);
    for (let to = patches, left = rows; left > 0; left--, to += patchRow) {
      const y = firstY + row * stepY;
      const x = firstX + column * stepX;
      if (job.turned) {
        copyPatch(
          job,
          picture,
          stepY == 1 ? y + job.padTop - lastDown * job.dilationHeight : (y + job.padTop - lastDown) / stepY,
          stepX == 1 ? x + job.padLeft - lastAcross * job.dilationWidth : (x + job.padLeft - lastAcross) / stepX,
          tapsDown,
          tapsAcross,
          to,
        );
      } else {
        copyPatch(
          job,
          picture,
          y * job.strideHeight - job.padTop,
          x * job.strideWidth - job.padLeft,
          tapsDown,
          tapsAcross,
          to,
        );
      }
      if (++column == across) {
        column = 0;
        if (++row == down) {
          row = 0;
          picture++;
        }
      }
    }
  }

  // Of a score of one class, the gradient is zero but for one number: only that part of the depth is read.
  let firstChannel = 0;
  if (job.turned && rows == 1 && tapsDown * tapsAcross == 1) {
    firstChannel = firstNonzero(a, depth);
    a += <usize>firstChannel << 2;
    depth = depthTo(a, depth - firstChannel);
  }

  // Sums in whole panels, of places that follow each other, are ready as soon as they are there: fours of rows go straight to the
  // output, the last ones by way of scratch memory, for there may be no fourth. With a bias, or a map that is added, of one part of the depth.
  const inOrder = (job.outChannels & (PANEL - 1)) == 0 && depth > 0 && stepY == 1 && stepX == 1;
  const isPlain = inOrder && job.bias == 0 && job.summand == 0 && job.activation == LINEAR;
  const isOnto = job.summand != 0;
  const isReady = inOrder && depth <= DEPTH && job.bias != 0;
  const whole = isReady || isPlain ? rows & ~3 : 0;
  // Of what is left, which begins with its bias as well, so that no number depends on how rows are cut.
  const activationLeft = isReady && !isOnto ? job.activation : LINEAR;
  const outputRow = <usize>job.outChannels << 2;
  const panelStride = <usize>job.filterRows << 5;
  const ownStride = <usize>panelBytes(job);
  for (let chunk = firstChunk; chunk < lastChunk; chunk++) {
    const firstPanel = chunk * job.chunkPanels;
    const lastPanel = min(panels, firstPanel + job.chunkPanels);
    let c = products;
    for (let p = firstPanel; p < lastPanel; p++) {
      const place = (p - firstPanel) % TOGETHER;
      let b = panel + ownStride * place;
      if (job.turned) turnPanel(job, p, lastDown, lastAcross, tapsDown, tapsAcross, firstChannel, depth, b);
      else b = job.filter + <usize>p * panelStride;
      if (isAlone && (place == TOGETHER - 1 || p == lastPanel - 1)) {
        const at = a + aStride * inFours;
        const to = c + productRow * inFours - (<usize>place << 5);
        const start = isReady ? job.bias + (<usize>(p - place) << 5) : 0;
        const from = b - (job.turned ? ownStride : panelStride) * place;
        const stride = job.turned ? ownStride : panelStride;
        for (let k = 0; k < depth; k += DEPTH) {
          const part = min(DEPTH, depth - k);
          multiplyRow(place + 1, part, at + (<usize>k << 2), from + (<usize>k << 5), stride, to, k > 0, start, activationLeft);
        }
      }
      const to = job.output + outputRow * first + (<usize>p << 5);
      const rest = c + productRow * whole;
      if (isReady) {
        const start = job.bias + (<usize>p << 5);
        const below = a + aStride * whole;
        const left = inFours - whole;
        if (isOnto) {
          const summand = job.summand + (to - job.output);
          multiplyPanelOnto(whole, depth, a, aStride, b, to, outputRow, start, job.activation, summand);
        } else multiplyPanelFrom(whole, depth, a, aStride, b, to, outputRow, start, job.activation);
        multiplyPanelFrom(left, depth, below, aStride, b, rest, productRow, start, activationLeft);
        c += PANEL << 2;
        continue;
      }
      if (depth == 0) {
        for (let row = 0; row < rows; row++) memory.fill(c + <usize>row * productRow, 0, PANEL << 2);
      }
      for (let k = 0; k < depth; k += DEPTH) {
        const part = min(DEPTH, depth - k);
        const at = a + (<usize>k << 2);
        const panelAt = b + (<usize>k << 5);
        if (isPlain) multiplyPanel(whole, part, at, aStride, panelAt, to, outputRow, k > 0);
        multiplyPanel(inFours - whole, part, at + aStride * whole, aStride, panelAt, rest, productRow, k > 0);
      }
      c += PANEL << 2;
    }
    const channel = firstPanel * PANEL;
    const channels = min(job.outChannels, lastPanel * PANEL) - channel;
    if (isReady || isPlain) {
      for (let r = whole; r < rows; r++) {
        const at = outputRow * (first + r) + (<usize>channel << 2);
        const from = products + productRow * r;
        if (isOnto) finishRow(from, channels, 0, job.activation, job.output + at, job.summand + at);
        else memory.copy(job.output + at, from, <usize>channels << 2);
      }
      continue;
    }
    let row = (first / across) % down;
    let column = first % across;
    let picture = first / (across * down);
    for (let from = products, left = rows; left > 0; left--, from += productRow) {
      const y = firstY + row * stepY;
      const x = firstX + column * stepX;
      const position = <usize>((picture * job.outHeight + y) * job.outWidth + x);
      const at = (position * job.outChannels + channel) << 2;
      const summand: usize = job.summand == 0 ? 0 : job.summand + at;
      finishRow(from, channels, biasOf(job, channel), job.activation, job.output + at, summand);
      if (++column == across) {
        column = 0;
        if (++row == down) {
          row = 0;
          picture++;
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function biasOf(job: PatchesJob, channel: i32): usize {
  return job.bias == 0 ? 0 : job.bias + (<usize>channel << 2);
}

/** The input under `rows` x `columns` taps, the first at [y, x]; zeros outside. May write 12 bytes more. */
export function copyPatch(
  job: Windows,
  picture: i32,
  y: i32,
  x: i32,
  rows: i32,
  columns: i32,
  to: usize,
): void {
  const pixel = <usize>job.inChannels << 2;
  const picked = job.input + <usize>picture * job.inHeight * job.inWidth * pixel;
  const gate = job.gate - job.input;
  const side = job.dilationWidth;
  for (let r = 0; r < rows; r++) {
    if (y < 0 || y >= job.inHeight) {
      clear(to, pixel * columns);
      to += pixel * columns;
    } else if (side == 1 && x >= 0 && x + columns <= job.inWidth) {
      copyVectors(picked + (<usize>y * job.inWidth + x) * pixel, pixel * columns, gate, job.gateActivation, to);
      to += pixel * columns;
    } else {
      for (let s = 0, at = x; s < columns; s++, at += side) {
        if (at < 0 || at >= job.inWidth) clear(to, pixel);
        else copyVectors(picked + (<usize>y * job.inWidth + at) * pixel, pixel, gate, job.gateActivation, to);
        to += pixel;
      }
    }
    y += job.dilationHeight;
  }
}

// @ts-ignore: decorator
@inline
function clear(to: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; to += 16) v128.store(to, f32x4.splat(0));
}

/** Copies so many bytes, rounded up to whole vectors. */
// @ts-ignore: decorator
@inline
function copyVectors(from: usize, bytes: usize, gate: usize, gateActivation: i32, to: usize): void {
  copyGated(from, (bytes + 15) & ~15, gate, gateActivation, to);
}

/** The first of so many numbers that is not zero, rounded down to a whole block of them; the last block at most. */
function firstNonzero(from: usize, count: i32): i32 {
  let first = 0;
  while (first + PANEL < count && isZero(from + (<usize>first << 2))) first += PANEL;
  return first;
}

/** So many numbers that only zeros are behind them, in whole blocks or all of them; at least a block. */
function depthTo(from: usize, count: i32): i32 {
  let depth = count;
  while (depth > PANEL) {
    const before = (depth - 1) & ~(PANEL - 1);
    for (let k = before; k < depth; k++) if (load<f32>(from + (<usize>k << 2)) != 0) return depth;
    depth = before;
  }
  return depth;
}

// @ts-ignore: decorator
@inline
function isZero(from: usize): bool {
  return !v128.any_true(f32x4.ne(v128.or(v128.load(from), v128.load(from, 16)), f32x4.splat(0)));
}

/** Panel `p` of the turned filter: rows for the class's taps, from the last to the first, and output channels from `channel` on, of one tap only `depth`. */
function turnPanel(
  job: PatchesJob,
  p: i32,
  lastDown: i32,
  lastAcross: i32,
  tapsDown: i32,
  tapsAcross: i32,
  channel: i32,
  depth: i32,
  to: usize,
): void {
  const panelStride = <usize>job.filterRows << 5;
  const channels = min(job.inChannels, depth);
  for (let r = 0; r < tapsDown; r++) {
    for (let s = 0; s < tapsAcross; s++) {
      const tap = (lastDown - r * job.strideHeight) * job.kernelWidth + lastAcross - s * job.strideWidth;
      let from = job.filter + (<usize>(tap * job.tapRows + p * PANEL) << 5) + panelStride * (channel / PANEL);
      for (let k = 0; k < channels; k += PANEL) {
        transposeBlock(from, to + (<usize>k << 5));
        from += panelStride;
      }
      to += <usize>job.inChannels << 5;
    }
  }
}

/**
 * Packs a filter [taps, c_in, c_out] into panels of eight output channels, [panels, rows, 8]; rows is taps * c_in and
 * eight more, which are never read as numbers. One task is one panel. `input` is the filter, `outChannels` its own.
 */
export function packFilterTask(job: PatchesJob, task: i32): void {
  const stride = <usize>job.outChannels << 2;
  let from = job.input + (<usize>task << 5);
  let to = job.filter + <usize>task * (<usize>job.filterRows << 5);
  for (let row = job.filterRows - PANEL; row > 0; row--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += stride;
    to += PANEL << 2;
  }
}
