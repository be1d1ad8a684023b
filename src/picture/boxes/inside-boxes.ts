import { cropOf, type Size } from '../input-crop';
import type { Boxes } from './boxes';

/**
 * What of a network's input lies in boxes: a pixel is inside where its centre is, and the one in the middle of a box always, so that no box is
 * lost between pixels.
 * @param size of the picture that the boxes were drawn on
 * @param input height x width of the network's input
 * @returns row-major, 1 inside
 */
export function insideBoxes({ boxes }: Boxes, size: Size, input: Size): Uint8Array {
  const crop = cropOf(size, input);
  const inside = new Uint8Array(input.width * input.height);
  const column = (x: number) => ((x - crop.left) / crop.width) * input.width;
  const row = (y: number) => ((y - crop.top) / crop.height) * input.height;
  for (const { left, top, right, bottom } of boxes) {
    const columns = pixelsBetween(column(left), column(right), input.width);
    const rows = pixelsBetween(row(top), row(bottom), input.height);
    for (let y = rows.first; y <= rows.last; y++) {
      inside.fill(1, y * input.width + columns.first, y * input.width + columns.last + 1);
    }
  }
  return inside;
}

/** Pixels whose centres lie between two edges, or the one in the middle; none where all that lies outside. */
function pixelsBetween(from: number, to: number, count: number): { first: number; last: number } {
  let [first, last] = [Math.ceil(from - 0.5), Math.ceil(to - 0.5) - 1];
  if (last < first) first = last = Math.floor((from + to) / 2);
  return { first: Math.max(0, first), last: Math.min(count - 1, last) };
}
