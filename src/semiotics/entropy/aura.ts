import { entropyOfCounts, zeroCounts } from './histogram';
import { symmetricEntropy } from './joint';
import type { LevelMap } from './level-map';
import { axes, countPairs, type Lattice } from './pairs';

/** The entropies of the aura matrix, in bits: `joint = marginal + conditional`. */
export interface AuraSplit {
  /** Entropy of a pair of neighbours: how much there is to know. */
  joint: number;
  /** Entropy of one member of the pair: how many distinctions are made. */
  marginal: number;
  /** Entropy of the other member once one is known: how loosely the parts are bound. */
  conditional: number;
}

/**
 * The three entropies of the normalised aura matrix `p = m / sum m`, where `m(i, j)` is the number of neighbours of
 * level j summed over the pixels of level i (Elfadel and Picard 1994). Equal to landscapemetrics' `joinent`, `ent`
 * and `condent` (Nowosad and Stepinski 2019). A map without neighbours (1 x 1) gives 0 throughout.
 */
export function auraEntropies(map: LevelMap, lattice: Lattice): AuraSplit {
  const { count } = map;
  const counts = zeroCounts(count * count);
  let pairs = 0;
  for (const axis of axes(lattice.neighbourhood)) pairs += countPairs(map, axis, counts, lattice.torus);
  const joint = symmetricEntropy(counts, count, pairs);

  const neighbours = zeroCounts(count, 1);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const n = counts[a * count + b];
      neighbours[a] += n;
      neighbours[b] += n;
    }
  }
  const marginal = entropyOfCounts(neighbours, count, 2 * pairs);
  return { joint, marginal, conditional: joint - marginal };
}

/** Joint entropy of the aura matrix, in bits (landscapemetrics `joinent`). */
export function aura(map: LevelMap, lattice: Lattice): number {
  return auraEntropies(map, lattice).joint;
}
