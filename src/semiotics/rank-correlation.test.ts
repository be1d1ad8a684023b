import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation';

const of = (a: number[], b: number[]) => rankCorrelation(Float32Array.from(a), Float32Array.from(b));

describe('rank correlation', () => {
  // scipy.stats.spearmanr
  it.each([
    [[3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8], 0.19885368120992467],
    [[0, 0, 0, 1, 2, 5], [0, 0, 1, 3, 0, 4], 0.5483870967741936],
  ])('of %j and %j is that of SciPy', (a, b, expected) => {
    expect(of(a, b)).toBeCloseTo(expected, 12);
  });

  it('is 1 for any rising map of values, and -1 for any falling one', () => {
    const values = [0.3, 7, 2, 2, 90];
    expect(of(values, values.map(Math.sqrt))).toBeCloseTo(1, 12);
    expect(
      of(
        values,
        values.map((value) => -(value ** 3)),
      ),
    ).toBeCloseTo(-1, 12);
  });

  it('is not known where a map is the same everywhere', () => {
    expect(of([1, 2, 3], [0, 0, 0])).toBeNull();
  });
});
