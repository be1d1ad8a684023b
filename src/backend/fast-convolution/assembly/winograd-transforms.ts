import { RELU, activate, loadGated, multiplyAdd, storeLanes } from './simd';
import { IN_TILE, OUT_TILE } from './winograd-job';

// F(4 x 4, 3 x 3) after Lavin and Gray (2016) with the points 0, 2/3, -2/3, 3/2, -3/2 and infinity instead of
// 0, 1, -1, 2, -2 and infinity. Signs still pair, so the transforms are as cheap; the error is less than half of
// theirs; and 1/x maps the points onto themselves. Turning a filter maps p to 1/p, so with rows of G scaled to
// [1/p, 1, p] the transform of a turned filter is that of the filter with planes exchanged: one transformed filter serves
// the convolution and its gradient.

export const A: f32 = 2.0 / 3.0;
export const B: f32 = 3.0 / 2.0;
/** a^2, b^2 and their sum. */
export const A2: f32 = 4.0 / 9.0;
export const B2: f32 = 9.0 / 4.0;
const SUM: f32 = 97.0 / 36.0;
/** 1 / (2 a (a^2 - b^2)) and 1 / (2 b (b^2 - a^2)): what scaling the filter left over for the output. */
export const SCALE_A: f32 = -27.0 / 65.0;
export const SCALE_B: f32 = 12.0 / 65.0;

/** Plane of the turned filter at each plane: 0 and infinity change places, and 2/3 and 3/2. */
// @ts-ignore: decorator
@inline
export function turnedPoint(point: i32): i32 {
  return point == 0 ? 5 : point == 5 ? 0 : point < 3 ? point + 2 : point - 2;
}

/** B^T d of six vectors, stored from `to` on at distances of `step`. */
// @ts-ignore: decorator
@inline
function inputTransform(
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  d4: v128,
  d5: v128,
  to: usize,
  step: usize,
): void {
  v128.store(to, multiplyAdd(d2, f32x4.splat(-SUM), f32x4.add(d0, d4)));
  to += step;
  const evenA = multiplyAdd(d2, f32x4.splat(-B2), d4);
  const oddA = multiplyAdd(d1, f32x4.splat(-B), f32x4.mul(d3, f32x4.splat(A)));
  v128.store(to, f32x4.add(evenA, oddA));
  to += step;
  v128.store(to, f32x4.sub(evenA, oddA));
  to += step;
  const evenB = multiplyAdd(d2, f32x4.splat(-A2), d4);
  const oddB = multiplyAdd(d1, f32x4.splat(-A), f32x4.mul(d3, f32x4.splat(B)));
  v128.store(to, f32x4.add(evenB, oddB));
  to += step;
  v128.store(to, f32x4.sub(evenB, oddB));
  to += step;
  v128.store(to, multiplyAdd(d3, f32x4.splat(-SUM), f32x4.add(d1, d5)));
}

// @ts-ignore: decorator
@inline
function inputTile(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  gate: usize,
  gateActivation: i32,
  channels: i32,
  to: usize,
  planeStride: usize,
  between: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    let top = from + ((<usize>c) << 2);
    let column = between;
    for (let s = 0; s < IN_TILE; s++) {
      let at = top;
      const d0 = loadGated(at, gate, gateActivation);
      at += rowStride;
      const d1 = loadGated(at, gate, gateActivation);
      at += rowStride;
      const d2 = loadGated(at, gate, gateActivation);
      at += rowStride;
      const d3 = loadGated(at, gate, gateActivation);
      at += rowStride;
      const d4 = loadGated(at, gate, gateActivation);
      at += rowStride;
      const d5 = loadGated(at, gate, gateActivation);
      inputTransform(d0, d1, d2, d3, d4, d5, column, IN_TILE << 4);
      column += 16;
      top += pixelStride;
    }
    let plane = to + ((<usize>c) << 2);
    let row = between;
    for (let r = 0; r < IN_TILE; r++) {
      inputTransform(
        v128.load(row),
        v128.load(row, 16),
        v128.load(row, 32),
        v128.load(row, 48),
        v128.load(row, 64),
        v128.load(row, 80),
        plane,
        planeStride,
      );
      row += IN_TILE << 4;
      plane += planeStride * IN_TILE;
    }
  }
}

/**
 * B^T d B of one tile that lies inside its map.
 * @param from first position of the tile; rows and pixels lie `rowStride` and `pixelStride` bytes apart
 * @param channels a multiple of 4, or what is written behind the last is of no account
 * @param to row of the tile in the first plane
 * @param between 576 bytes of scratch memory
 */
export function plainInputTile(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  channels: i32,
  to: usize,
  planeStride: usize,
  between: usize,
): void {
  inputTile(from, rowStride, pixelStride, 0, 0, channels, to, planeStride, between);
}

/** The same behind the gate of a ReLU: see `loadGated`. */
export function gatedInputTile(
  from: usize,
  rowStride: usize,
  pixelStride: usize,
  gate: usize,
  channels: i32,
  to: usize,
  planeStride: usize,
  between: usize,
): void {
  inputTile(from, rowStride, pixelStride, gate, RELU, channels, to, planeStride, between);
}

// @ts-ignore: decorator
@inline
function finish(to: usize, sum: v128, toSummand: usize, activation: i32, lanes: i32): void {
  const whole = toSummand == 0 ? sum : f32x4.add(sum, v128.load(to + toSummand));
  storeLanes(to, activate(whole, activation), lanes);
}

/**
 * A^T m A of one tile, with bias and activation, for `channels` channels.
 * @param from row of the tile in the first plane of products
 * @param bias of the first of these channels, or 0; readable up to a whole vector
 * @param to first position of the tile, first of these channels
 * @param toSummand how much further on stands what is added in front of the activation; 0 for nothing
 * @param rows and columns, how many of the tile's positions lie inside the map
 * @param between 384 bytes of scratch memory
 */
