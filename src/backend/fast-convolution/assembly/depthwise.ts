import { Windows } from './patches-job';
import { LINEAR, RELU, RELU6, activate, loadGated, multiplyAdd, storeLanes } from './simd';

/**
 * A depthwise convolution of one output for each channel, or its gradient towards the input: then `input` is the gradient
 * of the output and `output` that of the input. One task is some rows of the output.
 */
// @ts-ignore: decorator
@unmanaged
export class DepthwiseJob extends Windows {
  /** [kernelHeight, kernelWidth, channels] */
  filter: usize;
  /** 1 for a gradient. */
  turned: i32;
  /** Bias of the channels, or 0. */
  bias: usize;
  activation: i32;
  output: usize;
  /** Rows of a task, of all pictures' rows one after the other. */
  rows: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

// A thread's scratch memory: the taps of a row, and those of a place. Each is a pair, address of the input and of the weights.
const PAIR: usize = 8;

/** Bytes of scratch memory each thread needs for a job. */
export function depthwiseScratchBytes(job: DepthwiseJob): i32 {
  return (job.kernelHeight + job.kernelHeight * job.kernelWidth + 1) * <i32>PAIR;
}

/** Place of the input that a tap reads, or -1 for none. */
// @ts-ignore: decorator
@inline
function placeOf(turned: i32, at: i32, tap: i32, stride: i32, dilation: i32, pad: i32, size: i32): i32 {
  if (!turned) {
    const place = at * stride - pad + tap * dilation;
    return place < size ? place : -1;
  }
  const place = at + pad - tap * dilation;
  if (stride == 1) return place < size ? place : -1;
  if (place < 0 || place % stride != 0) return -1;
  return place / stride < size ? place / stride : -1;
}

/** One task: some rows. */
export function depthwiseTask(job: DepthwiseJob, task: i32, thread: i32): void {
  const ofRow = job.scratch + <usize>thread * job.scratchBytes;
  const ofPlace = ofRow + <usize>job.kernelHeight * PAIR;
  const pixel = <usize>job.outChannels << 2;
  const line = pixel * job.inWidth;
  const tapLine = pixel * job.kernelWidth;
  const last = min(job.batch * job.outHeight, (task + 1) * job.rows);
  for (let row = task * job.rows; row < last; row++) {
    const y = row % job.outHeight;
    const map = job.input + <usize>(row / job.outHeight) * job.inHeight * line;
    let rowEnd = ofRow;
    for (let r = 0; r < job.kernelHeight; r++) {
      const i = placeOf(job.turned, y, r, job.strideHeight, job.dilationHeight, job.padTop, job.inHeight);
      if (i < 0) continue;
      store<usize>(rowEnd, map + <usize>i * line);
      store<usize>(rowEnd, job.filter + <usize>r * tapLine, 4);
      rowEnd += PAIR;
    }
    let to = job.output + <usize>row * job.outWidth * pixel;
    for (let x = 0; x < job.outWidth; x++, to += pixel) {
      let end = ofPlace;
      for (let s = 0; s < job.kernelWidth; s++) {
        const j = placeOf(job.turned, x, s, job.strideWidth, job.dilationWidth, job.padLeft, job.inWidth);
        if (j < 0) continue;
        for (let at = ofRow; at < rowEnd; at += PAIR) {
          store<usize>(end, load<usize>(at) + <usize>j * pixel);
          store<usize>(end, load<usize>(at, 4) + <usize>s * pixel, 4);
          end += PAIR;
        }
      }
      if (job.gateActivation == LINEAR) plainPlace(job, ofPlace, end, to);
      else if (job.gateActivation == RELU) reluPlace(job, ofPlace, end, to);
      else relu6Place(job, ofPlace, end, to);
    }
  }
}

function plainPlace(job: DepthwiseJob, taps: usize, end: usize, to: usize): void {
  place(job, taps, end, to, LINEAR);
}

function reluPlace(job: DepthwiseJob, taps: usize, end: usize, to: usize): void {
  place(job, taps, end, to, RELU);
}

function relu6Place(job: DepthwiseJob, taps: usize, end: usize, to: usize): void {
  place(job, taps, end, to, RELU6);
}

/** All channels of one place, a cache line of them at a time. */
// @ts-ignore: decorator
@inline
function place(job: DepthwiseJob, taps: usize, end: usize, to: usize, gateActivation: i32): void {
  const gate = job.gate - job.input;
  const channels = job.outChannels;
  const activation = job.activation;
  let c = 0;
  for (; c + 16 <= channels; c += 16) {
    const lane = <usize>c << 2;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    if (job.bias != 0) {
      const bias = job.bias + lane;
      s0 = v128.load(bias);
      s1 = v128.load(bias, 16);
      s2 = v128.load(bias, 32);
      s3 = v128.load(bias, 48);
    }
    for (let tap = taps; tap < end; tap += PAIR) {
      const x = load<usize>(tap) + lane;
      const w = load<usize>(tap, 4) + lane;
      s0 = multiplyAdd(loadGated(x, gate, gateActivation), v128.load(w), s0);
      s1 = multiplyAdd(loadGated(x + 16, gate, gateActivation), v128.load(w, 16), s1);
      s2 = multiplyAdd(loadGated(x + 32, gate, gateActivation), v128.load(w, 32), s2);
      s3 = multiplyAdd(loadGated(x + 48, gate, gateActivation), v128.load(w, 48), s3);
    }
    v128.store(to + lane, activate(s0, activation));
    v128.store(to + lane, activate(s1, activation), 16);
    v128.store(to + lane, activate(s2, activation), 32);
    v128.store(to + lane, activate(s3, activation), 48);
  }
  for (; c < channels; c += 4) {
    const lane = <usize>c << 2;
    let sum = job.bias != 0 ? v128.load(job.bias + lane) : f32x4.splat(0);
    for (let tap = taps; tap < end; tap += PAIR) {
      const x = load<usize>(tap) + lane;
      sum = multiplyAdd(loadGated(x, gate, gateActivation), v128.load(load<usize>(tap, 4) + lane), sum);
    }
    storeLanes(to + lane, activate(sum, activation), channels - c);
  }
}
