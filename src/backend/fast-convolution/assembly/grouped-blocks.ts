import { LINEAR, activate, multiplyAdd, storeLanes } from './simd';

/**
 * Sums of one panel at every place of a list. A place is two offsets in bytes, of its window in the map and of its sums in the output;
 * behind the last one it stands three times more, so that four places can always be computed at once.
 * @param lines pieces of a window, `line` bytes apart; 0 where no tap meets it
 * @param depth numbers of a piece
 * @param panel eight numbers that the sums begin with, then [lines, depth, 8]
 * @param lanes of the panel that have output channels
 */
export function multiplyPlaces(
  places: usize,
  last: usize,
  map: usize,
  lines: i32,
  depth: i32,
  line: usize,
  panel: usize,
  output: usize,
  lanes: i32,
  activation: i32,
): void {
  const skipped = line - (<usize>depth << 2);
  const bytes = <usize>depth << 5;
  for (; places < last; places += 32) {
    let a0 = map + load<u32>(places);
    let a1 = map + load<u32>(places, 8);
    let a2 = map + load<u32>(places, 16);
    let a3 = map + load<u32>(places, 24);
    let b = panel + 32;
    let s00 = v128.load(panel);
    let s01 = v128.load(panel, 16);
    let s10 = s00;
    let s11 = s01;
    let s20 = s00;
    let s21 = s01;
    let s30 = s00;
    let s31 = s01;
    for (let left = lines; left > 0; left--) {
      const end = b + bytes;
      do {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        b += 32;
        const f0 = v128.load32_splat(a0);
        a0 += 4;
        s00 = multiplyAdd(f0, b0, s00);
        s01 = multiplyAdd(f0, b1, s01);
        const f1 = v128.load32_splat(a1);
        a1 += 4;
        s10 = multiplyAdd(f1, b0, s10);
        s11 = multiplyAdd(f1, b1, s11);
        const f2 = v128.load32_splat(a2);
        a2 += 4;
        s20 = multiplyAdd(f2, b0, s20);
        s21 = multiplyAdd(f2, b1, s21);
        const f3 = v128.load32_splat(a3);
        a3 += 4;
        s30 = multiplyAdd(f3, b0, s30);
        s31 = multiplyAdd(f3, b1, s31);
      } while (b < end);
      a0 += skipped;
      a1 += skipped;
      a2 += skipped;
      a3 += skipped;
    }
    finish(output + load<u32>(places, 4), s00, s01, lanes, activation);
    finish(output + load<u32>(places, 12), s10, s11, lanes, activation);
    finish(output + load<u32>(places, 20), s20, s21, lanes, activation);
    finish(output + load<u32>(places, 28), s30, s31, lanes, activation);
  }
}

/** Stores a row of one to eight sums behind their activation. */
function finish(to: usize, left: v128, right: v128, lanes: i32, activation: i32): void {
  if (activation != LINEAR) {
    left = activate(left, activation);
    right = activate(right, activation);
  }
  storeLanes(to, left, lanes);
  if (lanes > 4) storeLanes(to + 16, right, lanes - 4);
}
