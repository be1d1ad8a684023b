import { put } from './gemm';
import { multiplyAdd } from './simd';

/**
 * C = A^T B for four rows and eight columns of C, or C += A^T B.
 * @param depth number of products in each sum, at least 1
 * @param a first row of A, at the first of these four columns; rows lie `aStride` bytes apart
 * @param b first row of B, at the first of these eight columns; rows lie `bStride` bytes apart
 * @param c first row of C; rows lie `cStride` bytes apart
 */
export function multiplyTransposed(
  depth: i32,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  c: usize,
  cStride: usize,
  add: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += bStride;
    const f0 = v128.load32_splat(a);
    s00 = multiplyAdd(f0, b0, s00);
    s01 = multiplyAdd(f0, b1, s01);
    const f1 = v128.load32_splat(a, 4);
    s10 = multiplyAdd(f1, b0, s10);
    s11 = multiplyAdd(f1, b1, s11);
    const f2 = v128.load32_splat(a, 8);
    s20 = multiplyAdd(f2, b0, s20);
    s21 = multiplyAdd(f2, b1, s21);
    const f3 = v128.load32_splat(a, 12);
    s30 = multiplyAdd(f3, b0, s30);
    s31 = multiplyAdd(f3, b1, s31);
    a += aStride;
  } while (--depth > 0);
  put(c, s00, s01, add);
  c += cStride;
  put(c, s10, s11, add);
  c += cStride;
  put(c, s20, s21, add);
  c += cStride;
  put(c, s30, s31, add);
}
