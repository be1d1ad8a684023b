import { orderedPairEntropy } from './joint';
import type { LevelMap } from './level-map';
import { axes, type Lattice } from './pairs';
import { shannon } from './shannon';

/**
 * Aura matrix entropy (AME), a ratio: mean over the neighbour directions d of `(H(d) - H0) / H0`, with `H(d)` the joint
 * entropy of the ordered pairs (s, s + d) inside the map and `H0` that of the level histogram; 0 where `H0 = 0`.
 * Volden, Giraudon and Berthod 1995 ("Modelling image redundancy"), with the relative entropy of Journel and Deutsch
 * 1993. Near 0 where neighbours follow from each other, near 1 where they are independent; small maps can fall slightly below 0,
 * as the pairs see fewer border pixels than the histogram does. A direction without any pair (a map one pixel wide)
 * does not enter the mean.
 */
export function auraMatrix(map: LevelMap, lattice: Lattice): number {
  const own = shannon(map);
  if (own === 0) return 0;
  let sum = 0;
  let directions = 0;
  for (const axis of axes(lattice.neighbourhood)) {
    const joint = orderedPairEntropy(map, axis, lattice.torus);
    if (joint === null) continue;
    sum += (joint - own) / own;
    directions++;
  }
  return directions > 0 ? sum / directions : 0;
}
