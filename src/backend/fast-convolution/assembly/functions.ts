import { loadLanes, multiplyAdd, storeLanes } from './simd';
import { UpdateJob } from './update';

// Functions of single numbers and their gradients. An `UpdateJob`'s `value` is their input, `second` their number.

const GELU: i32 = 0;
const GELU_TANH: i32 = 1;
const SWISH: i32 = 2;
const EXPONENTIAL: i32 = 3;
const ERROR_FUNCTION: i32 = 4;
const NEGATIVE: i32 = 5;
const ABSOLUTE: i32 = 6;
const SIGN: i32 = 7;
const SQUARE: i32 = 8;
const ROOT: i32 = 9;
const INVERSE_ROOT: i32 = 10;
const RECIPROCAL: i32 = 11;
const ROUND: i32 = 12;
const FLOOR: i32 = 13;
const CEILING: i32 = 14;
const LOGARITHM: i32 = 15;
const TANGENT: i32 = 16;
const SIGMOID: i32 = 17;
const SOFTPLUS: i32 = 18;
const ELU: i32 = 19;
const SELU: i32 = 20;
/** With two numbers of their own, `coefficients`. */
const CLIP: i32 = 21;
const LEAKY: i32 = 22;
const STEP: i32 = 23;

// @ts-ignore: decorator
@inline
function splat(value: f32): v128 {
  return f32x4.splat(value);
}

/**
 * What series are made of lies in memory: there one instruction fills a vector with a number, within the code three do, and again for each
 * vector. Of e^x (Moshier's Cephes, expf): log2(e), log(2) in two parts, what the powers from 7 to 2 are multiplied by, what pushes a number's
 * whole part to the lowest bits, with the bias that an exponent has, 1, and the bound where numbers lose their digits.
 */
const POWER_TERMS = memory.data<f32>([
  1.4426950408889634, 0.693359375, -2.1219444e-4, 1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2,
  1.6666665459e-1, 5.0000001201e-1, 12583039, 1, -87.3,
]);
/**
 * Of the error function, by the quotient of two polynomials that Eigen and XLA use: the one above, the one below, and the bounds;
 * then the root of a half, and a half.
 */
const ERROR_TERMS = memory.data<f32>([
  -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5, -7.34990630326855e-4,
  -2.95459980854025e-3, -1.60960333262415e-2, -1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3,
  -7.37332916720468e-3, -1.42647390514189e-2, 3.832506856900711, -3.832506856900711, 0.7071067811865476, 0.5,
]);

// @ts-ignore: decorator
@inline
function term(series: usize, which: usize): v128 {
  return v128.load32_splat(series + (which << 2));
}

/** e^r for r near 0, but for the 1 it begins with. */
// @ts-ignore: decorator
@inline
function exponentialSeries(r: v128): v128 {
  let sum = multiplyAdd(term(POWER_TERMS, 3), r, term(POWER_TERMS, 4));
  sum = multiplyAdd(sum, r, term(POWER_TERMS, 5));
  sum = multiplyAdd(sum, r, term(POWER_TERMS, 6));
  sum = multiplyAdd(sum, r, term(POWER_TERMS, 7));
  sum = multiplyAdd(sum, r, term(POWER_TERMS, 8));
  return multiplyAdd(sum, f32x4.mul(r, r), r);
}

/** e^r for a rest r of no more than half of log 2 on either side, within 1e-7 of it. */
// @ts-ignore: decorator
@inline
function exponentialOfRest(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, f32x4.mul(n, term(POWER_TERMS, 1)));
  const r = f32x4.sub(high, f32x4.mul(n, term(POWER_TERMS, 2)));
  return f32x4.add(exponentialSeries(r), term(POWER_TERMS, 10));
}

