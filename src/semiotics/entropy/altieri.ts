import { entropyFromSum, nLog2n, zeroCounts } from './histogram';
import { unorderedEntropy } from './joint';
import type { LevelMap } from './level-map';
import { countPairs } from './pairs';
import { ring } from './ring';

/** Altieri's parts of the pair entropy, in bits: `mutual + residual` is the entropy of all pairs. */
export interface AltieriEntropy {
  /** Spatial mutual information: what the distance of a pair tells about its levels. */
  mutual: number;
  /** Spatial residual entropy: what is left once the distance is known. */
  residual: number;
}

/**
 * The entropy of the levels of all unordered pixel pairs, split over the distance classes (0, 1], (1, 2] and (2, max]
 * (Altieri, Cocchi and Roli 2018, equations 10 to 14; Euclidean distance).
 *
 * The far class is not counted: all pairs together follow from the level histogram, and the two near
 * classes, six displacements, are taken off. That makes it linear in the pixels.
 */
export function altieri(map: LevelMap): AltieriEntropy {
  const { levels, count } = map;
  const cells = count * count;
  const near = zeroCounts(cells, 0);
  const middle = zeroCounts(cells, 1);
  const histogram = zeroCounts(count, 2);
  let nearPairs = 0;
  let middlePairs = 0;
  for (const displacement of ring(0, 1)) nearPairs += countPairs(map, displacement, near);
  for (const displacement of ring(1, 2)) middlePairs += countPairs(map, displacement, middle);
  for (let i = 0; i < levels.length; i++) histogram[levels[i]]++;

  const pairs = (levels.length * (levels.length - 1)) / 2;
  const farPairs = pairs - nearPairs - middlePairs;
  let allSum = 0;
  let farSum = 0;
  for (let a = 0; a < count; a++) {
    const n = histogram[a];
    if (n === 0) continue;
    const row = a * count;
    const same = (n * (n - 1)) / 2;
    allSum += nLog2n(same);
    farSum += nLog2n(same - near[row + a] - middle[row + a]);
    for (let b = a + 1; b < count; b++) {
      const both = n * histogram[b];
      if (both === 0) continue;
      const mirror = b * count + a;
      allSum += nLog2n(both);
      farSum += nLog2n(both - near[row + b] - near[mirror] - middle[row + b] - middle[mirror]);
    }
  }
  if (pairs === 0) return { mutual: 0, residual: 0 };
  const residual =
    (nearPairs * unorderedEntropy(near, count, nearPairs) +
      middlePairs * unorderedEntropy(middle, count, middlePairs) +
      farPairs * entropyFromSum(farPairs, farSum)) /
    pairs;
  return { mutual: entropyFromSum(pairs, allSum) - residual, residual };
}
