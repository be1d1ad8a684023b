import { bendRow } from './functions';
import { PANEL, multiplyPanel, multiplyPanelFrom, multiplyRow, transposeQuarter } from './gemm';
import { multiplyTransposed } from './gemm-transposed';
import { LINEAR, RELU6, finishRow, loadLanes } from './simd';
import { rowBytes } from './winograd-job';

/**
 * Products of matrices, a batch of them. The host writes this record into memory, 32 bits a field, in this order; addresses are
 * bytes from the start of memory.
 *
 * The second factor is packed into panels part by part, in scratch memory: nothing of it is kept. Every sum goes over the depth from
 * its start to its end, in the same parts however the work is cut, so no number depends on the threads.
 */
// @ts-ignore: decorator
@unmanaged
export class ProductJob {
  /** Of one product: [rows, depth] times [depth, columns]. */
  rows: i32;
  depth: i32;
  columns: i32;
  /** 1 where a factor lies the other way round: [depth, rows], or [columns, depth]. */
  turnedA: i32;
  turnedB: i32;
  a: usize;
  b: usize;
  /** For every product, which matrix of `a` and which of `b` it multiplies, [products, 2]. */
  places: usize;
  /** [columns], or 0 */
  bias: usize;
  /** Behind those that sums end with, the smooth functions, from the number after the last of them on. */
  activation: i32;
  output: usize;
  /** How each product is cut: blocks of rows, each with strips of panels. */
  blockRows: i32;
  blocks: i32;
  stripPanels: i32;
  strips: i32;
  /** Such pieces of all products, and those of one task. */
  pieces: i32;
  together: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

/** Products summed before a sum goes back to memory: so much of a panel stays in the first cache. */
const DEPTH: i32 = 512;
/** Products of a sum for which a pass over the output would show. */
const SHALLOW: i32 = 192;
/** Rows that meet all panels of a strip before the next rows do: they stay in the second cache. */
const ROWS: i32 = 64;
/** Rows that are packed together. */
const QUAD: i32 = 4;

// A thread's scratch memory: packed strip | packed rows | products.

/** Panels and quads stand a line apart, else all would crowd the same sets of the first cache. */
// @ts-ignore: decorator
@inline
function panelBytes(job: ProductJob): usize {
  return <usize>((((min(DEPTH, job.depth) + QUAD - 1) & -QUAD) << 5) + 64);
}

// @ts-ignore: decorator
@inline
function quadBytes(job: ProductJob): usize {
  return <usize>((min(DEPTH, job.depth) << 4) + 64);
}

// @ts-ignore: decorator
@inline
function productRowBytes(job: ProductJob): usize {
  return <usize>rowBytes(job.stripPanels * PANEL);
}

// @ts-ignore: decorator
@inline
function packedRowsBytes(job: ProductJob): usize {
  // Of a factor that is not turned, only rows that make no whole block are copied.
  return quadBytes(job) * (job.turnedA ? ROWS / QUAD : 1);
}

/** Bytes of scratch memory each thread needs for a job. */
export function productScratchBytes(job: ProductJob): i32 {
  const products = <usize>(job.blockRows + QUAD) * productRowBytes(job);
  return <i32>(panelBytes(job) * job.stripPanels + packedRowsBytes(job) + products);
}

export function productTask(job: ProductJob, task: i32, thread: i32): void {
  const scratch = job.scratch + <usize>thread * job.scratchBytes;
  const last = min(job.pieces, (task + 1) * job.together);
  for (let piece = task * job.together; piece < last; piece++) {
    const product = piece / job.strips / job.blocks;
    multiplyPiece(job, product, (piece / job.strips) % job.blocks, piece % job.strips, scratch);
  }
}

/** One block of rows times one strip of columns. */
function multiplyPiece(job: ProductJob, product: i32, block: i32, strip: i32, scratch: usize): void {
  const packed = scratch;
  const packedRows = packed + panelBytes(job) * job.stripPanels;
  const products = packedRows + packedRowsBytes(job);
  const productRow = productRowBytes(job);
  const a = job.a + matrixBytes(job.rows, job.depth) * load<i32>(job.places + (<usize>product << 3));
  const b = job.b + matrixBytes(job.depth, job.columns) * load<i32>(job.places + (<usize>product << 3), 4);

  const firstRow = block * job.blockRows;
  const rows = min(job.rows - firstRow, job.blockRows);
  const firstColumn = strip * job.stripPanels * PANEL;
  const columns = min(job.columns - firstColumn, job.stripPanels * PANEL);
  const panels = (columns + PANEL - 1) / PANEL;

  const bias: usize = job.bias == 0 ? 0 : job.bias + (<usize>firstColumn << 2);
  const outputRow = <usize>job.columns << 2;
  let to = job.output + ((<usize>product * job.rows + firstRow) * job.columns + firstColumn) * 4;
  if (job.depth == 0) memory.fill(products, 0, productRow * rows);
  for (let k = 0; k < job.depth; k += DEPTH) {
    const depth = min(DEPTH, job.depth - k);
    if (job.turnedB) packTurned(job, b, k, depth, firstColumn, columns, packed);
    else packStrip(job, b, k, depth, firstColumn, columns, packed);
    if (isReadyAtOnce(job)) {
      multiplyReady(job, a, firstRow, rows, packedRows, panels, packed, products, to, bias);
      for (let left = isBent(job) ? rows : 0; left > 0; left--, to += outputRow) bendSums(job, to, columns);
      return;
    }
    for (let r = 0; r < rows; r += ROWS) {
      const count = min(ROWS, rows - r);
      const c = products + productRow * r;
      if (job.turnedA) {
        packQuads(job, a, k, depth, firstRow + r, count, packedRows);
        multiplyQuads(job, depth, count, packedRows, panels, packed, c, k > 0);
      } else {
        const from = a + (<usize>(firstRow + r) * job.depth + k) * 4;
        multiplyRows(job, depth, count, from, packedRows, panels, packed, c, k > 0);
      }
    }
  }
  for (let from = products, left = rows; left > 0; left--, from += productRow) {
    finishRow(from, columns, bias, endOf(job), to);
    if (isBent(job)) bendSums(job, to, columns);
    to += outputRow;
  }
}

// @ts-ignore: decorator
@inline
function isBent(job: ProductJob): bool {
  return job.activation > RELU6;
}

/** What sums end with by themselves. */
// @ts-ignore: decorator
@inline
function endOf(job: ProductJob): i32 {
  return isBent(job) ? LINEAR : job.activation;
}

/** A smooth function of numbers that have just been written, and lie in the caches yet. */
// @ts-ignore: decorator
@inline
function bendSums(job: ProductJob, at: usize, columns: i32): void {
  bendRow(job.activation - RELU6 - 1, at, columns);
}

/**
 * Whether sums are ready as soon as they are there, and go straight to where they belong: with a bias, of few products, in whole panels,
 * however these are cut into strips. All rows of a product then begin with their bias, the last ones too.
 */
// @ts-ignore: decorator
@inline
function isReadyAtOnce(job: ProductJob): bool {
  const inPanels = (job.columns & (PANEL - 1)) == 0;
  return job.bias != 0 && !job.turnedA && inPanels && job.depth > 0 && job.depth <= SHALLOW;
}

/** Fours of rows go straight to the output, the last ones by way of scratch memory, for there may be no fourth. */
function multiplyReady(
  job: ProductJob,
  a: usize,
  firstRow: i32,
  rows: i32,
  spare: usize,
  panels: i32,
  packed: usize,
  products: usize,
  output: usize,
  bias: usize,
): void {
  const row = <usize>job.depth << 2;
  const outputRow = <usize>job.columns << 2;
  const whole = rows & ~3;
  const left = rows - whole;
  let from = a + row * firstRow;
  let to = output;
  for (let r = 0; r < whole; r += ROWS, from += row * ROWS, to += outputRow * ROWS) {
    multiplyStarted(job, min(ROWS, whole - r), from, panels, packed, to, outputRow, bias);
  }
  if (left == 0) return;
  copyLast(a + row * (firstRow + whole), job.depth, row, left, spare);
  multiplyStarted(job, left, spare, panels, packed, products, productRowBytes(job), bias);
  to = output + outputRow * whole;
  for (let r = 0; r < left; r++) {
    memory.copy(to + outputRow * r, products + productRowBytes(job) * r, <usize>panels << 5);
  }
}

function multiplyStarted(
  job: ProductJob,
  rows: i32,
  from: usize,
  panels: i32,
  packed: usize,
  to: usize,
  toRow: usize,
  bias: usize,
): void {
  const row = <usize>job.depth << 2;
  for (let p: usize = 0; p < <usize>panels; p++) {
    const panel = packed + panelBytes(job) * p;
    multiplyPanelFrom(rows, job.depth, from, row, panel, to + (p << 5), toRow, bias + (p << 5), endOf(job));
  }
}

/** Copies the last rows of a factor to where there may be one more: products read whole pairs of rows. */
function copyLast(from: usize, depth: i32, row: usize, rows: i32, to: usize): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(to + <usize>(r * depth) * 4, from + row * r, <usize>depth << 2);
  }
  if (rows & 1) memory.fill(to + <usize>(rows * depth) * 4, 0, <usize>depth << 2);
}

