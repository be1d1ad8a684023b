import type { Box } from '../kit/figure-types';

/** How much wider than the sign a crop is. */
const MARGIN = 1.4;
/** Least side of a crop as a share of the grid's shorter side: a sign of a few pixels needs its surroundings to be read. */
const LEAST = 0.2;

/**
 * The square of the grid that shows a sign with its surroundings; inside the grid.
 *
 * @param box first column and row, and those behind the last
 */
export function cropAround(
  box: readonly [number, number, number, number],
  grid: { readonly width: number; readonly height: number },
): Box {
  const [x0, y0, x1, y1] = box;
  const shorter = Math.min(grid.width, grid.height);
  const side = Math.min(shorter, Math.max(LEAST * shorter, MARGIN * Math.max(x1 - x0, y1 - y0)));
  const within = (middle: number, length: number) => Math.max(0, Math.min(length - side, middle - side / 2));
  return {
    x: within((x0 + x1) / 2, grid.width),
    y: within((y0 + y1) / 2, grid.height),
    width: side,
    height: side,
  };
}
