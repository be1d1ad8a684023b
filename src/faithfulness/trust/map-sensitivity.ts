/** How much a map changes as its picture does. */
export interface MapSensitivity {
  max: number;
  average: number;
}

/**
 * Max-sensitivity (Yeh et al. 2019) and its mean: the largest and the mean change of a map over pictures beside the one it
 * explains, `||map' - map|| / ||map||` in the Frobenius norm. The paper leaves the change as it is; divided by the map's
 * norm, as Quantus has it, layers and methods can be compared. Null where the map is zero everywhere.
 */
export function mapSensitivity(map: Float32Array, beside: readonly Float32Array[]): MapSensitivity | null {
  let own = 0;
  for (const value of map) own += value * value;
  if (own === 0 || beside.length === 0) return null;
  const changes = beside.map((other) => {
    let sum = 0;
    for (let i = 0; i < map.length; i++) sum += (other[i] - map[i]) ** 2;
    return Math.sqrt(sum / own);
  });
  return {
    max: changes.reduce((a, b) => Math.max(a, b)),
    average: changes.reduce((a, b) => a + b) / changes.length,
  };
}