/** e^x for x of no more than 88; 0 below the bound. */
// @ts-ignore: decorator
@inline
export function fastExponential(x: v128): v128 {
  const pushed = multiplyAdd(x, term(POWER_TERMS, 0), term(POWER_TERMS, 9));
  const rest = exponentialOfRest(x, f32x4.sub(pushed, term(POWER_TERMS, 9)));
  const value = f32x4.mul(rest, i32x4.shl(pushed, 23));
  // Asked so that what is no number stays none.
  return v128.andnot(value, f32x4.lt(x, term(POWER_TERMS, 11)));
}

/** e^x, 0 and infinity only where float32 has nothing else. */
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, splat(-104)), splat(89));
  const n = f32x4.nearest(f32x4.mul(bounded, term(POWER_TERMS, 0)));
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

/** The error function within 5e-7 of it. */
// @ts-ignore: decorator
@inline
function errorFunction(value: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(value, term(ERROR_TERMS, 13)), term(ERROR_TERMS, 12));
  const z = f32x4.mul(x, x);
  let above = multiplyAdd(term(ERROR_TERMS, 0), z, term(ERROR_TERMS, 1));
  above = multiplyAdd(above, z, term(ERROR_TERMS, 2));
  above = multiplyAdd(above, z, term(ERROR_TERMS, 3));
  above = multiplyAdd(above, z, term(ERROR_TERMS, 4));
  above = multiplyAdd(above, z, term(ERROR_TERMS, 5));
  above = multiplyAdd(above, z, term(ERROR_TERMS, 6));
  let below = multiplyAdd(term(ERROR_TERMS, 7), z, term(ERROR_TERMS, 8));
  below = multiplyAdd(below, z, term(ERROR_TERMS, 9));
  below = multiplyAdd(below, z, term(ERROR_TERMS, 10));
  below = multiplyAdd(below, z, term(ERROR_TERMS, 11));
  const quotient = f32x4.div(f32x4.mul(x, above), below);
  // Beyond the bounds it is 1 in float32, which the quotient misses by a digit.
  return v128.bitselect(f32x4.nearest(quotient), quotient, f32x4.ne(x, value));
}

/** Cumulative probability of the normal distribution. */
// @ts-ignore: decorator
@inline
function cumulative(x: v128): v128 {
  const half = term(ERROR_TERMS, 15);
  return multiplyAdd(half, errorFunction(f32x4.mul(x, term(ERROR_TERMS, 14))), half);
}

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const one = term(POWER_TERMS, 10);
  return f32x4.div(one, f32x4.add(one, fastExponential(f32x4.pmin(f32x4.neg(x), splat(88)))));
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

/** The natural logarithm within a digit of it (Moshier's Cephes, logf). */
// @ts-ignore: decorator
@inline
function logarithm(value: v128): v128 {
  const root: f32 = 0.7071067811865476;
  // Numbers that have lost digits are first brought to where they have them.
  const isTiny = f32x4.lt(value, splat(1.17549435e-38));
  const x = v128.bitselect(f32x4.mul(value, splat(8388608)), value, isTiny);
  const bits = i32x4.sub(x, i32x4.splat(0x3f000000));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000));
  const isLow = f32x4.lt(mantissa, splat(root));
  const e = f32x4.sub(
    f32x4.sub(exponent, v128.and(isLow, splat(1))),
    v128.and(isTiny, splat(23)),
  );
  const m = f32x4.sub(f32x4.add(mantissa, v128.and(isLow, mantissa)), splat(1));
  const z = f32x4.mul(m, m);
  let sum = multiplyAdd(splat(7.0376836292e-2), m, splat(-1.151461031e-1));
  sum = multiplyAdd(sum, m, splat(1.1676998740e-1));
  sum = multiplyAdd(sum, m, splat(-1.2420140846e-1));
  sum = multiplyAdd(sum, m, splat(1.4249322787e-1));
  sum = multiplyAdd(sum, m, splat(-1.6668057665e-1));
  sum = multiplyAdd(sum, m, splat(2.0000714765e-1));
  sum = multiplyAdd(sum, m, splat(-2.4999993993e-1));
  sum = multiplyAdd(sum, m, splat(3.3333331174e-1));
  let rest = f32x4.mul(f32x4.mul(sum, m), z);
  rest = multiplyAdd(e, splat(-2.1219444e-4), rest);
  rest = f32x4.sub(rest, f32x4.mul(splat(0.5), z));
  let result = multiplyAdd(e, splat(0.693359375), f32x4.add(m, rest));
  const infinity = splat(<f32>Infinity);
  result = v128.bitselect(value, result, f32x4.eq(value, infinity));
  result = v128.bitselect(f32x4.neg(infinity), result, f32x4.eq(value, splat(0)));
  const isNumber = f32x4.ge(value, splat(0));
  return v128.bitselect(result, splat(<f32>NaN), isNumber);
}

