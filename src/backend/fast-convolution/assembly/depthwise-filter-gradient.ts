import { Windows } from './patches-job';
import { multiplyAdd } from './simd';

/** Gradient of a depthwise convolution of one output for each channel towards its filter. One task is one part of the rows. */
// @ts-ignore: decorator
@unmanaged
export class DepthwiseFilterGradientJob extends Windows {
  /** Gradient of the output, [batch, outHeight, outWidth, channels]. */
  change: usize;
  /** Sums of the parts, [parts, kernelHeight, kernelWidth, channels rounded up to 4]. */
  sums: usize;
  /** Rows of a part, of all pictures' rows one after the other. */
  rows: i32;
}

/** First place whose input, `place * stride + shift`, does not lie before the map. */
// @ts-ignore: decorator
@inline
function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
}

export function depthwiseFilterGradientTask(job: DepthwiseFilterGradientJob, task: i32): void {
  const pixel = <usize>job.outChannels << 2;
  const lanes = <usize>((job.outChannels + 3) & ~3) << 2;
  const taps = job.kernelHeight * job.kernelWidth;
  const sums = job.sums + <usize>(task * taps) * lanes;
  memory.fill(sums, 0, <usize>taps * lanes);
  const last = min(job.batch * job.outHeight, (task + 1) * job.rows);
  for (let row = task * job.rows; row < last; row++) {
    const y = (row % job.outHeight) * job.strideHeight - job.padTop;
    const picture = row / job.outHeight;
    const change = job.change + <usize>row * job.outWidth * pixel;
    for (let r = 0; r < job.kernelHeight; r++) {
      const i = y + r * job.dilationHeight;
      if (i < 0 || i >= job.inHeight) continue;
      const line = job.input + <usize>((picture * job.inHeight + i) * job.inWidth) * pixel;
      for (let s = 0; s < job.kernelWidth; s++) {
        const shift = s * job.dilationWidth - job.padLeft;
        const first = firstInside(shift, job.strideWidth);
        const reach = job.inWidth - 1 - shift;
        if (reach < 0) continue;
        const places = min(job.outWidth - 1, reach / job.strideWidth) - first + 1;
        if (places <= 0) continue;
        addRow(
          line + <usize>(first * job.strideWidth + shift) * pixel,
          pixel * job.strideWidth,
          change + <usize>first * pixel,
          pixel,
          places,
          job.outChannels,
          sums + <usize>(r * job.kernelWidth + s) * lanes,
        );
      }
    }
  }
}

/** Adds the products of a row of the input and one of the change to the sums of one tap. */
function addRow(
  x: usize,
  step: usize,
  dy: usize,
  pixel: usize,
  places: i32,
  channels: i32,
  to: usize,
): void {
  let c = 0;
  for (; c + 16 <= channels; c += 16) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let a = x;
    let b = dy;
    for (let place = 0; place < places; place++) {
      s0 = multiplyAdd(v128.load(a), v128.load(b), s0);
      s1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), s1);
      s2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), s2);
      s3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), s3);
      a += step;
      b += pixel;
    }
    // A row is summed by itself first: long sums would lose digits.
    v128.store(to, f32x4.add(s0, v128.load(to)));
    v128.store(to, f32x4.add(s1, v128.load(to, 16)), 16);
    v128.store(to, f32x4.add(s2, v128.load(to, 32)), 32);
    v128.store(to, f32x4.add(s3, v128.load(to, 48)), 48);
    x += 64;
    dy += 64;
    to += 64;
  }
  for (; c < channels; c += 4) {
    let sum = f32x4.splat(0);
    let a = x;
    let b = dy;
    for (let place = 0; place < places; place++) {
      sum = multiplyAdd(v128.load(a), v128.load(b), sum);
      a += step;
      b += pixel;
    }
    v128.store(to, f32x4.add(sum, v128.load(to)));
    x += 16;
    dy += 16;
    to += 16;
  }
}
