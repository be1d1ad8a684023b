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
  /** Rows of windows of a band, and bands of a picture. A band fills the rows of the input from its first window to the next band's. */
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
  if (inQuarters) {
    for (let row = firstRow; row < lastRow; row++) {
      let change = changeOf(job, picture, row, firstChannel);
      let at = map + <usize>(row * 2) * line;
      for (let column = 0; column < job.outWidth; column++) {
        spreadQuarter(job.input + at, job.output + at, change, channels, pixel, line);
        at += pixel * 2;
        change += pixel;
      }
    }
    return;
  }
  const ownTop = band == 0 ? 0 : max(0, firstRow * job.strideHeight - job.padTop);
  const ownBottom =
    band == job.bands - 1 ? job.inHeight : min(job.inHeight, lastRow * job.strideHeight - job.padTop);
  for (let y = ownTop; y < ownBottom; y++) {
    for (let x = 0; x < job.inWidth; x++) {
      clear(job.output + map + <usize>y * line + <usize>x * pixel, channels);
    }
  }
  // Windows of the band before reach into its rows.
  const reach = (job.kernelHeight - 1) / job.strideHeight;
  for (let row = max(0, firstRow - reach); row < lastRow; row++) {
    let change = changeOf(job, picture, row, firstChannel);
    const first = row * job.strideHeight - job.padTop;
    const top = max(0, first);
    const rows = min(job.inHeight, first + job.kernelHeight) - top;
    const own = max(0, ownTop - top);
    const ownRows = min(rows, ownBottom - top);
    if (own < ownRows) {
      for (let column = 0; column < job.outWidth; column++, change += pixel) {
        const left = column * job.strideWidth - job.padLeft;
        const columns = min(job.inWidth, left + job.kernelWidth) - max(0, left);
        if (columns <= 0) continue;
        const at = map + <usize>top * line + <usize>max(0, left) * pixel;
        spread(job.input + at, job.output + at, change, channels, rows, columns, own, ownRows, pixel, line);
      }
    }
  }
}

/** Gradient of the first window of a row, at a channel. */
// @ts-ignore: decorator
@inline
function changeOf(job: MaxPoolGradientJob, picture: i32, row: i32, channel: i32): usize {
  const pixel = <usize>job.channels << 2;
  return job.change + (<usize>(picture * job.outHeight + row) * job.outWidth) * pixel + (<usize>channel << 2);
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

/** Any window: first the place of its maximum, then the gradient there, as far as it lies in the rows from `own` up to `ownRows`. */
function spread(
  from: usize,
  to: usize,
  change: usize,
  channels: i32,
  rows: i32,
  columns: i32,
  own: i32,
  ownRows: i32,
  pixel: usize,
  line: usize,
): void {
  const one = i32x4.splat(1);
  for (let c = 0; c < channels; c += 4) {
    let largest = v128.load(from);
    let place = i32x4.splat(0);
    let here = place;
    for (let r = 0; r < rows; r++) {
      let at = from + <usize>r * line;
      for (let s = 0; s < columns; s++) {
        const value = v128.load(at);
        // Places grow, so that the largest of those where a larger value stood is the last.
        place = i32x4.max_s(place, v128.and(here, f32x4.gt(value, largest)));
        largest = f32x4.pmax(largest, value);
        here = i32x4.add(here, one);
        at += pixel;
      }
    }
    const dy = v128.load(change);
    here = i32x4.splat(own * columns);
    const lanes = channels - c;
    for (let r = own; r < ownRows; r++) {
      let at = to + <usize>r * line;
      for (let s = 0; s < columns; s++) {
        storeLanes(at, f32x4.add(v128.load(at), v128.and(dy, i32x4.eq(place, here))), lanes);
        here = i32x4.add(here, one);
        at += pixel;
      }
    }
    from += 16;
    to += 16;
    change += 16;
  }
}
