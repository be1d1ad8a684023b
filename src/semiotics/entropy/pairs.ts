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
 * @param torus whether pairs go on over the borders, which no displacement is longer than then; without it only pairs inside the map count
 * @param listed where the places among the counts are put pair by pair, and nothing is counted
 * @returns the number of pairs
 */
export function countPairs(
  map: LevelMap,
  [dx, dy]: Displacement,
  counts: Uint32Array,
  torus = false,
  listed?: Uint32Array,
): number {
  const { levels, width, height, count } = map;
  const first = Math.max(0, -dx);
  const last = width - Math.max(0, dx);
  // Columns, and how far their partners are; those of a torus that go on over the border come behind.
  const spans = [[first, last, dx]];
  if (torus) spans.push(dx < 0 ? [0, first, dx + width] : [last, width, dx - width]);
  const rows = torus ? height : height - dy;
  let pairs = 0;
  for (let y = 0; y < rows; y++) {
    const row = y * width;
    const other = ((y + dy) % height) * width;
    for (const [from, to, step] of spans) {
      const end = row + to;
      const ahead = other - row + step;
      if (listed) {
        for (let i = row + from; i < end; i++) listed[pairs++] = levels[i] * count + levels[i + ahead];
      } else {
        for (let i = row + from; i < end; i++) counts[levels[i] * count + levels[i + ahead]]++;
        pairs += Math.max(0, to - from);
      }
    }
  }
  return pairs;
}