// @ts-ignore: decorator
@inline
function matrixBytes(rows: i32, columns: i32): usize {
  return (<usize>rows * columns) << 2;
}

function multiplyRows(
  job: ProductJob,
  depth: i32,
  rows: i32,
  from: usize,
  spare: usize,
  panels: i32,
  packed: usize,
  c: usize,
  add: bool,
): void {
  const row = <usize>job.depth << 2;
  const productRow = productRowBytes(job);
  const whole = rows & ~3;
  const left = rows - whole;
  copyLast(from + row * whole, depth, row, left, spare);
  for (let p = 0; p < panels; p++) {
    const panel = packed + panelBytes(job) * p;
    const to = c + (<usize>p << 5);
    if (whole > 0) multiplyPanel(whole, depth, from, row, panel, to, productRow, add);
    const last = to + productRow * whole;
    // A row by itself meets four panels at once, as long as there are four.
    if (left == 1 && p < (panels & -QUAD)) {
      if (p % QUAD == 0) multiplyRow(QUAD, depth, spare, panel, panelBytes(job), last, add, 0, LINEAR);
    } else if (left > 0) multiplyPanel(left, depth, spare, <usize>depth << 2, panel, last, productRow, add);
  }
}

function multiplyQuads(
  job: ProductJob,
  depth: i32,
  rows: i32,
  packedRows: usize,
  panels: i32,
  packed: usize,
  c: usize,
  add: bool,
): void {
  const productRow = productRowBytes(job);
  for (let p = 0; p < panels; p++) {
    const panel = packed + panelBytes(job) * p;
    let quad = packedRows;
    let to = c + (<usize>p << 5);
    for (let r = 0; r < rows; r += QUAD) {
      multiplyTransposed(depth, quad, 16, panel, 32, to, productRow, add);
      quad += quadBytes(job);
      to += productRow * QUAD;
    }
  }
}

