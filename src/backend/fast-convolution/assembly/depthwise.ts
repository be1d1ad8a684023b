import { Windows } from './patches-job';
import { LINEAR, activate, copyGated, loadGated, multiplyAdd, storeLanes } from './simd';

/**
 * A depthwise convolution of one output for each channel, or its gradient towards the input: then `input` is the gradient
 * of the output and `output` that of the input. One task is some rows of the output.
 *
 * Both are the same walk. Outputs whose places are congruent modulo the stride of a gradient meet the same taps (forward all of them do);
 * from one to the next of these the window moves by so many places of the input, and within it taps lie evenly apart. Four such outputs
 * are summed at once, so that a weight is read once for four, and where three taps stand in a row, a number of the input once for all of them.
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

/*
 * A thread's scratch memory: the rows of a window, each a pair of addresses, of the input and of the weights; and where rows are framed
 * those of the input that a window spans, with zeros at both ends: row i in place i modulo their number, after the numbers
 * of the rows that stand there.
 */
const PAIR: usize = 8;

/** Greatest place of the input, in rows or columns, that outputs of one axis read beyond its end; 0 where there is none. */
function placesBehind(job: DepthwiseJob): i32 {
  if (!job.turned) {
    const last = (job.outWidth - 1) * job.strideWidth - job.padLeft + (job.kernelWidth - 1) * job.dilationWidth;
    return max(0, last - job.inWidth + 1);
  }
  return max(0, (job.outWidth - 1 + job.padLeft) / job.strideWidth - job.inWidth + 1);
}

/** How far the window of the first output reaches before the first column. */
function placesBefore(job: DepthwiseJob): i32 {
  if (!job.turned) return max(0, job.padLeft);
  return max(0, (job.kernelWidth - 1) * job.dilationWidth - job.padLeft);
}

/** Rows of the input that a window spans. */
// @ts-ignore: decorator
@inline
function span(job: DepthwiseJob): i32 {
  return (job.kernelHeight - 1) * job.dilationHeight + 1;
}

/** Bytes of a gated row with its zeros, and a vector more for the last channels. */
// @ts-ignore: decorator
@inline
function framedRowBytes(job: DepthwiseJob): i32 {
  return ((placesBefore(job) + job.inWidth + placesBehind(job)) * job.inChannels + 7) << 2;
}

/** Bytes of scratch memory each thread needs for a job. */
export function depthwiseScratchBytes(job: DepthwiseJob): i32 {
  const table = job.kernelHeight * <i32>PAIR;
  return isFramed(job) ? table + span(job) * (4 + framedRowBytes(job)) : table;
}

/**
 * Whether rows of the input are copied between zeros: then no output is at a border, and a gate is passed once. A window that moves by
 * more than one column reads hardly any number twice.
 */
// @ts-ignore: decorator
@inline
function isFramed(job: DepthwiseJob): bool {
  return job.gateActivation != LINEAR || job.turned != 0 || job.strideWidth == 1;
}

/** One task: some rows. */
export function depthwiseTask(job: DepthwiseJob, task: i32, thread: i32): void {
  const table = job.scratch + <usize>thread * job.scratchBytes;
  const numbers = table + <usize>job.kernelHeight * PAIR;
  const spanned = span(job);
  const rows = numbers + (<usize>spanned << 2);
  const framed = isFramed(job);
  const pixel = <usize>job.outChannels << 2;
  const before = framed ? placesBefore(job) : 0;
  const framedRow = framed ? <usize>framedRowBytes(job) : 0;
  const line = pixel * job.inWidth;
  const tapLine = pixel * job.kernelWidth;
  const last = min(job.batch * job.outHeight, (task + 1) * job.rows);
  if (framed) {
    for (let i = 0; i < spanned; i++) {
      store<i32>(numbers + (<usize>i << 2), -1);
      const empty = rows + framedRow * i;
      memory.fill(empty, 0, pixel * before);
      memory.fill(empty + pixel * before + line, 0, framedRow - pixel * before - line);
    }
  }
  for (let row = task * job.rows; row < last; row++) {
    const y = row % job.outHeight;
    const firstOfMap = (row / job.outHeight) * job.inHeight;
    let end = table;
    for (let r = 0; r < job.kernelHeight; r++) {
      const i = placeOf(job.turned, y, r, job.strideHeight, job.dilationHeight, job.padTop, job.inHeight);
      if (i < 0) continue;
      let from = job.input + <usize>(firstOfMap + i) * line;
      if (framed) {
        const place = (firstOfMap + i) % spanned;
        const to = rows + framedRow * place + pixel * before;
        if (load<i32>(numbers + (<usize>place << 2)) != firstOfMap + i) {
          store<i32>(numbers + (<usize>place << 2), firstOfMap + i);
          frameRow(job, from, line, to);
        }
        from = to;
      }
      store<usize>(end, from);
      store<usize>(end, job.filter + <usize>r * tapLine, 4);
      end += PAIR;
    }
    outputRow(job, table, end, job.output + <usize>row * job.outWidth * pixel);
  }
}

