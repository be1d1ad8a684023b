import type { MassMap } from './mass';
import { partition } from './partition';

/**
 * Karlström and Ceccato's local entropy in bits: `sum_g p_g log2(1 / q_g)` over a partition, `p_g` the share of the mass
 * in cell g and `q_g` the mean of p over g and the rook neighbours it has (Karlström and Ceccato 2002). 0 where the
 * map has no mass.
 */
export function karlstrom(map: MassMap, cells: number): number {
  const { shares, rows, columns } = partition(map, cells);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const g = row * columns + column;
      if (shares[g] === 0) continue;
      let around = shares[g];
      let members = 1;
      const add = (neighbour: number) => {
        around += shares[neighbour];
        members++;
      };
      if (row > 0) add(g - columns);
      if (row + 1 < rows) add(g + columns);
      if (column > 0) add(g - 1);
      if (column + 1 < columns) add(g + 1);
      sum += shares[g] * Math.log2(members / around);
    }
  }
  return sum;
}
