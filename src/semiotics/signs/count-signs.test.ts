import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bilinearResizer } from '../resize-map';
import { countSigns } from './count-signs';
import { findSigns } from './find-signs';

const share = fc.constantFrom(0, 0.05, 0.1, 0.2, 0.5, 1);

/** Few values, so that there are plateaus and ties; negative ones, so that there are islands. */
const map = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    levels: fc.integer({ min: 1, max: 40 }),
  })
  .chain(({ width, height, levels }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      values: fc.array(fc.integer({ min: -2, max: levels }), {
        minLength: width * height,
        maxLength: width * height,
      }),
    }),
  );

describe('the number of signs', () => {
  it('is how many are found, on any map', () => {
    fc.assert(
      fc.property(map, share, share, fc.constantFrom(1, 1e-20, 1e20, 0.1), (made, tau, theta, scale) => {
        const { width, height } = made;
        const values = Float32Array.from(made.values, (value) => value * scale);
        const { signs } = findSigns(values, width, height, { tau, theta });
        expect(countSigns(values, width, height, { tau, theta })).toBe(signs.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('is how many are found on maps resized as those of a null model', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 49, maxLength: 49 }),
        (values) => {
          const large = new Float32Array(40 * 30);
          bilinearResizer(7, 7, 40, 30)(Float32Array.from(values), large);
          expect(countSigns(large, 40, 30)).toBe(findSigns(large, 40, 30).signs.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses what finding refuses', () => {
    expect(() => countSigns(Float32Array.of(1, Number.NaN), 2, 1)).toThrow(/NaN/);
    expect(() => countSigns(Float32Array.of(1, 2), 3, 1)).toThrow();
    expect(() => countSigns(Float32Array.of(1, 2), 2, 1, { tau: 2 })).toThrow('tau is a share');
    expect(countSigns(new Float32Array(4), 2, 2)).toBe(0);
  });
});
