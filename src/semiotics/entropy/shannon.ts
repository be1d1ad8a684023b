import { entropyOfCounts, zeroCounts } from './histogram';
import type { LevelMap } from './level-map';

/** `H0`: entropy of the level histogram, in bits (Shannon 1948). Blind to where the levels lie. */
export function shannon(map: LevelMap): number {
  const { levels, count } = map;
  const counts = zeroCounts(count);
  for (let i = 0; i < levels.length; i++) counts[levels[i]]++;
  return entropyOfCounts(counts, count, levels.length);
}
