import { mix } from './dice';

/** Smooth noise in [0, 1] with one feature per unit (value noise on an integer lattice). */
export function valueNoise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const u = x - column;
  const v = y - row;
  const across = u * u * (3 - 2 * u);
  const down = v * v * (3 - 2 * v);
  const upper = lattice(column, row, seed);
  const lower = lattice(column, row + 1, seed);
  const top = upper + (lattice(column + 1, row, seed) - upper) * across;
  const bottom = lower + (lattice(column + 1, row + 1, seed) - lower) * across;
  return top + (bottom - top) * down;
}

/** Three octaves of it, each half as strong and twice as fine as the one before; about [0, 1]. */
export function cloudNoise(x: number, y: number, seed: number): number {
  return (
    (4 * valueNoise(x, y, seed) +
      2 * valueNoise(2 * x + 17.3, 2 * y - 5.1, seed + 1) +
      valueNoise(4 * x - 3.7, 4 * y + 11.9, seed + 2)) /
    7
  );
}

function lattice(column: number, row: number, seed: number): number {
  return mix(Math.imul(column, 0x27d4eb2f) ^ Math.imul(row, 0x165667b1) ^ seed) / 4294967296;
}
