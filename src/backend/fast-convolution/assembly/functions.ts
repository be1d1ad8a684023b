import { multiplyAdd, storeLanes } from './simd';
import { UpdateJob } from './update';

// Functions of single numbers and their gradients. An `UpdateJob`'s `value` is their input, `second` their number.

const GELU: i32 = 0;
const GELU_TANH: i32 = 1;
const SWISH: i32 = 2;
const EXPONENTIAL: i32 = 3;
const ERROR_FUNCTION: i32 = 4;

// @ts-ignore: decorator
@inline
function splat(value: f32): v128 {
  return f32x4.splat(value);
}

const LOG2E: f32 = 1.4426950408889634;

/** e^r for a rest r of no more than half of log 2 on either side, within 1e-7 of it (Moshier's Cephes, expf). */
// @ts-ignore: decorator
@inline
function exponentialOfRest(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, f32x4.mul(n, splat(0.693359375)));
  const r = f32x4.sub(high, f32x4.mul(n, splat(-2.1219444e-4)));
  let sum = multiplyAdd(splat(1.98756915e-4), r, splat(1.3981999507e-3));
  sum = multiplyAdd(sum, r, splat(8.3334519073e-3));
  sum = multiplyAdd(sum, r, splat(4.1665795894e-2));
  sum = multiplyAdd(sum, r, splat(1.6666665459e-1));
  sum = multiplyAdd(sum, r, splat(5.0000001201e-1));
  return f32x4.add(multiplyAdd(sum, f32x4.mul(r, r), r), splat(1));
}

/** e^x for x of no more than 88; 0 below -87.3, where numbers lose their digits. */
// @ts-ignore: decorator
@inline
export function fastExponential(x: v128): v128 {
  // What is added pushes the whole power of two to the lowest bits, with the bias that an exponent has.
  const magic: f32 = 12583039;
  const pushed = multiplyAdd(x, splat(LOG2E), splat(magic));
  const rest = exponentialOfRest(x, f32x4.sub(pushed, splat(magic)));
  const value = f32x4.mul(rest, i32x4.shl(pushed, 23));
  // Asked so that what is no number stays none.
  return v128.andnot(value, f32x4.lt(x, splat(-87.3)));
}

/** e^x, 0 and infinity only where float32 has nothing else. */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, splat(-104)), splat(89));
  const n = f32x4.nearest(f32x4.mul(bounded, splat(LOG2E)));
  const value = exponentialOfRest(bounded, n);
  // Two powers of two, since one alone may be out of range.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  const rest = i32x4.sub(whole, half);
  return f32x4.mul(f32x4.mul(value, powerOfTwo(half)), powerOfTwo(rest));
}

// @ts-ignore: decorator
@inline
function powerOfTwo(exponent: v128): v128 {
  return i32x4.shl(i32x4.add(exponent, i32x4.splat(127)), 23);
}

/** The error function within 5e-7 of it, by the quotient of two polynomials that Eigen and XLA use. */
// @ts-ignore: decorator
@inline
function errorFunction(value: v128): v128 {
  const bound: f32 = 3.832506856900711;
  const x = f32x4.pmin(f32x4.pmax(value, splat(-bound)), splat(bound));
  // Beyond the bound it is 1 in float32, which the quotient misses by a digit.
  const one = v128.or(v128.and(value, splat(-0.0)), splat(1));
  const z = f32x4.mul(x, x);
  let above = splat(-2.72614225801306e-10);
  above = multiplyAdd(above, z, splat(2.77068142495902e-8));
  above = multiplyAdd(above, z, splat(-2.10102402082508e-6));
  above = multiplyAdd(above, z, splat(-5.69250639462346e-5));
  above = multiplyAdd(above, z, splat(-7.34990630326855e-4));
  above = multiplyAdd(above, z, splat(-2.95459980854025e-3));
  above = multiplyAdd(above, z, splat(-1.60960333262415e-2));
  let below = splat(-1.45660718464996e-5);
  below = multiplyAdd(below, z, splat(-2.13374055278905e-4));
  below = multiplyAdd(below, z, splat(-1.68282697438203e-3));
  below = multiplyAdd(below, z, splat(-7.37332916720468e-3));
  below = multiplyAdd(below, z, splat(-1.42647390514189e-2));
  const quotient = f32x4.div(f32x4.mul(x, above), below);
  return v128.bitselect(one, quotient, f32x4.ge(f32x4.abs(value), splat(bound)));
}

