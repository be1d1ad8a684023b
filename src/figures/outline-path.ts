import type { OutlineLoop } from '../semiotics';

/**
 * SVG path of a sign's outline in grid coordinates. Corners are cut half a pixel deep, so that a slanting border is a line
 * and no staircase.
 */
export function outlinePath(loops: readonly OutlineLoop[]): string {
  return loops.map(loopPath).join('');
}

/** Following a sign draws the same outlines again and again. */
const known = new WeakMap<OutlineLoop, string>();

function loopPath(loop: OutlineLoop): string {
  const path = known.get(loop) ?? traced(loop);
  known.set(loop, path);
  return path;
}

function traced(loop: OutlineLoop): string {
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
}
