import { auraEntropies } from './aura';
import type { LevelMap } from './level-map';
import type { Lattice } from './pairs';

/** What a pixel's level tells about its neighbour's, in bits: marginal - conditional (landscapemetrics `mutinf`). */
export function mutual(map: LevelMap, lattice: Lattice): number {
  const split = auraEntropies(map, lattice);
  return split.marginal - split.conditional;
}