/** Cumulative probability of the normal distribution. */
// @ts-ignore: decorator
@inline
function cumulative(x: v128): v128 {
  return f32x4.mul(splat(0.5), f32x4.add(splat(1), errorFunction(f32x4.mul(x, splat(0.7071067811865476)))));
}

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), fastExponential(f32x4.pmin(f32x4.neg(x), splat(88)))));
}

const TANH_FACTOR: f32 = 0.7978845608028654;
const TANH_CUBIC: f32 = 0.044715;

/** sigmoid(2 f (x + c x^3)), which is (1 + tanh(f (x + c x^3))) / 2. */
// @ts-ignore: decorator
@inline
function bentGate(x: v128): v128 {
  const inner = multiplyAdd(f32x4.mul(f32x4.mul(x, x), splat(TANH_CUBIC)), x, x);
  return sigmoid(f32x4.mul(inner, splat(2 * TANH_FACTOR)));
}

// @ts-ignore: decorator
@inline
function valueOf(which: i32, x: v128): v128 {
  if (which == GELU) return f32x4.mul(x, cumulative(x));
  if (which == GELU_TANH) return f32x4.mul(x, bentGate(x));
  if (which == SWISH) return f32x4.mul(x, sigmoid(x));
  if (which == EXPONENTIAL) return exponential(x);
  return errorFunction(x);
}

// @ts-ignore: decorator
@inline
function slopeOf(which: i32, x: v128): v128 {
  if (which == GELU) {
    const density = f32x4.mul(fastExponential(f32x4.mul(f32x4.mul(x, x), splat(-0.5))), splat(0.3989422804014327));
    return multiplyAdd(x, density, cumulative(x));
  }
  const gate = which == GELU_TANH ? bentGate(x) : sigmoid(x);
  const change = f32x4.mul(gate, f32x4.sub(splat(1), gate));
  if (which == SWISH) return multiplyAdd(x, change, gate);
  const steep = multiplyAdd(f32x4.mul(x, x), splat(6 * TANH_FACTOR * TANH_CUBIC), splat(2 * TANH_FACTOR));
  return multiplyAdd(f32x4.mul(x, steep), change, gate);
}

/** f(x) for a block; a loop of its own for each function, which is known when this is compiled. */
// @ts-ignore: decorator
@inline
function fill(job: UpdateJob, task: i32, which: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    storeLanes(job.newValue + at, valueOf(which, v128.load(job.value + at)), last - i);
  }
}

/** f(x) */
export function functionTask(job: UpdateJob, task: i32): void {
  const which = <i32>job.second;
  if (which == GELU) fill(job, task, GELU);
  else if (which == GELU_TANH) fill(job, task, GELU_TANH);
  else if (which == SWISH) fill(job, task, SWISH);
  else if (which == EXPONENTIAL) fill(job, task, EXPONENTIAL);
  else fill(job, task, ERROR_FUNCTION);
}

/** dy f'(x) for a block. */
// @ts-ignore: decorator
@inline
function fillSlopes(job: UpdateJob, task: i32, which: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    const slope = slopeOf(which, v128.load(job.value + at));
    storeLanes(job.newValue + at, f32x4.mul(v128.load(job.gradient + at), slope), last - i);
  }
}

/** dy f'(x) */
export function slopeTask(job: UpdateJob, task: i32): void {
  const which = <i32>job.second;
  if (which == GELU) fillSlopes(job, task, GELU);
  else if (which == GELU_TANH) fillSlopes(job, task, GELU_TANH);
  else fillSlopes(job, task, SWISH);
}
