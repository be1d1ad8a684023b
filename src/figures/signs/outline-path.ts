import { curveBasisClosed, line } from 'd3-shape';
import type { Box } from '../kit/figure-types';
import { round } from '../kit/svg-nodes';

/**
 * The outlines of a sign as one SVG path over a picture. Loops run along the edges of pixels; the path runs smoothly
 * through the middles of those edges, never a pixel off.
 *
 * @param loops closed polygons on the grid, corners x0, y0, x1, y1, ... (`signOutlines`)
 */
export function outlinePath(
  loops: readonly Int32Array[],
  grid: { readonly width: number; readonly height: number },
  box: Box,
): string {
  const smooth = line<readonly [number, number]>(
    ([x]) => round(box.x + (x / grid.width) * box.width),
    ([, y]) => round(box.y + (y / grid.height) * box.height),
  ).curve(curveBasisClosed);
  return loops.map((loop) => smooth(edgeMiddles(loop)) ?? '').join('');
}

/** The middle of every pixel edge along a loop, whose corners may be many pixels apart. */
function edgeMiddles(loop: Int32Array): [number, number][] {
  const middles: [number, number][] = [];
  for (let i = 0; i < loop.length; i += 2) {
    const [x, y] = [loop[i], loop[i + 1]];
    const next = (i + 2) % loop.length;
    const [dx, dy] = [loop[next] - x, loop[next + 1] - y];
    const length = Math.max(Math.abs(dx), Math.abs(dy));
    for (let k = 0; k < length; k++) {
      middles.push([x + (dx / length) * (k + 0.5), y + (dy / length) * (k + 0.5)]);
    }
  }
  return middles;
}
