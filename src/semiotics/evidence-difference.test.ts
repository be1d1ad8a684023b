import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceDifference } from './evidence-difference';
import { matchLayers } from './match-layers';

const map = (width: number, height: number, values: number[]) => ({
  ...{ width, height, values: Float32Array.from(values) },
});

describe('the difference of two maps', () => {
  it('is nothing between a map and any multiple of it', () => {
    const { correlation, shared, difference } = evidenceDifference(
      map(2, 2, [1, 2, 3, 2]),
      map(2, 2, [10, 20, 30, 20]),
    );
    expect(correlation).toBeCloseTo(1, 12);
    expect(shared).toBeCloseTo(1, 12);
    expect([...(difference?.values ?? [])]).toEqual([0, 0, 0, 0]);
  });

  it('shares nothing where no place is common, and half where half is', () => {
    expect(evidenceDifference(map(2, 1, [4, 0]), map(2, 1, [0, 9]))).toEqual({
      ...{ correlation: -1, shared: 0 },
      // All evidence on one of two places is two times what an even map has there.
      difference: map(2, 1, [2, -2]),
    });
    // 1/2 + 1/2 against 1/2 + 1/2, one place common.
    const half = evidenceDifference(map(3, 1, [1, 1, 0]), map(3, 1, [0, 1, 1]));
    expect(half.shared).toBeCloseTo(0.5, 12);
    expect(half.correlation).toBeCloseTo(-0.5, 12);
    expect([...(half.difference?.values ?? [])]).toEqual([1.5, 0, -1.5]);
  });

  it('counts negative values as no evidence, but as values', () => {
    const { shared, correlation } = evidenceDifference(map(2, 1, [1, -1]), map(2, 1, [1, 0]));
    expect(shared).toBe(1);
    expect(correlation).toBeCloseTo(1, 12);
  });

  it('says nothing of evidence where a map holds none', () => {
    const none = { correlation: null, shared: null, difference: null };
    expect(evidenceDifference(map(2, 1, [0, 0]), map(2, 1, [1, 2]))).toEqual(none);
  });

  it('compares maps of different sizes on the larger one', () => {
    const even = map(1, 1, [3]);
    const { shared, difference } = evidenceDifference(even, map(4, 2, [1, 0, 0, 0, 0, 0, 0, 0]));
    // Of an even map an eighth lies at each of eight places.
    expect(shared).toBeCloseTo(1 / 8, 12);
    expect(difference).toMatchObject({ width: 4, height: 2 });
    expect([...(difference?.values ?? [])]).toEqual([-7, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('is turned by changing sides, and sums to what is not shared', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [there, back] = [
          evidenceDifference(map(3, 2, a), map(3, 2, b)),
          evidenceDifference(map(3, 2, b), map(3, 2, a)),
        ];
        if (there.shared === null || !there.difference || !back.difference) return;
        const turned = back.difference.values;
        there.difference.values.forEach((value, i) => {
          expect(value).toBeCloseTo(-turned[i], 5);
        });
        const more = there.difference.values.reduce((sum, value) => sum + Math.max(0, value), 0);
        expect(more / 6).toBeCloseTo(1 - there.shared, 5);
      }),
    );
  });
});

describe('the layers of two networks', () => {
  it('meet by name where both have the same', () => {
    expect(matchLayers(['a', 'b'], ['a', 'b'])).toEqual({ by: 'name', partners: [0, 1] });
    expect(matchLayers(['a', 'b'], ['b', 'a'])).toEqual({ by: 'depth', partners: [0, 1] });
  });

  it('meet by depth where they have not', () => {
    const of = (count: number) => Array.from({ length: count }, (_, i) => `layer ${count} ${i}`);
    const partners = (n: number, m: number) => matchLayers(of(n), of(m)).partners;
    expect(partners(3, 5)).toEqual([0, 2, 4]);
    expect(partners(5, 3)).toEqual([0, 1, 1, 2, 2]);
    expect(partners(4, 1)).toEqual([0, 0, 0, 0]);
    expect(partners(1, 7)).toEqual([6]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 60 }), (n, m) => {
        const found = partners(n, m);
        expect([found[0], found[n - 1]]).toEqual([0, m - 1]);
        found.forEach((at, i) => {
          expect(at).toBeGreaterThanOrEqual(found[i - 1] ?? 0);
          // No other lies nearer to its place.
          expect(Math.abs(at - (i * (m - 1)) / (n - 1))).toBeLessThanOrEqual(0.5);
        });
      }),
    );
  });
});