/** log(1 + x) for x from 0 to 1; what the sum loses is made up for (Kahan). */
// @ts-ignore: decorator
@inline
function logarithmOfMore(x: v128): v128 {
  const whole = f32x4.add(splat(1), x);
  const added = f32x4.sub(whole, splat(1));
  const value = f32x4.mul(logarithm(whole), f32x4.div(x, added));
  return v128.bitselect(x, value, f32x4.eq(added, splat(0)));
}

/** e^x - 1 for x below 0. */
// @ts-ignore: decorator
@inline
function exponentialLessOne(x: v128): v128 {
  const far = f32x4.sub(exponential(x), splat(1));
  // Near 0 by the series, whose leading 1 is never added.
  const near = exponentialSeries(x);
  return v128.bitselect(near, far, f32x4.gt(x, splat(-0.34)));
}

/** The hyperbolic tangent (Moshier's Cephes, tanhf). */
// @ts-ignore: decorator
@inline
function hyperbolicTangent(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let sum = multiplyAdd(splat(-5.70498872745e-3), z, splat(2.06390887954e-2));
  sum = multiplyAdd(sum, z, splat(-5.37397155531e-2));
  sum = multiplyAdd(sum, z, splat(1.33314422036e-1));
  sum = multiplyAdd(sum, z, splat(-3.33332819422e-1));
  const near = multiplyAdd(f32x4.mul(sum, z), x, x);
  const power = exponential(f32x4.pmin(f32x4.add(size, size), splat(80)));
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(power, splat(1))));
  const signed = v128.or(far, v128.and(x, splat(-0.0)));
  const value = v128.bitselect(near, signed, f32x4.lt(size, splat(0.625)));
  return v128.bitselect(value, x, f32x4.eq(x, x));
}

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_ALPHA: f32 = 1.6732632423543772;

/** The simple functions, and those that the smooth ones do not share their gradients with. */
// @ts-ignore: decorator
@inline
function plainValueOf(which: i32, x: v128): v128 {
  const zero = splat(0);
  if (which == NEGATIVE) return f32x4.neg(x);
  if (which == ABSOLUTE) return f32x4.abs(x);
  if (which == SIGN) {
    return v128.or(v128.and(f32x4.gt(x, zero), splat(1)), v128.and(f32x4.lt(x, zero), splat(-1)));
  }
  if (which == SQUARE) return f32x4.mul(x, x);
  if (which == ROOT) return f32x4.sqrt(x);
  if (which == INVERSE_ROOT) return f32x4.div(splat(1), f32x4.sqrt(x));
  if (which == RECIPROCAL) return f32x4.div(splat(1), x);
  if (which == ROUND) return f32x4.nearest(x);
  if (which == FLOOR) return f32x4.floor(x);
  if (which == CEILING) return f32x4.ceil(x);
  if (which == LOGARITHM) return logarithm(x);
  if (which == TANGENT) return hyperbolicTangent(x);
  if (which == SIGMOID) return sigmoid(x);
  if (which == SOFTPLUS) {
    const power = exponential(f32x4.neg(f32x4.abs(x)));
    return f32x4.add(f32x4.max(x, zero), logarithmOfMore(power));
  }
  if (which == ELU) return v128.bitselect(x, exponentialLessOne(x), f32x4.ge(x, zero));
  const below = f32x4.mul(splat(SELU_ALPHA), exponentialLessOne(x));
  return f32x4.mul(splat(SELU_SCALE), v128.bitselect(x, below, f32x4.ge(x, zero)));
}

