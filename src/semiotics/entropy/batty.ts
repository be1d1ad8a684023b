import type { MassMap } from './mass';
import { partition } from './partition';

/**
 * Batty's spatial entropy in bits: `sum_g p_g log2(T_g / p_g)` over a partition, `p_g` the share of the mass in cell g
 * and `T_g` its area in pixels (Batty 1974, 1976). Greatest, log2 of the map's area, for evenly spread mass; 0 where the map
 * has no mass.
 */
export function batty(map: MassMap, cells: number): number {
  const { shares, areas } = partition(map, cells);
  let sum = 0;
  for (let g = 0; g < shares.length; g++) {
    if (shares[g] > 0) sum += shares[g] * Math.log2(areas[g] / shares[g]);
  }
  return sum;
}
