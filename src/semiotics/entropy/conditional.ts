import { auraEntropies } from './aura';
import type { LevelMap } from './level-map';
import type { Lattice } from './pairs';

/** Entropy of a neighbour's level when a pixel's own is known, in bits (landscapemetrics `condent`). */
export function conditional(map: LevelMap, lattice: Lattice): number {
  return auraEntropies(map, lattice).conditional;
}
