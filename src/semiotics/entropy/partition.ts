import type { MassMap } from './mass';

/** A map divided into rectangles: rows x columns of them, with the share of mass and the area of each. */
export interface Partition {
  rows: number;
  columns: number;
  /** Share of the map's mass, rows x columns; all 0 where the map has no mass. */
  shares: Float64Array;
  /** Pixels, rows x columns. */
  areas: Float64Array;
}

/**
 * The map cut into `cells` x `cells` rectangles, borders at `floor(k * size / cells)`; along a side shorter than
 * `cells` pixels every pixel is its own cell.
 */
export function partition({ values, width, height }: MassMap, cells: number): Partition {
  const columns = Math.min(cells, width);
  const rows = Math.min(cells, height);
  const shares = new Float64Array(rows * columns);
  const areas = new Float64Array(rows * columns);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * height) / rows);
    const bottom = Math.floor(((row + 1) * height) / rows);
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column * width) / columns);
      const right = Math.floor(((column + 1) * width) / columns);
      let mass = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) mass += Math.abs(values[y * width + x]);
      }
      shares[row * columns + column] = mass;
      areas[row * columns + column] = (bottom - top) * (right - left);
      total += mass;
    }
  }
  if (total > 0) for (let g = 0; g < shares.length; g++) shares[g] /= total;
  return { rows, columns, shares, areas };
}
