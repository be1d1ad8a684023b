import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderedPairEntropy } from './joint';
import type { LevelMap } from './level-map';
import { axes, type Displacement } from './pairs';

const map: fc.Arbitrary<LevelMap> = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ width, height, count }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      count: fc.constant(count),
      levels: fc
        .array(fc.nat(count - 1), { minLength: width * height, maxLength: width * height })
        .map((levels) => Uint16Array.from(levels)),
    }),
  );

/** By its definition, from the shares of the pairs. */
function entropy({ width, height, levels }: LevelMap, [dx, dy]: Displacement, torus: boolean): number | null {
  const kinds = new Map<string, number>();
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x + dx >= 0 && x + dx < width && y + dy < height;
      if (!inside && !torus) continue;
      const other = ((y + dy) % height) * width + ((x + dx + width) % width);
      const kind = `${levels[y * width + x]},${levels[other]}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      total++;
    }
  }
  if (total === 0) return null;
  return [...kinds.values()].reduce((sum, n) => sum - (n / total) * Math.log2(n / total), 0);
}

it('the entropy of ordered pairs is that of their shares, with many kinds of pairs and with few, one map after another', () => {
  fc.assert(
    fc.property(map, fc.constantFrom(...axes(8)), fc.boolean(), (made, displacement, torus) => {
      const own = orderedPairEntropy(made, displacement, torus);
      const expected = entropy(made, displacement, torus);
      if (expected === null) expect(own).toBeNull();
      else expect(own).toBeCloseTo(expected, 12);
    }),
    { numRuns: 1000 },
  );
});
