import type { Displacement } from './pairs';

/**
 * The displacements longer than `inner` and no longer than `outer` pixels (Euclidean), one of each two opposite ones,
 * so that counting them all counts every unordered pair of pixels once.
 */
export function ring(inner: number, outer: number): Displacement[] {
  const found: Displacement[] = [];
  const reach = Math.floor(outer);
  for (let dy = 0; dy <= reach; dy++) {
    for (let dx = dy === 0 ? 1 : -reach; dx <= reach; dx++) {
      const squared = dx * dx + dy * dy;
      if (squared > inner * inner && squared <= outer * outer) found.push([dx, dy]);
    }
  }
  return found;
}
