import { describe, expect, test } from 'vitest';
import { findSigns } from './find-signs';
import fixture from './fixtures/persistence.json';
import { mergeTree, persistentPeaks } from './merge-tree';

interface FixtureMap {
  kind: string;
  width: number;
  height: number;
  values: number[];
  persistence: number[];
  basins?: Record<string, number[]>;
}
// Each map has thresholds of its own, which the inferred type of the file makes a union of.
const maps = fixture.maps as unknown as FixtureMap[];

/** The labels renumbered by first appearance, so that two partitions can be compared. */
const partition = (labels: Iterable<number>) => {
  const numbers = new Map<number, number>();
  return Array.from(labels, (label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label);
  });
};

describe('against GUDHI', () => {
  test.each(maps)(
    'persistence of all peaks, $kind, $width x $height',
    ({ width, height, values, persistence }) => {
      const tree = mergeTree(Float32Array.from(values), width, height);
      const own = [...tree.persistence].filter((life) => life > 0).sort((a, b) => b - a);
      expect(own).toEqual(persistence);
      // Every peak is a sign when nothing is asked of it, plateaus once.
      const { signs } = findSigns(Float32Array.from(values), width, height, { tau: 0, theta: 0 });
      expect(signs.map((sign) => sign.persistence).sort((a, b) => b - a)).toEqual(persistence);
    },
  );

  for (const { width, height, values, basins } of maps.filter(({ kind }) => kind === 'distinct')) {
    test.each(Object.entries(basins ?? {}))(
      `basins of ${width} x ${height} at threshold %s`,
      (threshold, labels) => {
        const maximum = Math.max(...values);
        const found = findSigns(Float32Array.from(values), width, height, {
          tau: Number(threshold) / maximum,
          theta: 0,
        });
        expect(partition(found.labels)).toEqual(partition(labels));
        expect(found.signs.length).toBe(new Set(labels).size);
      },
    );
  }
});

describe('by hand', () => {
  test('three peaks on a line: 5, 3, 4 with saddles at 1 and 2', () => {
    const tree = mergeTree(Float32Array.from([5, 1, 3, 2, 4]), 5, 1);
    // In order of appearance 5, 4, 3: the 3 ends at 2 in the basin of 4, the 4 at 1 in that of 3, for that is what it meets.
    expect([...tree.persistence]).toEqual([5, 3, 1]);
    expect([...tree.into]).toEqual([-1, 0, 1]);
    expect([...persistentPeaks(tree, 0)]).toEqual([0, 1, 2]);
    expect([...persistentPeaks(tree, 2)]).toEqual([0, 1, 1]);
    expect([...persistentPeaks(tree, 3.5)]).toEqual([0, 0, 0]);
  });
  test('a ridge along the diagonal is one peak', () => {
    const map = Float32Array.from({ length: 36 }, (_, i) => (i % 6 === Math.floor(i / 6) ? 1 + i / 100 : 0));
    expect(mergeTree(map, 6, 6).peaks).toBe(1);
  });
  test('what is not positive is no part of the tree', () => {
    const tree = mergeTree(Float32Array.from([0, -3, 2, 0, 1]), 5, 1);
    expect([...tree.persistence]).toEqual([2, 1]);
    expect([...tree.into]).toEqual([-1, -1]);
  });
});
