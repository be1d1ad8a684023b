import { PoolJob } from './pool';
import { storeLanes } from './simd';

/**
 * Gradient of maximum pooling, all of which the first maximum of a window in reading order takes. `input` is that of the
 * pooling, `output` its gradient.
 */
// @ts-ignore: decorator
@unmanaged
export class MaxPoolGradientJob extends PoolJob {
  /** Gradient of the pooled map. */
  change: usize;
  /** Rows of windows of a band, and bands of a picture; no two bands read the same row of the input. */
  bandRows: i32;
  bands: i32;
}

/** One task: one band of one picture, and one chunk of channels. */
export function maxPoolGradientTask(job: MaxPoolGradientJob, task: i32): void {
  const chunks = (job.channels + job.chunk - 1) / job.chunk;
  const firstChannel = (task % chunks) * job.chunk;
  const channels = min(job.channels - firstChannel, job.chunk);
  const band = (task / chunks) % job.bands;
  const picture = task / chunks / job.bands;
  const firstRow = band * job.bandRows;
  const lastRow = min(job.outHeight, firstRow + job.bandRows);
  const pixel = <usize>job.channels << 2;
  const line = pixel * job.inWidth;
  const map = <usize>picture * job.inHeight * line + (<usize>firstChannel << 2);
  const inQuarters =
    job.kernelHeight == 2 &&
    job.kernelWidth == 2 &&
    job.strideHeight == 2 &&
    job.strideWidth == 2 &&
    job.padTop == 0 &&
    job.padLeft == 0 &&
    job.inHeight == job.outHeight * 2 &&
    job.inWidth == job.outWidth * 2;
  if (!inQuarters) {
    // Rows from the band's first window to the next band's.
    const top = band == 0 ? 0 : firstRow * job.strideHeight - job.padTop;
    const bottom = band == job.bands - 1 ? job.inHeight : lastRow * job.strideHeight - job.padTop;
    for (let y = max(0, top); y < min(job.inHeight, bottom); y++) {
      for (let x = 0; x < job.inWidth; x++) {
        clear(job.output + map + <usize>y * line + <usize>x * pixel, channels);
      }
    }
  }
  for (let row = firstRow; row < lastRow; row++) {
    let change =
      job.change +
      (<usize>(picture * job.outHeight + row) * job.outWidth) * pixel +
      (<usize>firstChannel << 2);
    const top = row * job.strideHeight - job.padTop;
    const rows = min(job.inHeight, top + job.kernelHeight) - max(0, top);
    for (let column = 0; column < job.outWidth; column++) {
      const left = column * job.strideWidth - job.padLeft;
      const columns = min(job.inWidth, left + job.kernelWidth) - max(0, left);
      const at = map + <usize>max(0, top) * line + <usize>max(0, left) * pixel;
      if (inQuarters) spreadQuarter(job.input + at, job.output + at, change, channels, pixel, line);
      else if (rows > 0 && columns > 0) {
        spread(job.input + at, job.output + at, change, channels, rows, columns, pixel, line);
      }
      change += pixel;
    }
  }
}

function clear(to: usize, channels: i32): void {
  for (let c = 0; c < channels; c += 4) {
    storeLanes(to, f32x4.splat(0), channels - c);
    to += 16;
  }
}

/** A window of 2 x 2 that shares no place with others. */
// @ts-ignore: decorator
@inline
function spreadQuarter(
  from: usize,
  to: usize,
  change: usize,
  channels: i32,
  pixel: usize,
  line: usize,
): void {
  const gap = to - from;
  for (let c = 0; c < channels; c += 4) {
    const a = v128.load(from);
    const b = v128.load(from + pixel);
    const below = from + line;
    const d = v128.load(below);
    const e = v128.load(below + pixel);
    const dy = v128.load(change);
    const isRight = f32x4.gt(b, a);
    const isRightBelow = f32x4.gt(e, d);
    const upper = v128.bitselect(b, a, isRight);
    const lower = v128.bitselect(e, d, isRightBelow);
    const isBelow = f32x4.gt(lower, upper);
    const ofUpper = v128.andnot(dy, isBelow);
    const ofLower = v128.and(dy, isBelow);
    const lanes = channels - c;
    storeLanes(from + gap, v128.andnot(ofUpper, isRight), lanes);
    storeLanes(from + gap + pixel, v128.and(ofUpper, isRight), lanes);
    storeLanes(below + gap, v128.andnot(ofLower, isRightBelow), lanes);
    storeLanes(below + gap + pixel, v128.and(ofLower, isRightBelow), lanes);
    from += 16;
    change += 16;
  }
}

/** Any window: first the place of its maximum, then the gradient there. */
function spread(
  from: usize,
  to: usize,
  change: usize,
  channels: i32,
  rows: i32,
  columns: i32,
  pixel: usize,
  line: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    let largest = v128.load(from);
    let place = i32x4.splat(0);
    let here = 0;
    for (let r = 0; r < rows; r++) {
      let at = from + <usize>r * line;
      for (let s = 0; s < columns; s++, here++, at += pixel) {
        const value = v128.load(at);
        const isLarger = f32x4.gt(value, largest);
        largest = v128.bitselect(value, largest, isLarger);
        place = v128.bitselect(i32x4.splat(here), place, isLarger);
      }
    }
    const dy = v128.load(change);
    here = 0;
    for (let r = 0; r < rows; r++) {
      let at = to + <usize>r * line;
      for (let s = 0; s < columns; s++, here++, at += pixel) {
        const own = v128.and(dy, i32x4.eq(place, i32x4.splat(here)));
        storeLanes(at, f32x4.add(v128.load(at), own), channels - c);
      }
    }
    from += 16;
    to += 16;
    change += 16;
  }
}