/** Place of the input that a tap reads, or -1 for none. */
// @ts-ignore: decorator
@inline
function placeOf(turned: i32, at: i32, tap: i32, stride: i32, dilation: i32, pad: i32, size: i32): i32 {
  const place = turned ? at + pad - tap * dilation : at * stride - pad + tap * dilation;
  if (!turned || stride == 1) return place < size ? place : -1;
  if (place < 0 || place % stride != 0) return -1;
  return place / stride < size ? place / stride : -1;
}

/** Copies a row, behind its gate where there is one, and nothing more. */
function frameRow(job: DepthwiseJob, from: usize, bytes: usize, to: usize): void {
  const gate = job.gate - job.input;
  const whole = bytes & ~15;
  copyGated(from, whole, gate, job.gateActivation, to);
  if (whole < bytes) {
    storeLanes(to + whole, loadGated(from + whole, gate, job.gateActivation), <i32>(bytes - whole) >> 2);
  }
}

/**
 * One row of the output, class by class.
 * @param table rows of the window up to `end`
 */
function outputRow(job: DepthwiseJob, table: usize, end: usize, to: usize): void {
  const pixel = <usize>job.outChannels << 2;
  const framed = isFramed(job);
  const classes = job.turned ? job.strideWidth : 1;
  // Of a gradient: taps of a class lie `apart` from each other.
  let apart = 1;
  if (job.turned) while ((apart * job.dilationWidth) % job.strideWidth != 0) apart++;
  for (let first = 0; first < classes && first < job.outWidth; first++) {
    const outputs = (job.outWidth - first + classes - 1) / classes;
    let taps = job.kernelWidth;
    let tapStep = job.dilationWidth;
    let place = -job.padLeft;
    let move = job.strideWidth;
    let weight = 0;
    let weightStep = 1;
    if (job.turned) {
      let tap = 0;
      while (tap < job.kernelWidth && (first + job.padLeft - tap * job.dilationWidth) % classes != 0) tap++;
      taps = (job.kernelWidth - tap + apart - 1) / apart;
      tapStep = (job.dilationWidth * apart) / classes;
      // From the last tap to the first, so that places of the input go up.
      weight = tap + (taps - 1) * apart;
      weightStep = -apart;
      place = (first + job.padLeft - weight * job.dilationWidth) / classes;
      move = 1;
    }
    let x = 0;
    let inside = outputs;
    if (!framed) {
      while (x < outputs && place + x * move < 0) x++;
      inside = x;
      while (inside < outputs && place + inside * move + (taps - 1) * tapStep < job.inWidth) inside++;
      for (let k = 0; k < x; k++) {
        border(job, table, end, place + k * move, taps, tapStep, weight, weightStep, to + pixel * (first + k * classes));
      }
    }
    const tapBytes = pixel * tapStep;
    const moveBytes = pixel * move;
    const weightBytes = pixel * weightStep;
    const outBytes = pixel * classes;
    const weightAt = pixel * weight;
    // The last four may overlap with those before: they are summed once more, to the same numbers.
    const fours = inside - x >= 4 ? inside : x;
    for (; x < fours; x += 4) {
      x = min(x, fours - 4);
      const at = pixel * (place + x * move);
      const out = to + pixel * (first + x * classes);
      if (taps > 0 && taps <= 3 && move == 1 && tapStep == 1) {
        fourByOne(job, table, end, at, taps, weightAt, weightBytes, out, outBytes);
      } else if (taps == 3 && move == 2 && tapStep == 1) {
        fourByTwo(job, table, end, at, weightAt, weightBytes, out, outBytes);
      } else {
        fourPlaces(job, table, end, at, moveBytes, taps, tapBytes, weightAt, weightBytes, out, outBytes);
      }
    }
    for (; x < outputs; x++) {
      const out = to + pixel * (first + x * classes);
      if (framed) onePlace(job, table, end, pixel * (place + x * move), taps, tapBytes, weightAt, weightBytes, out);
      else border(job, table, end, place + x * move, taps, tapStep, weight, weightStep, out);
    }
  }
}

