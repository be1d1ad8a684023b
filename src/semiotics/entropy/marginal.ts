import { auraEntropies } from './aura';
import type { LevelMap } from './level-map';
import type { Lattice } from './pairs';

/** Marginal entropy of the aura matrix, in bits (landscapemetrics `ent`): the levels weighted by their neighbours. */
export function marginal(map: LevelMap, lattice: Lattice): number {
  return auraEntropies(map, lattice).marginal;
}