/**
 * Packs rows `k` and following of some columns of B, [depth, columns], into panels; zeros beyond the last column. Four rows at a time fill two
 * lines of a panel; beyond the last row it stands again, where nobody reads.
 */
function packStrip(
  job: ProductJob,
  b: usize,
  k: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  packed: usize,
): void {
  const row = <usize>job.columns << 2;
  const panel = panelBytes(job);
  let from = b + row * k + (<usize>firstColumn << 2);
  for (let left = depth; left > 0; left -= QUAD) {
    let first = from;
    let second = first + (left > 1 ? row : 0);
    let third = second + (left > 2 ? row : 0);
    let fourth = third + (left > 3 ? row : 0);
    let at = packed;
    for (let over = columns; over > 0; over -= PANEL) {
      packEight(first, over, at);
      packEight(second, over, at + 32);
      packEight(third, over, at + 64);
      packEight(fourth, over, at + 96);
      first += 32;
      second += 32;
      third += 32;
      fourth += 32;
      at += panel;
    }
    from += row * QUAD;
    packed += 128;
  }
}

/** Eight numbers of a row, or as many as there are and zeros. */
// @ts-ignore: decorator
@inline
function packEight(from: usize, over: i32, to: usize): void {
  if (over < PANEL) {
    packLast(from, over, to);
    return;
  }
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
}

function packLast(from: usize, over: i32, to: usize): void {
  v128.store(to, loadLanes(from, over));
  v128.store(to, loadLanes(from + 16, over - 4), 16);
}

/** The same of B as it lies turned, [columns, depth]. */
function packTurned(
  job: ProductJob,
  b: usize,
  k: i32,
  depth: i32,
  firstColumn: i32,
  columns: i32,
  packed: usize,
): void {
  const row = <usize>job.depth << 2;
  const whole = depth & ~3;
  for (let first = 0; first < columns; first += QUAD) {
    const lanes = min(QUAD, columns - first);
    const from = b + row * (firstColumn + first) + (<usize>k << 2);
    const to = packed + panelBytes(job) * (first / PANEL) + ((first & QUAD) << 2);
    // Beyond the last column its own numbers stand again, and go into sums that nobody reads.
    const second = from + (lanes > 1 ? row : 0);
    const third = from + (lanes > 2 ? row * 2 : 0);
    const fourth = from + (lanes > 3 ? row * 3 : 0);
    for (let at = 0; at < whole; at += 4) {
      const source = <usize>at << 2;
      transposeQuarter(from + source, second + source, third + source, fourth + source, to + (<usize>at << 5));
    }
    for (let at = whole; at < depth; at++) {
      const source = <usize>at << 2;
      const target = to + (<usize>at << 5);
      store<f32>(target, load<f32>(from + source));
      store<f32>(target, load<f32>(second + source), 4);
      store<f32>(target, load<f32>(third + source), 8);
      store<f32>(target, load<f32>(fourth + source), 12);
    }
  }
}

/** Packs rows of A as it lies turned, [depth, rows], four side by side; zeros beyond the last. */
function packQuads(
  job: ProductJob,
  a: usize,
  k: i32,
  depth: i32,
  firstRow: i32,
  rows: i32,
  packed: usize,
): void {
  const row = <usize>job.rows << 2;
  const quad = quadBytes(job);
  let from = a + row * k + (<usize>firstRow << 2);
  let to = packed;
  for (let left = depth; left > 0; left--) {
    let at = to;
    for (let r = 0; r < rows; r += QUAD) {
      v128.store(at, loadLanes(from + (<usize>r << 2), rows - r));
      at += quad;
    }
    from += row;
    to += 16;
  }
}
