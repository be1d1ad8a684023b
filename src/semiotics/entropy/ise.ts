import { entropyOfCounts, zeroCounts } from './histogram';
import { orderedPairEntropy } from './joint';
import type { LevelMap } from './level-map';

/**
 * Image spatial entropy per pixel, in bits, under the quadrilateral Markov random field: with pairs across, down and along the
 * two diagonals, `H(across) + H(down) - (H(falling) + H(rising)) / 2 - H(left)`, H(left) the entropy of the left members
 * of the pairs across (Razlighi, Kehtarnavaz and Nosratinia 2009). It is `H(x | left) + H(x | above)` less what the
 * two share, so for a field of independent pixels it is near the Shannon entropy. 0 for a map of a single row or column, on which the field has no quadrilateral.
 */
export function imageSpatialEntropy(map: LevelMap): number {
  if (map.width < 2 || map.height < 2) return 0;
  const pair = (dx: number, dy: number) => orderedPairEntropy(map, [dx, dy]) ?? 0;
  return pair(1, 0) + pair(0, 1) - (pair(1, 1) + pair(-1, 1)) / 2 - leftEntropy(map);
}

function leftEntropy({ levels, width, height, count }: LevelMap): number {
  const counts = zeroCounts(count);
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width - 1;
    for (let i = y * width; i < end; i++) counts[levels[i]]++;
  }
  return entropyOfCounts(counts, count, (width - 1) * height);
}
