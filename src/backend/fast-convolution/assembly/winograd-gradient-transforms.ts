import { multiplyAdd, storeLanes } from './simd';
import { A, A2, B, B2, SCALE_A, SCALE_B } from './winograd-transforms';
import { IN_TILE, OUT_TILE } from './winograd-job';

// The gradient of F(4 x 4, 3 x 3) towards its filter. With y = A^T ((G g G^T) * (B^T d B)) A it is
// G^T ((A dy A^T) * (B^T d B)) G, summed over all tiles between the transforms. Scales of A are left to G^T.

/** A y of four values without the scales, stored from `to` on at distances of `step`. */
// @ts-ignore: decorator
@inline
function changeTransform(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, step: usize): void {
  v128.store(to, y0);
  to += step;
  const evenA = multiplyAdd(y2, f32x4.splat(A2), y0);
  const oddA = multiplyAdd(y3, f32x4.splat(A2 * A), f32x4.mul(y1, f32x4.splat(A)));
  v128.store(to, f32x4.add(evenA, oddA));
  to += step;
  v128.store(to, f32x4.sub(evenA, oddA));
  to += step;
  const evenB = multiplyAdd(y2, f32x4.splat(B2), y0);
  const oddB = multiplyAdd(y3, f32x4.splat(B2 * B), f32x4.mul(y1, f32x4.splat(B)));
  v128.store(to, f32x4.add(evenB, oddB));
  to += step;
  v128.store(to, f32x4.sub(evenB, oddB));
  to += step;
  v128.store(to, y3);
}

/**
 * A dy A^T of one tile that lies inside its map, without the scales.
 * @param from first position of the tile; rows and pixels lie `rowStride` and `pixelStride` bytes apart
 * @param channels a multiple of 4, or what is written behind the last is of no account
 * @param to row of the tile in the first plane
 * @param between 384 bytes of scratch memory
 */
export function changeTile(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  channels: i32,
  to: usize,
  planeStride: usize,
  between: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    let top = from + (<usize>c << 2);
    let column = between;
    for (let s = 0; s < OUT_TILE; s++) {
      changeTransform(
        v128.load(top),
        v128.load(top + rowStride),
        v128.load(top + rowStride * 2),
        v128.load(top + rowStride * 3),
        column,
        OUT_TILE << 4,
      );
      column += 16;
      top += pixelStride;
    }
    let plane = to + (<usize>c << 2);
    let row = between;
    for (let r = 0; r < IN_TILE; r++) {
      changeTransform(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        plane,
        planeStride,
      );
      row += OUT_TILE << 4;
      plane += planeStride * IN_TILE;
    }
  }
}

// @ts-ignore: decorator
@inline
function scaled(value: v128, scale: f32): v128 {
  return f32x4.mul(value, f32x4.splat(scale));
}

/** First value of G^T u with the scales that A left out; the others are alike. */
// @ts-ignore: decorator
@inline
function first(u0: v128, sumA: v128, sumB: v128): v128 {
  return multiplyAdd(sumA, f32x4.splat(SCALE_A * B), multiplyAdd(sumB, f32x4.splat(SCALE_B * A), u0));
}

// @ts-ignore: decorator
@inline
function second(gapA: v128, gapB: v128): v128 {
  return multiplyAdd(gapA, f32x4.splat(SCALE_A), scaled(gapB, SCALE_B));
}

// @ts-ignore: decorator
@inline
function third(sumA: v128, sumB: v128, u5: v128): v128 {
  return multiplyAdd(sumA, f32x4.splat(SCALE_A * A), multiplyAdd(sumB, f32x4.splat(SCALE_B * B), u5));
}

/**
 * G^T u G for four output channels of one input channel.
 * @param from these channels in the first plane of sums
 * @param to the gradient at [0, 0] of these channels; its nine positions lie `tapStride` bytes apart
 * @param lanes how many of the four channels there are
 * @param between 288 bytes of scratch memory
 */
export function filterGradientTile(
  from: usize,
  planeStride: usize,
  to: usize,
  tapStride: usize,
  lanes: i32,
  between: usize,
): void {
  for (let s = 0; s < IN_TILE; s++) {
    const at = from + planeStride * s;
    const u0 = v128.load(at);
    const u1 = v128.load(at + planeStride * IN_TILE);
    const u2 = v128.load(at + planeStride * (IN_TILE * 2));
    const u3 = v128.load(at + planeStride * (IN_TILE * 3));
    const u4 = v128.load(at + planeStride * (IN_TILE * 4));
    const u5 = v128.load(at + planeStride * (IN_TILE * 5));
    const column = between + (s << 4);
    const sumA = f32x4.add(u1, u2);
    const sumB = f32x4.add(u3, u4);
    v128.store(column, first(u0, sumA, sumB));
    v128.store(column, second(f32x4.sub(u1, u2), f32x4.sub(u3, u4)), 96);
    v128.store(column, third(sumA, sumB, u5), 192);
  }
  for (let r = 0; r < 3; r++) {
    const row = between + r * 96;
    const u1 = v128.load(row, 16);
    const u2 = v128.load(row, 32);
    const u3 = v128.load(row, 48);
    const u4 = v128.load(row, 64);
    const sumA = f32x4.add(u1, u2);
    const sumB = f32x4.add(u3, u4);
    storeLanes(to, first(v128.load(row), sumA, sumB), lanes);
    storeLanes(to + tapStride, second(f32x4.sub(u1, u2), f32x4.sub(u3, u4)), lanes);
    storeLanes(to + tapStride * 2, third(sumA, sumB, v128.load(row, 80)), lanes);
    to += tapStride * 3;
  }
}
