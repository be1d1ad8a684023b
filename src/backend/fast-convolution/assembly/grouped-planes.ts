import { Axis, GroupedJob } from './grouped-job';
import { LINEAR, activate, multiplyAdd, storeTurned } from './simd';

/**
 * Groups of four output channels and at most as many input channels, whose places lie side by side in steps of one. A panel of eight output channels would stay half empty.
 * So a row of a group is laid out channel by channel, and a vector holds one channel of four places: each weight is multiplied with all of
 * them, and four output channels of eight places are computed at once.
 */

const CHANNELS: i32 = 4;
const PLACES: i32 = 4;

/** Numbers of a channel of a row as it is laid out. */
function planeOf(across: i32): i32 {
  return (across + PLACES - 1) & -PLACES;
}

/** Numbers of so many rows of one group, and behind several of them what transposing four channels writes there. */
export function planesOf(job: GroupedJob, down: i32, across: i32): i32 {
  const planes = down * (job.inChannels / job.groups) + (down > 1 ? CHANNELS : 0);
  return planes * planeOf(across);
}

/** A row of one group, [channels, columns], of its pixels. What transposing writes behind it is filled later. */
export function turnRow(from: usize, across: i32, deep: i32, to: usize): void {
  const own = <usize>deep << 2;
  const plane = <usize>planeOf(across) << 2;
  for (let x = 0; x < across; x += PLACES, from += own * PLACES, to += PLACES << 2) {
    storeTurned(
      v128.load(from),
      v128.load(from + own),
      v128.load(from + own * 2),
      v128.load(from + own * 3),
      to,
      plane,
    );
  }
}

/** Sums of one group at all places of a band. */
export function multiplyPlanes(
  job: GroupedJob,
  picture: i32,
  group: i32,
  rows: Axis,
  columns: Axis,
  firstRow: i32,
  lastRow: i32,
  filter: usize,
  map: usize,
): void {
  const deep = job.inChannels / job.groups;
  const plane = <usize>planeOf(columns.reach(columns.positions)) << 2;
  const lines = rows.taps * deep;
  const taps = lines > 0 ? columns.taps : 0;
  const step = <usize>(columns.step * job.outChannels) << 2;
  const last = columns.positions - PLACES;
  for (let row = firstRow; row < lastRow; row++, map += plane * deep * rows.placeStep) {
    const y = (picture * job.outHeight + rows.first + row * rows.step) * job.outWidth + columns.first;
    const output = job.output + (<usize>(y * job.outChannels + group * CHANNELS) << 2);
    for (let x = 0; x < columns.positions; x += 2 * PLACES) {
      // The last places of a row are computed once more where they do not fill a vector.
      const left = min(x, last);
      const right = min(x + PLACES, last);
      eightPlaces(
        map + (<usize>left << 2),
        map + (<usize>right << 2),
        lines,
        taps,
        plane,
        filter,
        output + <usize>left * step,
        output + <usize>right * step,
        step,
        job.activation,
      );
    }
  }
}

function eightPlaces(
  left: usize,
  right: usize,
  lines: i32,
  taps: i32,
  plane: usize,
  filter: usize,
  leftOutput: usize,
  rightOutput: usize,
  step: usize,
  activation: i32,
): void {
  let l0 = v128.load32_splat(filter);
  let l1 = v128.load32_splat(filter, 4);
  let l2 = v128.load32_splat(filter, 8);
  let l3 = v128.load32_splat(filter, 12);
  let r0 = l0;
  let r1 = l1;
  let r2 = l2;
  let r3 = l3;
  let b = filter + 32;
  const gap = right - left;
  const bytes = <usize>lines << 5;
  for (; taps > 0; taps--) {
    const end = b + bytes;
    let from = left;
    do {
      const a0 = v128.load(from);
      const a1 = v128.load(from + gap);
      from += plane;
      const b0 = v128.load32_splat(b);
      l0 = multiplyAdd(a0, b0, l0);
      r0 = multiplyAdd(a1, b0, r0);
      const b1 = v128.load32_splat(b, 4);
      l1 = multiplyAdd(a0, b1, l1);
      r1 = multiplyAdd(a1, b1, r1);
      const b2 = v128.load32_splat(b, 8);
      l2 = multiplyAdd(a0, b2, l2);
      r2 = multiplyAdd(a1, b2, r2);
      const b3 = v128.load32_splat(b, 12);
      l3 = multiplyAdd(a0, b3, l3);
      r3 = multiplyAdd(a1, b3, r3);
      b += 32;
    } while (b < end);
    left += 4;
  }
  finish(l0, l1, l2, l3, leftOutput, step, activation);
  finish(r0, r1, r2, r3, rightOutput, step, activation);
}

/** Stores four channels of four places behind their activation. */
function finish(
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  to: usize,
  step: usize,
  activation: i32,
): void {
  if (activation != LINEAR) {
    s0 = activate(s0, activation);
    s1 = activate(s1, activation);
    s2 = activate(s2, activation);
    s3 = activate(s3, activation);
  }
  storeTurned(s0, s1, s2, s3, to, step);
}
