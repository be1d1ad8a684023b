/** A map read as a distribution of mass `|S|`: height x width, row-major. */
export interface MassMap {
  values: Float32Array | Uint16Array;
  width: number;
  height: number;
}

/**
 * Shannon entropy in bits of the mass itself, `p = |S| / sum |S|`: blind to arrangement, known as the complexity of
 * an explanation (Bhatt, Weller and Moura 2020). 0 where the map has no mass.
 */
export function mass({ values }: MassMap): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const m = Math.abs(values[i]);
    if (m === 0) continue;
    total += m;
    sum += m * Math.log2(m);
  }
  return total > 0 ? Math.log2(total) - sum / total : 0;
}
