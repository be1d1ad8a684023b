import { LINEAR, RELU6, activate, multiplyAdd, storeTurned } from './simd';

/** Columns of one packed panel of the right-hand matrix. */
export const PANEL: i32 = 8;
/** Rows of a block: its eight sums wait for one another as long as the multipliers are busy with them, and no longer. */
const ROWS: i32 = 4;
/**
 * Rows of a block where a product is added by one instruction: twelve sums leave the multipliers no gap. With two instructions, or on engines
 * from before relaxed SIMD, they do not fit into the registers and take twice as long.
 */
const MANY_ROWS: i32 = 6;

/** Stores eight numbers of one row of C, or adds them to what stands there. */
// @ts-ignore: decorator
@inline
export function put(c: usize, left: v128, right: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(left, v128.load(c)) : left);
  v128.store(c, add ? f32x4.add(right, v128.load(c, 16)) : right, 16);
}

/** Stores eight sums between the least and the greatest that an activation lets through, or adds them to what stands there. */
// @ts-ignore: decorator
@inline
function putEnded(c: usize, left: v128, right: v128, add: bool, least: v128, greatest: v128): void {
  put(c, f32x4.pmin(f32x4.pmax(left, least), greatest), f32x4.pmin(f32x4.pmax(right, least), greatest), add);
}

/** Stores eight sums with what is added to them, between the least and the greatest that an activation lets through. */
// @ts-ignore: decorator
@inline
function putSummed(c: usize, left: v128, right: v128, summand: usize, least: v128, greatest: v128): void {
  left = f32x4.add(left, v128.load(summand));
  right = f32x4.add(right, v128.load(summand, 16));
  v128.store(c, f32x4.pmin(f32x4.pmax(left, least), greatest));
  v128.store(c, f32x4.pmin(f32x4.pmax(right, least), greatest), 16);
}

/**
 * C = A B for some rows and one panel of eight columns.
 * @param rows 2, 4 or 6, known when this is compiled
 * @param depth number of products of each sum, at least 1
 * @param a first row of A; rows lie `aStride` bytes apart
 * @param b the panel, [depth, 8]
 * @param c first row of C; rows lie `cStride` bytes apart
 * @param add adds the product to C instead
 * @param start eight numbers that the sums of every row begin with, or 0
 * @param activation what sums end behind
 * @param isSummed whether a map is added in front of the activation: `summand` is its first row, and rows lie as those of C
 */
// @ts-ignore: decorator
@inline
function block(
  rows: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  add: bool,
  start: usize,
  activation: i32,
  isSummed: bool = false,
  summand: usize = 0,
): void {
  let a0 = a;
  let a1 = a0 + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let a4 = a3 + aStride;
  let a5 = a4 + aStride;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  if (start != 0) {
    s00 = v128.load(start);
    s01 = v128.load(start, 16);
  }
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  let s40 = s00;
  let s41 = s01;
  let s50 = s00;
  let s51 = s01;
  const end = b + ((<usize>depth) << 5);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += 32;
    const f0 = v128.load32_splat(a0);
    a0 += 4;
    s00 = multiplyAdd(f0, b0, s00);
    s01 = multiplyAdd(f0, b1, s01);
    const f1 = v128.load32_splat(a1);
    a1 += 4;
    s10 = multiplyAdd(f1, b0, s10);
    s11 = multiplyAdd(f1, b1, s11);
    if (rows > 2) {
      const f2 = v128.load32_splat(a2);
      a2 += 4;
      s20 = multiplyAdd(f2, b0, s20);
      s21 = multiplyAdd(f2, b1, s21);
      const f3 = v128.load32_splat(a3);
      a3 += 4;
      s30 = multiplyAdd(f3, b0, s30);
      s31 = multiplyAdd(f3, b1, s31);
    }
    if (rows > 4) {
      const f4 = v128.load32_splat(a4);
      a4 += 4;
      s40 = multiplyAdd(f4, b0, s40);
      s41 = multiplyAdd(f4, b1, s41);
      const f5 = v128.load32_splat(a5);
      a5 += 4;
      s50 = multiplyAdd(f5, b0, s50);
      s51 = multiplyAdd(f5, b1, s51);
    }
  } while (b < end);
  const least = f32x4.splat(activation == LINEAR ? -<f32>Infinity : 0);
  const greatest = f32x4.splat(activation == RELU6 ? 6 : <f32>Infinity);
  if (isSummed) {
    putSummed(c, s00, s01, summand, least, greatest);
    putSummed(c + cStride, s10, s11, summand + cStride, least, greatest);
    if (rows > 2) {
      c += cStride << 1;
      summand += cStride << 1;
      putSummed(c, s20, s21, summand, least, greatest);
      putSummed(c + cStride, s30, s31, summand + cStride, least, greatest);
    }
    return;
  }
  putEnded(c, s00, s01, add, least, greatest);
  c += cStride;
  putEnded(c, s10, s11, add, least, greatest);
  if (rows > 2) {
    c += cStride;
    putEnded(c, s20, s21, add, least, greatest);
    c += cStride;
    putEnded(c, s30, s31, add, least, greatest);
  }
  if (rows > 4) {
    c += cStride;
    putEnded(c, s40, s41, add, least, greatest);
    c += cStride;
    putEnded(c, s50, s51, add, least, greatest);
  }
}

