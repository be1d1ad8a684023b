import { activate, loadGated, storeLanes } from './simd';

/**
 * Elementwise work of a training step. The host writes this record into memory, 32 bits a field, in this order; addresses
 * are bytes from the start of memory. One task is one block of numbers.
 */
// @ts-ignore: decorator
@unmanaged
export class UpdateJob {
  size: i32;
  /** Numbers of a block, a multiple of 4. */
  block: i32;
  value: usize;
  gradient: usize;
  /** Moments of Adam, or velocity and nothing. */
  first: usize;
  second: usize;
  newValue: usize;
  newFirst: usize;
  newSecond: usize;
  /** Numbers of float32, see the tasks. */
  coefficients: usize;
}

// @ts-ignore: decorator
@inline
function coefficient(job: UpdateJob, i: i32): v128 {
  return v128.load32_splat(job.coefficients + (<usize>i << 2));
}

/**
 * Adam. Coefficients: beta1, 1 - beta1, beta2, 1 - beta2, rate / (1 - beta1^t), 1 / (1 - beta2^t), epsilon, what decay leaves
 * of a value.
 */
export function adamTask(job: UpdateJob, task: i32): void {
  const beta1 = coefficient(job, 0);
  const rest1 = coefficient(job, 1);
  const beta2 = coefficient(job, 2);
  const rest2 = coefficient(job, 3);
  const rate = coefficient(job, 4);
  const correction = coefficient(job, 5);
  const epsilon = coefficient(job, 6);
  const kept = coefficient(job, 7);
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    const g = v128.load(job.gradient + at);
    const first = f32x4.add(f32x4.mul(v128.load(job.first + at), beta1), f32x4.mul(g, rest1));
    const second = f32x4.add(
      f32x4.mul(v128.load(job.second + at), beta2),
      f32x4.mul(f32x4.mul(g, g), rest2),
    );
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, correction)), epsilon);
    const step = f32x4.div(f32x4.mul(first, rate), root);
    const value = f32x4.sub(f32x4.mul(v128.load(job.value + at), kept), step);
    const lanes = last - i;
    storeLanes(job.newFirst + at, first, lanes);
    storeLanes(job.newSecond + at, second, lanes);
    storeLanes(job.newValue + at, value, lanes);
  }
}

/** Gradient descent with momentum. Coefficients: momentum, rate, what decay leaves of a value. */
export function descentTask(job: UpdateJob, task: i32): void {
  const momentum = coefficient(job, 0);
  const rate = coefficient(job, 1);
  const kept = coefficient(job, 2);
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    const g = v128.load(job.gradient + at);
    const velocity = f32x4.add(f32x4.mul(v128.load(job.first + at), momentum), g);
    const value = f32x4.sub(f32x4.mul(v128.load(job.value + at), kept), f32x4.mul(velocity, rate));
    storeLanes(job.newFirst + at, velocity, last - i);
    storeLanes(job.newValue + at, value, last - i);
  }
}

/** The gradient in front of an activation: `value` is its output, `second` its number, `newValue` the result. */
export function gateTask(job: UpdateJob, task: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  const gate = job.value - job.gradient;
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    storeLanes(job.newValue + at, loadGated(job.gradient + at, gate, <i32>job.second), last - i);
  }
}

/** An activation: `value` is its input, `second` its number, `newValue` the result. */
export function activateTask(job: UpdateJob, task: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  const activation = <i32>job.second;
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    storeLanes(job.newValue + at, activate(v128.load(job.value + at), activation), last - i);
  }
}

/** `value` where a byte of `first` is not 0, else `gradient`. */
export function selectTask(job: UpdateJob, task: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_splat(job.first + i));
    const isTaken = i32x4.ne(i32x4.extend_low_i16x8_u(bytes), i32x4.splat(0));
    const value = v128.bitselect(v128.load(job.value + at), v128.load(job.gradient + at), isTaken);
    storeLanes(job.newValue + at, value, last - i);
  }
}
