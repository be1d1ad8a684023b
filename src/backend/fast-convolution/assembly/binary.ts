import { storeLanes } from './simd';
import { VECTORS, WalkJob, placeA, placeB, walkOn, walkTo } from './walk';

/** Elementwise on two tensors that broadcast; a step of a row is one number, or none where it is broadcast. */

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const SQUARED_DIFFERENCE: i32 = 6;
const PRELU: i32 = 7;
const ELU_GRADIENT: i32 = 8;
/** From here on the result is a truth value, one byte. */
const EQUAL: i32 = 9;
const NOT_EQUAL: i32 = 10;
const LESS: i32 = 11;
const LESS_EQUAL: i32 = 12;
const GREATER: i32 = 13;
const GREATER_EQUAL: i32 = 14;

// @ts-ignore: decorator
@inline
function combine(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == MAXIMUM) return f32x4.max(a, b);
  if (operation == MINIMUM) return f32x4.min(a, b);
  if (operation == SQUARED_DIFFERENCE) {
    const distance = f32x4.sub(a, b);
    return f32x4.mul(distance, distance);
  }
  if (operation == PRELU) {
    return v128.bitselect(f32x4.mul(a, b), a, f32x4.lt(a, f32x4.splat(0)));
  }
  if (operation == ELU_GRADIENT) {
    const below = f32x4.mul(a, f32x4.add(b, f32x4.splat(1)));
    return v128.bitselect(a, below, f32x4.ge(b, f32x4.splat(0)));
  }
  if (operation == EQUAL) return f32x4.eq(a, b);
  if (operation == NOT_EQUAL) return f32x4.ne(a, b);
  if (operation == LESS) return f32x4.lt(a, b);
  if (operation == LESS_EQUAL) return f32x4.le(a, b);
  if (operation == GREATER) return f32x4.gt(a, b);
  return f32x4.ge(a, b);
}

// @ts-ignore: decorator
@inline
function numbers(operation: i32, a: usize, onA: usize, b: usize, onB: usize, count: i32, to: usize): void {
  for (; count >= 4; count -= 4) {
    v128.store(to, combine(operation, v128.load(a), v128.load(b)));
    a += onA;
    b += onB;
    to += 16;
  }
  if (count > 0) storeLanes(to, combine(operation, v128.load(a), v128.load(b)), count);
}

// @ts-ignore: decorator
@inline
function truths(operation: i32, a: usize, onA: usize, b: usize, onB: usize, count: i32, to: usize): void {
  for (; count > 0; count -= 4) {
    const mask = combine(operation, v128.load(a), v128.load(b));
    const short = i16x8.narrow_i32x4_s(mask, mask);
    const bytes = v128.and(i8x16.narrow_i16x8_s(short, short), i8x16.splat(1));
    if (count >= 4) {
      v128.store32_lane(to, bytes, 0);
    } else {
      v128.store8_lane(to, bytes, 0);
      if (count > 1) v128.store8_lane(to, bytes, 1, 1);
      if (count > 2) v128.store8_lane(to, bytes, 2, 2);
    }
    a += onA;
    b += onB;
    to += 4;
  }
}

function row(operation: i32, a: usize, onA: usize, b: usize, onB: usize, count: i32, to: usize): void {
  if (operation == ADD) numbers(ADD, a, onA, b, onB, count, to);
  else if (operation == SUBTRACT) numbers(SUBTRACT, a, onA, b, onB, count, to);
  else if (operation == MULTIPLY) numbers(MULTIPLY, a, onA, b, onB, count, to);
  else if (operation == DIVIDE) numbers(DIVIDE, a, onA, b, onB, count, to);
  else if (operation == MAXIMUM) numbers(MAXIMUM, a, onA, b, onB, count, to);
  else if (operation == MINIMUM) numbers(MINIMUM, a, onA, b, onB, count, to);
  else if (operation == SQUARED_DIFFERENCE) numbers(SQUARED_DIFFERENCE, a, onA, b, onB, count, to);
  else if (operation == PRELU) numbers(PRELU, a, onA, b, onB, count, to);
  else if (operation == ELU_GRADIENT) numbers(ELU_GRADIENT, a, onA, b, onB, count, to);
  else if (operation == EQUAL) truths(EQUAL, a, onA, b, onB, count, to);
  else if (operation == NOT_EQUAL) truths(NOT_EQUAL, a, onA, b, onB, count, to);
  else if (operation == LESS) truths(LESS, a, onA, b, onB, count, to);
  else if (operation == LESS_EQUAL) truths(LESS_EQUAL, a, onA, b, onB, count, to);
  else if (operation == GREATER) truths(GREATER, a, onA, b, onB, count, to);
  else truths(GREATER_EQUAL, a, onA, b, onB, count, to);
}

/** Four times the number at an address, in scratch memory. */
// @ts-ignore: decorator
@inline
function spread(from: usize, to: usize): usize {
  v128.store(to, v128.load32_splat(from));
  return to;
}

/** One task: some pieces of rows. */
export function binaryTask(job: WalkJob, task: i32, thread: i32): void {
  const scratch = job.scratch + <usize>thread * job.scratchBytes;
  const operation = job.operation;
  const bytes: i32 = operation >= EQUAL ? 0 : 2;
  const onA: usize = job.stepA == 0 ? 0 : 16;
  const onB: usize = job.stepB == 0 ? 0 : 16;
  let unit = task * job.together;
  const last = min(job.units, unit + job.together);
  let at = unit / job.pieces;
  let piece = unit % job.pieces;
  walkTo(job, scratch, at);
  for (; unit < last; unit++) {
    const first = piece * job.piece;
    const count = min(job.length - first, job.piece);
    let a = job.a + placeA(scratch);
    let b = job.b + placeB(scratch);
    a = onA == 0 ? spread(a, scratch + VECTORS) : a + (<usize>first << 2);
    b = onB == 0 ? spread(b, scratch + VECTORS + 16) : b + (<usize>first << 2);
    const to = job.output + (<usize>(at * job.length + first) << bytes);
    row(operation, a, onA, b, onB, count, to);
    if (++piece == job.pieces) {
      piece = 0;
      at++;
      walkOn(job, scratch);
    }
  }
}
