import { axisOverlaps } from '../axis-overlaps';
import { MapError } from '../semiotics-errors';

/** Where in a picture something is, height x width, row-major: 0 outside, anything else inside. */
export type RegionMask = Uint8Array;

/** How many pixels of a mask lie inside. */
export function areaOf(mask: RegionMask): number {
  let area = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) area += 1;
  return area;
}

/** @throws MapError where map and mask are of different sizes */
export function assertSameSize(map: Float32Array, mask: RegionMask): void {
  if (map.length === mask.length) return;
  throw new MapError(
    'size',
    `A map of ${map.length} pixels cannot be held against a mask of ${mask.length}. Bring both to one grid.`,
  );
}

/**
 * The mask on another grid: a cell is inside where most of its area is (half of it counts), so that regions keep their size
 * as nearly as whole cells can.
 */
export function maskOnGrid(
  mask: RegionMask,
  { width, height }: { width: number; height: number },
  grid: { width: number; height: number },
): RegionMask {
  if (width * height !== mask.length) {
    throw new MapError('size', `A mask of ${mask.length} pixels is not ${width} × ${height}.`);
  }
  if (width === grid.width && height === grid.height) return mask.slice();
  const rows = axisOverlaps(height, grid.height);
  const columns = axisOverlaps(width, grid.width);
  const covered = new Float64Array(grid.width * grid.height);
  for (let y = 0; y < height; y++) {
    for (const row of rows[y]) {
      for (let x = 0; x < width; x++) {
        if (mask[y * width + x] === 0) continue;
        for (const column of columns[x]) {
          covered[row.cell * grid.width + column.cell] += row.share * column.share;
        }
      }
    }
  }
  return Uint8Array.from(covered, (share) => (share >= 0.5 - 1e-9 ? 1 : 0));
}
