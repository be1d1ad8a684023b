import { multiplyAdd, storeTurned, sumOfLanes } from './simd';

/**
 * A sum of a map's channels, each with a weight of its own: the mean of its gradient. The host writes this record into memory, 32 bits a
 * field, in this order; addresses are bytes from the start of memory. First every task adds up the gradients of some places, then every
 * task makes some places of the sum.
 */
// @ts-ignore: decorator
@unmanaged
export class ChannelSumJob {
  places: i32;
  channels: i32;
  /** Places of a task. */
  block: i32;
  /** Tasks that added gradients up. */
  parts: i32;
  /** [places, channels], both of them. */
  map: usize;
  gradient: usize;
  /** Sums of the parts, [parts, channels rounded up to 4]. */
  sums: usize;
  /** [places] */
  output: usize;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

// @ts-ignore: decorator
@inline
function lanesOf(job: ChannelSumJob): usize {
  return <usize>((job.channels + 3) & ~3) << 2;
}

/** Bytes of a block of four sums of four numbers. */
const BLOCK: usize = 64;

/** Bytes of scratch memory each thread needs for the second part: the weights, and a block of sums. */
export function channelSumScratchBytes(job: ChannelSumJob): i32 {
  return <i32>(lanesOf(job) + BLOCK);
}

/** Adds up the gradients of some places, channel by channel. */
export function gradientSumsTask(job: ChannelSumJob, task: i32): void {
  const first = task * job.block;
  const places = min(job.places, first + job.block) - first;
  const row = <usize>job.channels << 2;
  const lanes = lanesOf(job);
  const from = job.gradient + row * first;
  const to = job.sums + lanes * task;
  let lane: usize = 0;
  // A cache line of channels at a time.
  for (; lane + 64 <= row; lane += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at = from + lane, left = places; left > 0; left--, at += row) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    v128.store(to + lane, s0);
    v128.store(to + lane, s1, 16);
    v128.store(to + lane, s2, 32);
    v128.store(to + lane, s3, 48);
  }
  for (; lane < row; lane += 16) {
    let s0 = f32x4.splat(0);
    for (let at = from + lane, left = places; left > 0; left--, at += row) s0 = f32x4.add(s0, v128.load(at));
    v128.store(to + lane, s0);
  }
}

/** Some places of relu(sum over the channels of weight times map). */
export function channelSumTask(job: ChannelSumJob, task: i32, thread: i32): void {
  const weights = job.scratch + <usize>thread * job.scratchBytes;
  const row = <usize>job.channels << 2;
  const lanes = lanesOf(job);
  const share = f32x4.splat(1 / <f32>job.places);
  for (let lane: usize = 0; lane < lanes; lane += 16) {
    let sum = v128.load(job.sums + lane);
    for (let part = 1; part < job.parts; part++) sum = f32x4.add(sum, v128.load(job.sums + lanes * part + lane));
    v128.store(weights + lane, f32x4.mul(sum, share));
  }
  const whole = <usize>(job.channels & ~3) << 2;
  const last = min(job.places, (task + 1) * job.block);
  let place = task * job.block;
  if ((row & 31) == 0) {
    for (; place + 4 <= last; place += 4) {
      const to = job.output + (<usize>place << 2);
      v128.store(to, fourPlaces(job.map + row * place, row, weights, weights + lanes));
    }
  }
  for (; place < last; place++) {
    const from = job.map + row * place;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let at: usize = 0;
    for (; at + 32 <= whole; at += 32) {
      s0 = multiplyAdd(v128.load(from + at), v128.load(weights + at), s0);
      s1 = multiplyAdd(v128.load(from + at, 16), v128.load(weights + at, 16), s1);
    }
    if (at < whole) s0 = multiplyAdd(v128.load(from + at), v128.load(weights + at), s0);
    let sum = sumOfLanes(f32x4.add(s0, s1));
    for (at = whole; at < row; at += 4) sum += load<f32>(from + at) * load<f32>(weights + at);
    // NaN stays NaN.
    store<f32>(job.output + (<usize>place << 2), sum < 0 ? 0 : sum);
  }
}

/**
 * The sums of four places, a row of so many bytes each, of pairs of vectors; as each would be summed by itself.
 * @param between room for a block of numbers
 */
// @ts-ignore: decorator
@inline
function fourPlaces(first: usize, row: usize, weights: usize, between: usize): v128 {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let a = first;
  let b = a + row;
  let c = b + row;
  let d = c + row;
  let weight = weights;
  const end = weights + row;
  do {
    const w0 = v128.load(weight);
    const w1 = v128.load(weight, 16);
    weight += 32;
    a0 = multiplyAdd(v128.load(a), w0, a0);
    a1 = multiplyAdd(v128.load(a, 16), w1, a1);
    a += 32;
    b0 = multiplyAdd(v128.load(b), w0, b0);
    b1 = multiplyAdd(v128.load(b, 16), w1, b1);
    b += 32;
    c0 = multiplyAdd(v128.load(c), w0, c0);
    c1 = multiplyAdd(v128.load(c, 16), w1, c1);
    c += 32;
    d0 = multiplyAdd(v128.load(d), w0, d0);
    d1 = multiplyAdd(v128.load(d, 16), w1, d1);
    d += 32;
  } while (weight < end);
  storeTurned(f32x4.add(a0, a1), f32x4.add(b0, b1), f32x4.add(c0, c1), f32x4.add(d0, d1), between, 16);
  const low = f32x4.add(v128.load(between), v128.load(between, 16));
  const high = f32x4.add(v128.load(between, 32), v128.load(between, 48));
  // NaN stays NaN.
  return f32x4.pmax(f32x4.add(low, high), f32x4.splat(0));
}
