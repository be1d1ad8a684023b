import { WalkJob, placeA, placeB, walkOn, walkTo } from './walk';

/** Copies by strides: numbers of `a` to those of `b`, `operation` bytes each. */

// @ts-ignore: decorator
@inline
function copyNumber(bytes: i32, from: usize, to: usize): void {
  if (bytes == 4) store<i32>(to, load<i32>(from));
  else store<u8>(to, load<u8>(from));
}

/** Bytes from which on a run is copied by one instruction, which takes a call. */
const LONG_RUN: i32 = 256;

function copyRow(bytes: i32, from: usize, stepFrom: i32, to: usize, stepTo: i32, count: i32): void {
  if (stepFrom == bytes && stepTo == bytes) {
    const whole = count * bytes;
    if (whole >= LONG_RUN) {
      memory.copy(to, from, whole);
      return;
    }
    let at = 0;
    for (; at + 16 <= whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at + 4 <= whole; at += 4) store<i32>(to + at, load<i32>(from + at));
    for (; at < whole; at++) store<u8>(to + at, load<u8>(from + at));
    return;
  }
  if (bytes == 4 && stepFrom == 0 && stepTo == 4) {
    const value = v128.load32_splat(from);
    for (; count >= 4; count -= 4, to += 16) v128.store(to, value);
  }
  for (; count > 0; count--) {
    copyNumber(bytes, from, to);
    from += stepFrom;
    to += stepTo;
  }
}

/** One task: some pieces of rows. */
export function copyTask(job: WalkJob, task: i32, thread: i32): void {
  const scratch = job.scratch + <usize>thread * job.scratchBytes;
  const bytes = job.operation;
  let unit = task * job.together;
  const last = min(job.units, unit + job.together);
  let piece = unit % job.pieces;
  walkTo(job, scratch, unit / job.pieces);
  for (; unit < last; unit++) {
    const first = piece * job.piece;
    const from = job.a + placeA(scratch) + <usize>(first * job.stepA);
    const to = job.b + placeB(scratch) + <usize>(first * job.stepB);
    copyRow(bytes, from, job.stepA, to, job.stepB, min(job.length - first, job.piece));
    if (++piece == job.pieces) {
      piece = 0;
      walkOn(job, scratch);
    }
  }
}

/** Rows of a band that is turned at once: numbers of a cache line. */
const BAND: i32 = 16;

/**
 * Turns planes: the row's numbers lie side by side in `b`, those of the last axis in front of it in `a`. One piece is a band of that axis, so
 * `table` ends before it; `output` holds its length and `piece` its step in b.
 */
export function turnTask(job: WalkJob, task: i32, thread: i32): void {
  const scratch = job.scratch + <usize>thread * job.scratchBytes;
  const across = <i32>job.output;
  const stepTo = <usize>job.piece;
  const stepFrom = <usize>job.stepA;
  let unit = task * job.together;
  const last = min(job.units, unit + job.together);
  let band = unit % job.pieces;
  walkTo(job, scratch, unit / job.pieces);
  for (; unit < last; unit++) {
    const first = band * BAND;
    const from = job.a + placeA(scratch) + (<usize>first << 2);
    const to = job.b + placeB(scratch) + <usize>first * stepTo;
    turnBand(from, stepFrom, to, stepTo, min(BAND, across - first), job.length);
    if (++band == job.pieces) {
      band = 0;
      walkOn(job, scratch);
    }
  }
}

/** to[j][i] = from[i][j] for j of `across` and i of `length`. */
function turnBand(from: usize, stepFrom: usize, to: usize, stepTo: usize, across: i32, length: i32): void {
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const row = from + <usize>i * stepFrom;
    const column = to + (<usize>i << 2);
    let j = 0;
    for (; j + 4 <= across; j += 4) {
      const source = row + (<usize>j << 2);
      const a = v128.load(source);
      const b = v128.load(source + stepFrom);
      const c = v128.load(source + stepFrom * 2);
      const d = v128.load(source + stepFrom * 3);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const AB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const CD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      let target = column + <usize>j * stepTo;
      v128.store(target, v128.shuffle<i64>(ab, cd, 0, 2));
      target += stepTo;
      v128.store(target, v128.shuffle<i64>(ab, cd, 1, 3));
      target += stepTo;
      v128.store(target, v128.shuffle<i64>(AB, CD, 0, 2));
      target += stepTo;
      v128.store(target, v128.shuffle<i64>(AB, CD, 1, 3));
    }
    for (; j < across; j++) {
      for (let k = 0; k < 4; k++) {
        const value = load<i32>(row + <usize>k * stepFrom + (<usize>j << 2));
        store<i32>(column + <usize>j * stepTo + (<usize>k << 2), value);
      }
    }
  }
  for (; i < length; i++) {
    for (let j = 0; j < across; j++) {
      const value = load<i32>(from + <usize>i * stepFrom + (<usize>j << 2));
      store<i32>(to + <usize>j * stepTo + (<usize>i << 2), value);
    }
  }
}
