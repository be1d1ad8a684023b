import { axisOverlaps } from '../semiotics/axis-overlaps';

interface Size {
  width: number;
  height: number;
}

/**
 * How much of every cell of a layer each region covers, as a share of the cell's area, 0 .. 1. Pixels that lie across
 * the border of two cells count in both, by area, so that a region keeps its size at every resolution; at the
 * grid's own resolution the shares are 0 and 1.
 *
 * @param labels pixels of the grid, row-major: a sign's id, -1 outside
 * @param regionOf for every id the region it belongs to
 * @param regions how many there are
 * @returns regions x height x width of the layer
 */
export function regionCover(
  labels: Int32Array,
  grid: Size,
  regionOf: Int32Array,
  regions: number,
  layer: Size,
): Float32Array {
  const columns = axisOverlaps(grid.width, layer.width);
  const rows = axisOverlaps(grid.height, layer.height);
  const cells = layer.width * layer.height;
  const cover = new Float64Array(regions * cells);
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      const id = labels[y * grid.width + x];
      if (id < 0) continue;
      const start = regionOf[id] * cells;
      for (const row of rows[y]) {
        for (const column of columns[x]) {
          cover[start + row.cell * layer.width + column.cell] += row.share * column.share;
        }
      }
    }
  }
  // Sums of thirds and sevenths may pass 1 by rounding.
  return Float32Array.from(cover, (share) => Math.min(1, share));
}