/** Functions with two numbers of their own: the bounds, or the slope or value where x is below 0. */
// @ts-ignore: decorator
@inline
function boundValueOf(which: i32, x: v128, first: v128, second: v128): v128 {
  if (which == CLIP) return f32x4.pmin(f32x4.pmax(x, first), second);
  const isAbove = f32x4.gt(x, splat(0));
  if (which == LEAKY) return v128.bitselect(x, f32x4.mul(x, first), isAbove);
  const value = v128.bitselect(splat(1), first, isAbove);
  return v128.bitselect(value, x, f32x4.eq(x, x));
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
  else if (which == ERROR_FUNCTION) fill(job, task, ERROR_FUNCTION);
  else if (which == NEGATIVE) fillPlain(job, task, NEGATIVE);
  else if (which == ABSOLUTE) fillPlain(job, task, ABSOLUTE);
  else if (which == SIGN) fillPlain(job, task, SIGN);
  else if (which == SQUARE) fillPlain(job, task, SQUARE);
  else if (which == ROOT) fillPlain(job, task, ROOT);
  else if (which == INVERSE_ROOT) fillPlain(job, task, INVERSE_ROOT);
  else if (which == RECIPROCAL) fillPlain(job, task, RECIPROCAL);
  else if (which == ROUND) fillPlain(job, task, ROUND);
  else if (which == FLOOR) fillPlain(job, task, FLOOR);
  else if (which == CEILING) fillPlain(job, task, CEILING);
  else if (which == LOGARITHM) fillPlain(job, task, LOGARITHM);
  else if (which == TANGENT) fillPlain(job, task, TANGENT);
  else if (which == SIGMOID) fillPlain(job, task, SIGMOID);
  else if (which == SOFTPLUS) fillPlain(job, task, SOFTPLUS);
  else if (which == ELU) fillPlain(job, task, ELU);
  else if (which == SELU) fillPlain(job, task, SELU);
  else if (which == CLIP) fillBound(job, task, CLIP);
  else if (which == LEAKY) fillBound(job, task, LEAKY);
  else fillBound(job, task, STEP);
}

// @ts-ignore: decorator
@inline
function fillPlain(job: UpdateJob, task: i32, which: i32): void {
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    storeLanes(job.newValue + at, plainValueOf(which, v128.load(job.value + at)), last - i);
  }
}

// @ts-ignore: decorator
@inline
function fillBound(job: UpdateJob, task: i32, which: i32): void {
  const first = v128.load32_splat(job.coefficients);
  const second = v128.load32_splat(job.coefficients, 4);
  const last = min(job.size, (task + 1) * job.block);
  for (let i = task * job.block; i < last; i += 4) {
    const at = <usize>i << 2;
    storeLanes(job.newValue + at, boundValueOf(which, v128.load(job.value + at), first, second), last - i);
  }
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

/** Puts f(x) in the place of the numbers of a row, for the smooth functions that stand behind dense layers. */
export function bendRow(which: i32, at: usize, count: i32): void {
  if (which == GELU) bend(GELU, at, count);
  else if (which == GELU_TANH) bend(GELU_TANH, at, count);
  else bend(SWISH, at, count);
}

// @ts-ignore: decorator
@inline
function bend(which: i32, at: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4) {
    storeLanes(at, valueOf(which, loadLanes(at, left)), left);
    at += 16;
  }
}
