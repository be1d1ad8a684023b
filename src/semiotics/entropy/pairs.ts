import type { LevelMap } from './level-map';

/** A displacement in pixels between the two members of a pair: columns to the right, rows down. */
export type Displacement = readonly [dx: number, dy: number];

/** How neighbours are found: four or eight, and whether opposite borders touch. */
export interface Lattice {
  neighbourhood: 4 | 8;
  torus: boolean;
}

const ROOK: readonly Displacement[] = [
  [1, 0],
  [0, 1],
];
const QUEEN: readonly Displacement[] = [...ROOK, [1, 1], [-1, 1]];

/**
 * One of each two opposite neighbour directions. The opposite direction has the transposed joint histogram, hence the
 * same entropy, so it is never counted.
 */
export function axes(neighbourhood: 4 | 8): readonly Displacement[] {
  return neighbourhood === 8 ? QUEEN : ROOK;
}

/**
 * Adds to `counts[a * map.count + b]` every pair of a pixel of level a and the pixel of level b displaced from it.
 *
 * @param displacement dy must not be negative
 * @param torus whether pairs go on over the borders; without it only pairs inside the map count
 * @returns the number of pairs
 */
export function countPairs(
  map: LevelMap,
  [dx, dy]: Displacement,
  counts: Uint32Array,
  torus = false,
): number {
  if (torus) return countWrapped(map, dx, dy, counts);
  const { levels, width, height, count } = map;
  const first = Math.max(0, -dx);
  const last = width - Math.max(0, dx);
  if (last <= first || height <= dy) return 0;
  const step = dy * width + dx;
  for (let y = 0; y < height - dy; y++) {
    const end = y * width + last;
    for (let i = y * width + first; i < end; i++) {
      counts[levels[i] * count + levels[i + step]]++;
    }
  }
  return (last - first) * (height - dy);
}

function countWrapped(map: LevelMap, dx: number, dy: number, counts: Uint32Array): number {
  const { levels, width, height, count } = map;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const other = ((y + dy) % height) * width;
    for (let x = 0; x < width; x++) {
      const wrapped = (((x + dx) % width) + width) % width;
      counts[levels[row + x] * count + levels[other + wrapped]]++;
    }
  }
  return width * height;
}

/**
 * Lists every pair that `countPairs` counts, by its place among the counts, `a * map.count + b`.
 *
 * @param into at least width x height
 * @returns the number of pairs
 */
export function listPairs(map: LevelMap, [dx, dy]: Displacement, into: Uint32Array, torus = false): number {
  const { levels, width, height, count } = map;
  const [first, last] = torus ? [0, width] : [Math.max(0, -dx), width - Math.max(0, dx)];
  const rows = torus ? height : height - dy;
  const over = torus ? width : 0;
  let pairs = 0;
  for (let y = 0; y < rows; y++) {
    const row = y * width;
    const other = ((y + dy) % height) * width;
    for (let x = first; x < last; x++) {
      const beside = x + dx;
      const column = beside < 0 ? beside + over : beside >= width ? beside - over : beside;
      into[pairs++] = levels[row + x] * count + levels[other + column];
    }
  }
  return pairs;
}