/** An output at a border, of the taps that meet the input: the first one would read the column `place`. */
function border(
  job: DepthwiseJob,
  table: usize,
  end: usize,
  place: i32,
  taps: i32,
  tapStep: i32,
  weight: i32,
  weightStep: i32,
  to: usize,
): void {
  while (taps > 0 && place < 0) {
    place += tapStep;
    weight += weightStep;
    taps--;
  }
  while (taps > 0 && place + (taps - 1) * tapStep >= job.inWidth) taps--;
  const pixel = <usize>job.outChannels << 2;
  onePlace(job, table, end, pixel * place, taps, pixel * tapStep, pixel * weight, pixel * weightStep, to);
}

/**
 * All channels of one output.
 * @param at bytes from the beginning of a row to its first tap; the next ones lie `tapBytes` apart
 * @param weightAt bytes from the weights of a row of the window to those of that tap; the next ones lie `weightBytes` apart
 */
function onePlace(
  job: DepthwiseJob,
  table: usize,
  end: usize,
  at: usize,
  taps: i32,
  tapBytes: usize,
  weightAt: usize,
  weightBytes: usize,
  to: usize,
): void {
  const channels = job.outChannels;
  const activation = job.activation;
  for (let c = 0; c < channels; c += 4) {
    const lane = <usize>c << 2;
    let sum = biasOf(job, lane);
    for (let row = table; row < end; row += PAIR) {
      let x = load<usize>(row) + at + lane;
      let w = load<usize>(row, 4) + weightAt + lane;
      for (let s = 0; s < taps; s++) {
        sum = multiplyAdd(v128.load(x), v128.load(w), sum);
        x += tapBytes;
        w += weightBytes;
      }
    }
    storeLanes(to + lane, activate(sum, activation), channels - c);
  }
}

/** All channels of four outputs, which lie `outBytes` apart and read the input `moveBytes` apart; see `onePlace`. */
function fourPlaces(
  job: DepthwiseJob,
  table: usize,
  end: usize,
  at: usize,
  moveBytes: usize,
  taps: i32,
  tapBytes: usize,
  weightAt: usize,
  weightBytes: usize,
  to: usize,
  outBytes: usize,
): void {
  const channels = job.outChannels;
  for (let c = 0; c < channels; c += 4) {
    const lane = <usize>c << 2;
    let s0 = biasOf(job, lane);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let row = table; row < end; row += PAIR) {
      let x = load<usize>(row) + at + lane;
      let w = load<usize>(row, 4) + weightAt + lane;
      for (let s = 0; s < taps; s++) {
        const weight = v128.load(w);
        s0 = multiplyAdd(v128.load(x), weight, s0);
        const x1 = x + moveBytes;
        s1 = multiplyAdd(v128.load(x1), weight, s1);
        const x2 = x1 + moveBytes;
        s2 = multiplyAdd(v128.load(x2), weight, s2);
        s3 = multiplyAdd(v128.load(x2 + moveBytes), weight, s3);
        x += tapBytes;
        w += weightBytes;
      }
    }
    storeFour(job, to + lane, outBytes, s0, s1, s2, s3, channels - c);
  }
}

