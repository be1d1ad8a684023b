import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearCorrelation, rankCorrelation } from './correlation';

const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 60 });

describe('linear correlation', () => {
  it('is what can be worked out by hand', () => {
    // Deviations (-1, 0, 1) and (-1, 1, 0): 1 / sqrt(2 * 2).
    expect(linearCorrelation([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12);
    expect(linearCorrelation([1, 2, 3, 4], [8, 6, 4, 2])).toBeCloseTo(-1, 12);
    // The first of Anscombe's quartet (1973): 0.81642.
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(linearCorrelation(x, y)).toBeCloseTo(0.81642, 5);
  });

  it('is null for constant series, and refuses different lengths', () => {
    expect(linearCorrelation([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(linearCorrelation([1, 2, 3], Array(3).fill(0.7))).toBeNull();
    expect(linearCorrelation([1], [2])).toBeNull();
    expect(() => linearCorrelation([1, 2], [1])).toThrow('Series of 2 and of 1 values');
  });

  it('does not change with unit or origin', () => {
    fc.assert(
      fc.property(series, fc.double({ min: 0.5, max: 20, noNaN: true }), (a, factor) => {
        const b = a.map((_, i) => a[(i * 7 + 3) % a.length] + i);
        const before = linearCorrelation(a, b);
        const after = linearCorrelation(
          a.map((value) => factor * value + 5),
          b,
        );
        if (before === null || after === null) return;
        expect(after).toBeCloseTo(before, 6);
      }),
    );
  });
});

describe('rank correlation', () => {
  it('is what can be worked out by hand', () => {
    // No ties: 1 - 6 sum d^2 / (n (n^2 - 1)), d = (0, 1, -1, 0): 1 - 12 / 60.
    expect(rankCorrelation([1, 2, 3, 4], [10, 300, 20, 4000])).toBeCloseTo(0.8, 12);
    // Ties: ranks (0.5, 0.5, 2, 3) and (0, 1, 2, 3): 4.5 / sqrt(4.5 * 5).
    expect(rankCorrelation([0, 0, 1, 2], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
    expect(rankCorrelation([0, 0, 0], [1, 2, 3])).toBeNull();
  });

  it('is 1 between a series and any rising function of it', () => {
    fc.assert(
      fc.property(series, (a) => {
        const rank = rankCorrelation(
          a,
          a.map((value) => value ** 3 + 1),
        );
        if (new Set(a).size === 1) expect(rank).toBeNull();
        else expect(rank).toBeCloseTo(1, 9);
      }),
    );
  });
});
