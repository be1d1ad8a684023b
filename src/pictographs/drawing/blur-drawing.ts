import { scratch } from './coverage';

/**
 * The values blurred by two passes of a box of 2 radius + 1 along each side, zero beyond the edges, in scratch memory `slot`
 * (and the next): near a Gaussian, at a cost that does not grow with the radius.
 */
export function blur(
  values: Float32Array,
  width: number,
  height: number,
  radius: number,
  slot: number,
): Float32Array {
  const length = width * height;
  const result = scratch(slot, length);
  const between = scratch(slot + 1, length);
  for (let row = 0; row < height; row++) {
    slide(values, between, row * width, 1, width, radius);
    slide(between, result, row * width, 1, width, radius);
  }
  for (let column = 0; column < width; column++) {
    slide(result, between, column, width, height, radius);
    slide(between, result, column, width, height, radius);
  }
  return result;
}

function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
): void {
  const share = 1 / (2 * radius + 1);
  let sum = 0;
  for (let i = 0; i < Math.min(radius, count); i++) sum += from[start + i * stride];
  for (let i = 0; i < count; i++) {
    const entering = i + radius;
    const leaving = i - radius - 1;
    if (entering < count) sum += from[start + entering * stride];
    if (leaving >= 0) sum -= from[start + leaving * stride];
    const value = sum * share;
    to[start + i * stride] = value > 0 ? value : 0;
  }
}
