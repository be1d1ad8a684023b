import { MapError } from '../semiotics-errors';

/**
 * A closed polygon along the edges of pixels: x0, y0, x1, y1, ... without repeating the first corner. Pixel (x, y) covers
 * the square from (x, y) to (x + 1, y + 1), so that corners are whole numbers and a peak at [x, y] lies at (x + 0.5, y + 0.5).
 */
export type OutlineLoop = Int32Array;

/** Columns and rows of a step east, south, west and north; y grows downwards. */
const STEP_X = [1, 0, -1, 0];
const STEP_Y = [0, 1, 0, -1];
/** The pixels to the left and to the right of the way ahead of a corner, by direction; relative to the corner. */
const LEFT_X = [0, 0, -1, -1];
const LEFT_Y = [-1, 0, 0, -1];

/**
 * The outlines of all signs of a map. Outer loops run clockwise on the screen and holes the other way round, so that the
 * signed areas of a sign's loops (`loopArea`) sum to its pixels, and the rules `evenodd` and `nonzero` fill the same. As
 * signs do, outlines hold together across corners. Time grows as pixels.
 *
 * @param labels height x width, row-major: the id of the sign a pixel lies in, below 0 outside
 * @returns for every id from 0 its loops, in reading order; none where no pixel has the id
 * @throws MapError where the number of labels is not width x height
 */
export function signOutlines(labels: Int32Array, width: number, height: number): OutlineLoop[][] {
  if (labels.length !== width * height) {
    throw new MapError('size', `${width} x ${height} pixels need as many labels, not ${labels.length}.`);
  }
  const outlines: OutlineLoop[][] = [];
  const walked = new Uint8Array(labels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const id = labels[at];
      if (id < 0) continue;
      while (outlines.length <= id) outlines.push([]);
      const isTopEdge = y === 0 || labels[at - width] !== id;
      if (isTopEdge && walked[at] === 0) outlines[id].push(walk(labels, width, height, x, y, walked));
    }
  }
  return outlines;
}

/** Signed area of a loop in pixels: positive for an outer loop, negative for a hole. */
export function loopArea(loop: OutlineLoop): number {
  let twice = 0;
  for (let i = 0; i < loop.length; i += 2) {
    const next = (i + 2) % loop.length;
    twice += loop[i] * loop[next + 1] - loop[next] * loop[i + 1];
  }
  return twice / 2;
}

/** Walks around the sign from the upper left corner of pixel (startX, startY), with the sign on the right hand. */
function walk(
  labels: Int32Array,
  width: number,
  height: number,
  startX: number,
  startY: number,
  walked: Uint8Array,
): OutlineLoop {
  const id = labels[startY * width + startX];
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && labels[y * width + x] === id;
  const corners: number[] = [];
  let x = startX;
  let y = startY;
  let direction = 0;
  do {
    if (direction === 0) walked[y * width + x] = 1;
    x += STEP_X[direction];
    y += STEP_Y[direction];
    const right = (direction + 1) % 4;
    const before = direction;
    if (inside(x + LEFT_X[direction], y + LEFT_Y[direction])) direction = (direction + 3) % 4;
    else if (!inside(x + LEFT_X[right], y + LEFT_Y[right])) direction = right;
    if (direction !== before) corners.push(x, y);
  } while (x !== startX || y !== startY || direction !== 0);
  return Int32Array.from(corners);
}
