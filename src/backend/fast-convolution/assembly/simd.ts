/** a * b + c, rounded once where the engine has relaxed SIMD and the machine a fused instruction. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const RELU6: i32 = 2;

/** Four values after an activation. */
// @ts-ignore: decorator
@inline
export function activate(value: v128, activation: i32): v128 {
  if (activation == LINEAR) return value;
  // `pmax` and `pmin` are one instruction each where `max` and `min` are seven; NaN stays NaN.
  const positive = f32x4.pmax(value, f32x4.splat(0));
  return activation == RELU ? positive : f32x4.pmin(positive, f32x4.splat(6));
}

/** Four values of a gradient before the activation whose output stands `gate` bytes further on. */
// @ts-ignore: decorator
@inline
export function loadGated(address: usize, gate: usize, activation: i32): v128 {
  const value = v128.load(address);
  if (activation == LINEAR) return value;
  const output = v128.load(address + gate);
  const open = v128.and(value, f32x4.gt(output, f32x4.splat(0)));
  return activation == RELU ? open : v128.and(open, f32x4.lt(output, f32x4.splat(6)));
}

/** Copies whole vectors of a gradient through a gate; see `loadGated`. Each kind of gate has a loop of its own. */
export function copyGated(from: usize, bytes: usize, gate: usize, activation: i32, to: usize): void {
  const end = from + bytes;
  if (activation == RELU) {
    for (; from < end; from += 16, to += 16) v128.store(to, loadGated(from, gate, RELU));
  } else if (activation == RELU6) {
    for (; from < end; from += 16, to += 16) v128.store(to, loadGated(from, gate, RELU6));
  } else {
    memory.copy(to, from, bytes);
  }
}

/** Stores the first `lanes` values of a vector. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(to, value);
    return;
  }
  v128.store32_lane(to, value, 0);
  if (lanes > 1) v128.store32_lane(to, value, 1, 4);
  if (lanes > 2) v128.store32_lane(to, value, 2, 8);
}

/** Stores four vectors in rows `step` bytes apart, each of which holds one number of each. */
// @ts-ignore: decorator
@inline
export function storeTurned(s0: v128, s1: v128, s2: v128, s3: v128, to: usize, step: usize): void {
  const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(to + step, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(to + step * 2, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(to + step * 3, v128.shuffle<f64>(high01, high23, 1, 3));
}

/**
 * Reads a number of every line, so that the lines are in the caches when their turn comes: WebAssembly has no instruction for it. Some at a time,
 * between blocks of products: all of them wait together, and what is multiplied meanwhile does not wait for them.
 * @param to where something goes that depends on them, or nobody would read
 */
export function readAhead(from: usize, end: usize, to: usize): void {
  let seen = f32x4.splat(0);
  for (; from < end; from += 64) seen = v128.or(seen, v128.load(from));
  v128.store(to, seen);
}

/** Adds the bias and the row of a map, if there are any, applies the activation and stores a row of sums. May read 12 bytes more. */
export function finishRow(
  from: usize,
  count: i32,
  bias: usize,
  activation: i32,
  to: usize,
  summand: usize = 0,
): void {
  for (let c = 0; c < count; c += 4) {
    let value = v128.load(from);
    if (bias != 0) {
      value = f32x4.add(value, v128.load(bias));
      bias += 16;
    }
    if (summand != 0) {
      value = f32x4.add(value, v128.load(summand));
      summand += 16;
    }
    storeLanes(to, activate(value, activation), count - c);
    from += 16;
    to += 16;
  }
}

/** The first numbers of a vector, as many as there are, and zeros. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, lanes: i32): v128 {
  if (lanes >= 4) return v128.load(from);
  let value = f32x4.splat(0);
  if (lanes > 0) value = v128.load32_lane(from, value, 0);
  if (lanes > 1) value = v128.load32_lane(from, value, 1, 4);
  if (lanes > 2) value = v128.load32_lane(from, value, 2, 8);
  return value;
}

// @ts-ignore: decorator
@inline
export function sumOfLanes(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** Fills memory with zeros, up to twelve bytes more than it is asked to; @returns the end of what it is asked to fill. */
// @ts-ignore: decorator
@inline
export function clear(to: usize, bytes: usize): usize {
  // Few bytes at a time: `memory.fill` is a call out of WebAssembly.
  const end = to + bytes;
  for (; to < end; to += 16) v128.store(to, f32x4.splat(0));
  return end;
}
