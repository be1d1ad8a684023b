/**
 * Work on two tensors whose axes lie at any distance. The last axis is a row, those in front of it are walked as the digits of a
 * counter. The host writes this record into memory, 32 bits a field, in this order; addresses and steps are bytes. One task is some
 * pieces of rows.
 */
// @ts-ignore: decorator
@unmanaged
export class WalkJob {
  /** Number of the operation, or bytes of a number that is copied. */
  operation: i32;
  a: usize;
  b: usize;
  output: usize;
  /** Axes in front of the row's, [axes, 3]: its length, and its steps in `a` and in `b`. */
  axes: i32;
  table: usize;
  /** Numbers of a row and its steps in `a` and `b`. */
  length: i32;
  stepA: i32;
  stepB: i32;
  /** Numbers of a piece, pieces of a row, of a task and of all rows. */
  piece: i32;
  pieces: i32;
  together: i32;
  units: i32;
  scratch: usize;
  /** Scratch memory of a thread. */
  scratchBytes: i32;
}

// A thread's scratch memory: places in a and in b, two vectors, digits.
const PLACE_A: usize = 0;
const PLACE_B: usize = 4;
export const VECTORS: usize = 16;
const DIGITS: usize = 48;
const ENTRY: usize = 12;

/** Bytes of scratch memory each thread needs for a job. */
export function walkScratchBytes(job: WalkJob): i32 {
  return <i32>DIGITS + (job.axes << 2);
}

// @ts-ignore: decorator
@inline
export function placeA(scratch: usize): usize {
  return load<usize>(scratch, PLACE_A);
}

// @ts-ignore: decorator
@inline
export function placeB(scratch: usize): usize {
  return load<usize>(scratch, PLACE_B);
}

/** Goes to a row. */
export function walkTo(job: WalkJob, scratch: usize, row: i32): void {
  let a: usize = 0;
  let b: usize = 0;
  let left = row;
  for (let axis = job.axes - 1; axis >= 0; axis--) {
    const entry = job.table + <usize>axis * ENTRY;
    const size = load<i32>(entry);
    const digit = left % size;
    left /= size;
    store<i32>(scratch + (<usize>axis << 2), digit, DIGITS);
    a += <usize>digit * load<usize>(entry, 4);
    b += <usize>digit * load<usize>(entry, 8);
  }
  store<usize>(scratch, a, PLACE_A);
  store<usize>(scratch, b, PLACE_B);
}

/** Goes to the next row; after the last comes the first. */
export function walkOn(job: WalkJob, scratch: usize): void {
  let a = placeA(scratch);
  let b = placeB(scratch);
  for (let axis = job.axes - 1; axis >= 0; axis--) {
    const entry = job.table + <usize>axis * ENTRY;
    const size = load<i32>(entry);
    const at = scratch + (<usize>axis << 2);
    const digit = load<i32>(at, DIGITS) + 1;
    a += load<usize>(entry, 4);
    b += load<usize>(entry, 8);
    if (digit < size) {
      store<i32>(at, digit, DIGITS);
      break;
    }
    store<i32>(at, 0, DIGITS);
    a -= <usize>size * load<usize>(entry, 4);
    b -= <usize>size * load<usize>(entry, 8);
  }
  store<usize>(scratch, a, PLACE_A);
  store<usize>(scratch, b, PLACE_B);
}
