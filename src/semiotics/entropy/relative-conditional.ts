import { auraEntropies } from './aura';
import type { LevelMap } from './level-map';
import type { Lattice } from './pairs';

/** conditional / marginal, a ratio in [0, 1]: 0 where neighbours are certain, 1 where they are independent; 0/0 = 0. */
export function relativeConditional(map: LevelMap, lattice: Lattice): number {
  const split = auraEntropies(map, lattice);
  return split.marginal > 0 ? split.conditional / split.marginal : 0;
}
