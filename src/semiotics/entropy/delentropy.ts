import { entropyOfCounts, zeroCounts } from './histogram';
import type { LevelMap } from './level-map';

/**
 * Delentropy in bits: half the joint entropy of the Roberts differences `(q[y+1][x+1] - q[y][x], q[y][x+1] - q[y+1][x])`
 * (Larkin 2016, "Reflections on Shannon Information"). The half is Papoulis' generalised sampling: two gradient components carry the picture
 * twice. 0 for a map of a single row or column, which has no such differences.
 */
export function delentropy(map: LevelMap): number {
  const { levels, width, height, count } = map;
  const span = 2 * count - 1;
  const counts = zeroCounts(span * span);
  const offset = count - 1;
  for (let y = 0; y + 1 < height; y++) {
    const end = (y + 1) * width - 1;
    for (let i = y * width; i < end; i++) {
      const falling = levels[i + width + 1] - levels[i] + offset;
      const rising = levels[i + 1] - levels[i + width] + offset;
      counts[falling * span + rising]++;
    }
  }
  return entropyOfCounts(counts, span * span, (width - 1) * (height - 1)) / 2;
}