/** Whether the next rows are six, or five and one that may be read: of eight, two fours are faster. */
// @ts-ignore: decorator
@inline
function areMany(rows: i32): bool {
  return ASC_FEATURE_RELAXED_SIMD && rows >= MANY_ROWS - 1 && rows != 2 * ROWS;
}

/**
 * C = A B for any number of rows and one panel, or C += A B. An odd number of rows is rounded up: A must be readable and C
 * writable there.
 */
// @ts-ignore: decorator
@inline
export function multiplyPanel(
  rows: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  add: bool,
): void {
  multiplyPanelFrom(rows, depth, a, aStride, b, c, cStride, 0, LINEAR, add);
}

/**
 * Like `multiplyPanel`, with sums that begin with their bias and end behind their activation: nothing is left to be done with them.
 * @param start eight numbers that the sums of every row begin with, or 0
 */
export function multiplyPanelFrom(
  rows: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  start: usize,
  activation: i32,
  add: bool = false,
): void {
  for (; areMany(rows); rows -= MANY_ROWS) {
    block(6, depth, a, aStride, b, c, cStride, add, start, activation);
    a += aStride * MANY_ROWS;
    c += cStride * MANY_ROWS;
  }
  for (; rows >= ROWS - 1; rows -= ROWS) {
    block(4, depth, a, aStride, b, c, cStride, add, start, activation);
    a += aStride * ROWS;
    c += cStride * ROWS;
  }
  if (rows > 0) block(2, depth, a, aStride, b, c, cStride, add, start, activation);
}

/**
 * Like `multiplyPanelFrom` for fours of rows, with a map that is added to the sums in front of their activation.
 * @param summand first row of the map; rows lie as those of C
 */
export function multiplyPanelOnto(
  rows: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  c: usize,
  cStride: usize,
  start: usize,
  activation: i32,
  summand: usize,
): void {
  for (; rows > 0; rows -= ROWS) {
    block(4, depth, a, aStride, b, c, cStride, false, start, activation, true, summand);
    a += aStride * ROWS;
    c += cStride * ROWS;
    summand += cStride * ROWS;
  }
}

/**
 * One row of C, of up to four panels: alone it takes the time that four rows take, as every sum waits for the one before. Each is summed in
 * the order in which a block sums it.
 * @param panels 1 to 4
 * @param b the first panel; they lie `bStride` bytes apart
 * @param start numbers that the sums begin with, or 0
 */
export function multiplyRow(
  panels: i32,
  depth: i32,
  a: usize,
  b: usize,
  bStride: usize,
  c: usize,
  add: bool,
  start: usize,
  activation: i32,
): void {
  const last = b + bStride * (panels - 1);
  let b1 = min(last, b + bStride);
  let b2 = min(last, b + bStride * 2);
  let b3 = last;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (start != 0) {
    s00 = v128.load(start);
    s01 = v128.load(start, 16);
    // May read beyond the bias, and then the sums go nowhere.
    s10 = v128.load(start, 32);
    s11 = v128.load(start, 48);
    s20 = v128.load(start, 64);
    s21 = v128.load(start, 80);
    const ofLast = start + (<usize>(panels - 1) << 5);
    s30 = v128.load(ofLast);
    s31 = v128.load(ofLast, 16);
  }
  const end = b + (<usize>depth << 5);
  do {
    const f = v128.load32_splat(a);
    a += 4;
    s00 = multiplyAdd(f, v128.load(b), s00);
    s01 = multiplyAdd(f, v128.load(b, 16), s01);
    b += 32;
    s10 = multiplyAdd(f, v128.load(b1), s10);
    s11 = multiplyAdd(f, v128.load(b1, 16), s11);
    b1 += 32;
    s20 = multiplyAdd(f, v128.load(b2), s20);
    s21 = multiplyAdd(f, v128.load(b2, 16), s21);
    b2 += 32;
    s30 = multiplyAdd(f, v128.load(b3), s30);
    s31 = multiplyAdd(f, v128.load(b3, 16), s31);
    b3 += 32;
  } while (b < end);
  // The last panel is the fourth however many there are.
  const ofLast = c + (<usize>(panels - 1) << 5);
  if (panels > 1) put(c, activate(s00, activation), activate(s01, activation), add);
  if (panels > 2) put(c + 32, activate(s10, activation), activate(s11, activation), add);
  if (panels > 3) put(c + 64, activate(s20, activation), activate(s21, activation), add);
  put(ofLast, activate(s30, activation), activate(s31, activation), add);
}

/** Transposes eight rows of eight values, rows 32 bytes apart on both sides. */
export function transposeBlock(from: usize, to: usize): void {
  transposeQuarter(from, from + 32, from + 64, from + 96, to);
  transposeQuarter(from + 16, from + 48, from + 80, from + 112, to + 128);
  transposeQuarter(from + 128, from + 160, from + 192, from + 224, to + 16);
  transposeQuarter(from + 144, from + 176, from + 208, from + 240, to + 144);
}

/** Transposes four rows of four values into rows `step` bytes apart. */
// @ts-ignore: decorator
@inline
export function transposeQuarter(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  to: usize,
  step: usize = 32,
): void {
  storeTurned(v128.load(first), v128.load(second), v128.load(third), v128.load(fourth), to, step);
}