/** Four outputs that lie side by side, whose windows have three columns or fewer: of three, a stride of two leaves a gradient one or two. */
function fourByOne(
  job: DepthwiseJob,
  table: usize,
  end: usize,
  at: usize,
  taps: i32,
  weightAt: usize,
  weightBytes: usize,
  to: usize,
  outBytes: usize,
): void {
  const channels = job.outChannels;
  const pixel = <usize>channels << 2;
  for (let c = 0; c < channels; c += 4) {
    const lane = <usize>c << 2;
    let s0 = biasOf(job, lane);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let row = table; row < end; row += PAIR) {
      let x = load<usize>(row) + at + lane;
      let w = load<usize>(row, 4) + weightAt + lane;
      const w0 = v128.load(w);
      s0 = multiplyAdd(v128.load(x), w0, s0);
      x += pixel;
      const x1 = v128.load(x);
      s1 = multiplyAdd(x1, w0, s1);
      x += pixel;
      const x2 = v128.load(x);
      s2 = multiplyAdd(x2, w0, s2);
      x += pixel;
      const x3 = v128.load(x);
      s3 = multiplyAdd(x3, w0, s3);
      if (taps == 1) continue;
      w += weightBytes;
      const w1 = v128.load(w);
      s0 = multiplyAdd(x1, w1, s0);
      s1 = multiplyAdd(x2, w1, s1);
      s2 = multiplyAdd(x3, w1, s2);
      x += pixel;
      const x4 = v128.load(x);
      s3 = multiplyAdd(x4, w1, s3);
      if (taps == 2) continue;
      const w2 = v128.load(w + weightBytes);
      s0 = multiplyAdd(x2, w2, s0);
      s1 = multiplyAdd(x3, w2, s1);
      s2 = multiplyAdd(x4, w2, s2);
      s3 = multiplyAdd(v128.load(x + pixel), w2, s3);
    }
    storeFour(job, to + lane, outBytes, s0, s1, s2, s3, channels - c);
  }
}

/** Four outputs whose windows of three columns overlap by one. */
function fourByTwo(
  job: DepthwiseJob,
  table: usize,
  end: usize,
  at: usize,
  weightAt: usize,
  weightBytes: usize,
  to: usize,
  outBytes: usize,
): void {
  const channels = job.outChannels;
  const pixel = <usize>channels << 2;
  for (let c = 0; c < channels; c += 4) {
    const lane = <usize>c << 2;
    let s0 = biasOf(job, lane);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let row = table; row < end; row += PAIR) {
      let x = load<usize>(row) + at + lane;
      const w = load<usize>(row, 4) + weightAt + lane;
      const w0 = v128.load(w);
      const w1 = v128.load(w + weightBytes);
      const w2 = v128.load(w + weightBytes + weightBytes);
      s0 = multiplyAdd(v128.load(x), w0, s0);
      x += pixel;
      s0 = multiplyAdd(v128.load(x), w1, s0);
      x += pixel;
      const x2 = v128.load(x);
      s0 = multiplyAdd(x2, w2, s0);
      s1 = multiplyAdd(x2, w0, s1);
      x += pixel;
      s1 = multiplyAdd(v128.load(x), w1, s1);
      x += pixel;
      const x4 = v128.load(x);
      s1 = multiplyAdd(x4, w2, s1);
      s2 = multiplyAdd(x4, w0, s2);
      x += pixel;
      s2 = multiplyAdd(v128.load(x), w1, s2);
      x += pixel;
      const x6 = v128.load(x);
      s2 = multiplyAdd(x6, w2, s2);
      s3 = multiplyAdd(x6, w0, s3);
      x += pixel;
      s3 = multiplyAdd(v128.load(x), w1, s3);
      s3 = multiplyAdd(v128.load(x + pixel), w2, s3);
    }
    storeFour(job, to + lane, outBytes, s0, s1, s2, s3, channels - c);
  }
}

// @ts-ignore: decorator
@inline
function biasOf(job: DepthwiseJob, lane: usize): v128 {
  return job.bias != 0 ? v128.load(job.bias + lane) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function storeFour(
  job: DepthwiseJob,
  to: usize,
  outBytes: usize,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  lanes: i32,
): void {
  const activation = job.activation;
  storeLanes(to, activate(s0, activation), lanes);
  to += outBytes;
  storeLanes(to, activate(s1, activation), lanes);
  to += outBytes;
  storeLanes(to, activate(s2, activation), lanes);
  storeLanes(to + outBytes, activate(s3, activation), lanes);
}
