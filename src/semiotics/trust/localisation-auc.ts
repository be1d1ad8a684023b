import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/**
 * Area under the ROC curve of telling the mask's pixels from all others by the map (Fawcett 2006), equal values counting
 * half: the probability that a pixel inside is higher than one outside. 0.5 for a constant map. Null where the mask is
 * empty or takes the whole picture, or the map is zero everywhere.
 */
export function localisationAuc(map: Float32Array, mask: RegionMask): number | null {
  assertSameSize(map, mask);
  if (map.every((value) => value === 0)) return null;
  const inside = areaOf(mask);
  return inside === 0 || inside === mask.length ? null : areaUnderRoc(map, mask);
}

/**
 * The probability that a value marked is higher than one that is not, equal ones counting half (Mann and Whitney 1947).
 * @param marks 0 for unmarked; both kinds occur
 */
export function areaUnderRoc(values: ArrayLike<number>, marks: ArrayLike<number>): number {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a] - values[b],
  );
  let [marked, rankSum] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]] === values[order[start]]) end += 1;
    const rank = (start + end) / 2 + 1;
    for (let i = start; i <= end; i++) {
      if (marks[order[i]] === 0) continue;
      marked += 1;
      rankSum += rank;
    }
    start = end + 1;
  }
  return (rankSum - (marked * (marked + 1)) / 2) / (marked * (values.length - marked));
}
