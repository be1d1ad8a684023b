import type { Matrix, Path } from './path';

/** How much of each pixel of a window an area covers. */
export interface Coverage {
  /** The window in pixels of the surface; it may be empty. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The area's own extent in pixels, beyond the surface's edges too. */
  readonly extent: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  /** height x width shares in [0, 1], row-major; longer than the window, and written again by the next call with the same number. */
  readonly values: Float32Array;
}

const buffers: Float32Array[] = [];

/** Zeros in memory that is kept between calls, for one who is done with them before the next call. */
function createZeros(): (length: number) => Float32Array {
  let kept = new Float32Array(0);
  return (length) => {
    if (kept.length < length) kept = new Float32Array(length);
    else kept.fill(0, 0, length);
    return kept;
  };
}

const zeros = createZeros();

/** Zeroed scratch memory number `slot` of at least `length` values. */
export function scratch(slot: number, length: number): Float32Array {
  if (!buffers[slot] || buffers[slot].length < length) buffers[slot] = new Float32Array(length);
  return buffers[slot];
}

/**
 * The exact area of every pixel of the surface that lies inside the mapped path, by accumulating signed areas along its edges
 * (as in font rasterisers; Levien 2016). `padding` pixels of margin are added to the window on each side, outside the surface
 * as well; `slot` names the scratch memory the result lives in.
 */
export function coverage(
  path: Path,
  matrix: Matrix,
  side: number,
  padding: number,
  slot: number,
  window?: Coverage,
): Coverage {
  const [a, b, c, d, e, f] = matrix;
  const extent = { left: 1e9, top: 1e9, right: -1e9, bottom: -1e9 };
  const mapped: Float64Array[] = [];
  for (const { points } of path) {
    const contour = new Float64Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const x = a * points[i] + c * points[i + 1] + e;
      const y = b * points[i] + d * points[i + 1] + f;
      contour[i] = x;
      contour[i + 1] = y;
      if (x < extent.left) extent.left = x;
      if (x > extent.right) extent.right = x;
      if (y < extent.top) extent.top = y;
      if (y > extent.bottom) extent.bottom = y;
    }
    mapped.push(contour);
  }
  const left = window ? window.left : Math.max(-padding, Math.floor(extent.left) - padding);
  const top = window ? window.top : Math.max(-padding, Math.floor(extent.top) - padding);
  const right = Math.min(side + padding, Math.ceil(extent.right) + padding);
  const bottom = Math.min(side + padding, Math.ceil(extent.bottom) + padding);
  const width = window ? window.width : Math.max(0, right - left);
  const height = window ? window.height : Math.max(0, bottom - top);
  const values = scratch(slot, width * height);
  const result = { left, top, width, height, extent, values };
  if (width === 0 || height === 0) return result;
  const stride = width + 2;
  const accumulator = zeros(stride * height);
  for (let k = 0; k < mapped.length; k++) {
    const contour = mapped[k];
    // All outlines turn one way and holes the other, whatever the drawing or a mirror made of them.
    const forward = signedArea(contour) > 0 !== (path[k].hole ?? false);
    const last = contour.length - 2;
    let x0 = contour[last] - left;
    let y0 = contour[last + 1] - top;
    for (let i = 0; i <= last; i += 2) {
      const x1 = contour[i] - left;
      const y1 = contour[i + 1] - top;
      if (forward) addEdge(accumulator, x0, y0, x1, y1, width, height, stride);
      else addEdge(accumulator, x1, y1, x0, y0, width, height, stride);
      x0 = x1;
      y0 = y1;
    }
  }
  for (let row = 0; row < height; row++) {
    let sum = 0;
    const from = row * stride;
    const to = row * width;
    for (let column = 0; column < width; column++) {
      sum += accumulator[from + column];
      const share = sum < 0 ? -sum : sum;
      // Rounding leaves a trace along each row behind the area.
      values[to + column] = share > 1 ? 1 : share < 0.002 ? 0 : share;
    }
  }
  return result;
}

function signedArea(contour: Float64Array): number {
  let area = 0;
  const last = contour.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    area += contour[j] * contour[i + 1] - contour[i] * contour[j + 1];
  }
  return area;
}

function addEdge(
  values: Float32Array,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  width: number,
  height: number,
  stride: number,
): void {
  if (fromY === toY) return;
  const downward = fromY < toY;
  let y0 = downward ? fromY : toY;
  const y1 = downward ? toY : fromY;
  if (y1 <= 0 || y0 >= height) return;
  let x = downward ? fromX : toX;
  const slope = (toX - fromX) / (toY - fromY);
  if (y0 < 0) {
    x -= y0 * slope;
    y0 = 0;
  }
  const end = y1 < height ? y1 : height;
  const direction = downward ? 1 : -1;
  for (let row = Math.floor(y0); row < end; row++) {
    const upper = y0 > row ? y0 : row;
    const lower = end < row + 1 ? end : row + 1;
    const part = lower - upper;
    const nextX = x + slope * part;
    const area = direction * part;
    // Edges left of the window fill it, edges right of it do not touch it.
    const x0 = clamped(x < nextX ? x : nextX, width);
    const x1 = clamped(x < nextX ? nextX : x, width);
    x = nextX;
    const first = Math.floor(x0);
    const last = Math.ceil(x1);
    const at = row * stride + first;
    if (last <= first + 1) {
      const middle = area * (0.5 * (x0 + x1) - first);
      values[at] += area - middle;
      values[at + 1] += middle;
      continue;
    }
    const steepness = 1 / (x1 - x0);
    const rest = 1 - (x0 - first);
    const before = 0.5 * steepness * rest * rest;
    const over = x1 - last + 1;
    const after = 0.5 * steepness * over * over;
    values[at] += area * before;
    if (last === first + 2) {
      values[at + 1] += area * (1 - before - after);
    } else {
      const second = steepness * (rest + 0.5);
      values[at + 1] += area * (second - before);
      for (let i = 2; i < last - first - 1; i++) values[at + i] += area * steepness;
      const beforeLast = second + (last - first - 3) * steepness;
      values[at + last - first - 1] += area * (1 - beforeLast - after);
    }
    values[at + last - first] += area * after;
  }
}

function clamped(x: number, width: number): number {
  return x < 0 ? 0 : x > width ? width : x;
}