export function outputTile(
  from: usize,
  planeStride: usize,
  channels: i32,
  bias: usize,
  activation: i32,
  to: usize,
  toSummand: usize,
  rowStride: usize,
  pixelStride: usize,
  rows: i32,
  columns: i32,
  between: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    const lanes = channels - c;
    let top = from + ((<usize>c) << 2);
    let column = between;
    for (let s = 0; s < IN_TILE; s++) {
      let at = top;
      const m0 = v128.load(at);
      at += planeStride * IN_TILE;
      const m1 = v128.load(at);
      at += planeStride * IN_TILE;
      const m2 = v128.load(at);
      at += planeStride * IN_TILE;
      const m3 = v128.load(at);
      at += planeStride * IN_TILE;
      const m4 = v128.load(at);
      at += planeStride * IN_TILE;
      const m5 = v128.load(at);
      const evenA = f32x4.add(m1, m2);
      const oddA = f32x4.sub(m1, m2);
      const evenB = f32x4.add(m3, m4);
      const oddB = f32x4.sub(m3, m4);
      v128.store(
        column,
        multiplyAdd(evenA, f32x4.splat(SCALE_A), multiplyAdd(evenB, f32x4.splat(SCALE_B), m0)),
      );
      v128.store(
        column,
        multiplyAdd(oddA, f32x4.splat(SCALE_A * A), f32x4.mul(oddB, f32x4.splat(SCALE_B * B))),
        96,
      );
      v128.store(
        column,
        multiplyAdd(evenA, f32x4.splat(SCALE_A * A2), f32x4.mul(evenB, f32x4.splat(SCALE_B * B2))),
        192,
      );
      v128.store(
        column,
        multiplyAdd(
          oddA,
          f32x4.splat(SCALE_A * A2 * A),
          multiplyAdd(oddB, f32x4.splat(SCALE_B * B2 * B), m5),
        ),
        288,
      );
      column += 16;
      top += planeStride;
    }
    const shift = bias == 0 ? f32x4.splat(0) : v128.load(bias + ((<usize>c) << 2));
    let row = between;
    let line = to + ((<usize>c) << 2);
    for (let r = 0; r < rows; r++) {
      const m0 = v128.load(row);
      const m1 = v128.load(row, 16);
      const m2 = v128.load(row, 32);
      const m3 = v128.load(row, 48);
      const m4 = v128.load(row, 64);
      const m5 = v128.load(row, 80);
      const evenA = f32x4.add(m1, m2);
      const oddA = f32x4.sub(m1, m2);
      const evenB = f32x4.add(m3, m4);
      const oddB = f32x4.sub(m3, m4);
      let at = line;
      const y0 = multiplyAdd(
        evenA,
        f32x4.splat(SCALE_A),
        multiplyAdd(evenB, f32x4.splat(SCALE_B), f32x4.add(m0, shift)),
      );
      finish(at, y0, toSummand, activation, lanes);
      if (columns > 1) {
        at += pixelStride;
        const y1 = multiplyAdd(
          oddA,
          f32x4.splat(SCALE_A * A),
          multiplyAdd(oddB, f32x4.splat(SCALE_B * B), shift),
        );
        finish(at, y1, toSummand, activation, lanes);
      }
      if (columns > 2) {
        at += pixelStride;
        const y2 = multiplyAdd(
          evenA,
          f32x4.splat(SCALE_A * A2),
          multiplyAdd(evenB, f32x4.splat(SCALE_B * B2), shift),
        );
        finish(at, y2, toSummand, activation, lanes);
      }
      if (columns > 3) {
        at += pixelStride;
        const y3 = multiplyAdd(
          oddA,
          f32x4.splat(SCALE_A * A2 * A),
          multiplyAdd(oddB, f32x4.splat(SCALE_B * B2 * B), f32x4.add(m5, shift)),
        );
        finish(at, y3, toSummand, activation, lanes);
      }
      line += rowStride;
      row += IN_TILE << 4;
    }
  }
}

/** G g of three values, stored from `to` on at distances of `step`. */
// @ts-ignore: decorator
@inline
function filterTransform(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  v128.store(to, g0);
  to += step;
  const evenA = multiplyAdd(g0, f32x4.splat(B), f32x4.mul(g2, f32x4.splat(A)));
  v128.store(to, f32x4.add(evenA, g1));
  to += step;
  v128.store(to, f32x4.sub(evenA, g1));
  to += step;
  const evenB = multiplyAdd(g0, f32x4.splat(A), f32x4.mul(g2, f32x4.splat(B)));
  v128.store(to, f32x4.add(evenB, g1));
  to += step;
  v128.store(to, f32x4.sub(evenB, g1));
  to += step;
  v128.store(to, g2);
}

/**
 * G g G^T for four output channels of one input channel.
 * @param from the filter at [0, 0] of these channels; its nine positions lie `tapStride` bytes apart
 * @param to where they go in the first plane
 * @param between 288 bytes of scratch memory
 */
export function filterTile(
  from: usize,
  tapStride: usize,
  to: usize,
  planeStride: usize,
  between: usize,
): void {
  for (let s = 0; s < 3; s++) {
    const tap = from + tapStride * s;
    filterTransform(
      v128.load(tap),
      v128.load(tap + tapStride * 3),
      v128.load(tap + tapStride * 6),
      between + (s << 4),
      48,
    );
  }
  for (let r = 0; r < IN_TILE; r++) {
    const row = between + r * 48;
    filterTransform(v128.load(row), v128.load(row, 16), v128.load(row, 32), to, planeStride);
    to += planeStride * IN_TILE;
  }
}
