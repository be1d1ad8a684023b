import { curveBasisClosed, line } from 'd3-shape';
import type { OutlineLoop } from '../semiotics';
import { round } from './svg-nodes';
import type { Box } from './types';

/**
 * SVG path of a sign's outline in grid coordinates. Corners are cut half a pixel deep, so that a slanting border is a line
 * and no staircase.
 */
export function outlinePath(loops: readonly OutlineLoop[]): string {
  return loops
    .map((loop) => {
      const count = loop.length / 2;
      const points: string[] = [];
      for (let i = 0; i < count; i++) {
        const [x, y] = [loop[2 * i], loop[2 * i + 1]];
        const before = (i + count - 1) % count;
        const after = (i + 1) % count;
        const [dx, dy] = [Math.sign(x - loop[2 * before]), Math.sign(y - loop[2 * before + 1])];
        const [ex, ey] = [Math.sign(loop[2 * after] - x), Math.sign(loop[2 * after + 1] - y)];
        points.push(`${x - dx / 2} ${y - dy / 2}`, `${x + ex / 2} ${y + ey / 2}`);
      }
      return `M${points.join('L')}Z`;
    })
    .join('');
}

/**
 * The outlines of a sign as one SVG path over a picture. Loops run along the edges of pixels; the path runs smoothly
 * through the middles of those edges, never a pixel off.
 *
 * @param loops closed polygons on the grid, corners x0, y0, x1, y1, ... (`signOutlines`)
 */
export function outlinePathOver(
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
