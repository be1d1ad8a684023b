import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionCover } from './cover';

const one = Int32Array.of(0);

describe('what a region covers of a layer', () => {
  it('is all or nothing at the resolution of the grid', () => {
    const labels = Int32Array.of(-1, 0, 0, 1, -1, 0);
    const cover = regionCover(labels, { width: 3, height: 2 }, Int32Array.of(0, 1), 2, {
      width: 3,
      height: 2,
    });
    expect([...cover]).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
  });

  it('is the share of the area where pixels lie across cells', () => {
    // The middle one of three pixels lies half in each of two cells, two thirds of a pixel and a third.
    const cover = regionCover(Int32Array.of(-1, 0, -1), { width: 3, height: 1 }, one, 1, {
      width: 2,
      height: 1,
    });
    expect(cover[0]).toBeCloseTo(1 / 3, 6);
    expect(cover[1]).toBeCloseTo(1 / 3, 6);
  });

  it('is the share of the pixel in a layer finer than the grid', () => {
    const cover = regionCover(Int32Array.of(0, -1), { width: 2, height: 1 }, one, 1, { width: 4, height: 2 });
    expect([...cover]).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
  });

  it('keeps the size of every region, and covers no cell more than once', () => {
    const side = fc.integer({ min: 1, max: 13 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.infiniteStream(fc.integer({ min: -1, max: 2 })),
        (w, h, lw, lh, ids) => {
          const labels = Int32Array.from({ length: w * h }, () => ids.next().value as number);
          const grid = { width: w, height: h };
          const cover = regionCover(labels, grid, Int32Array.of(0, 1, 2), 3, { width: lw, height: lh });
          const cells = lw * lh;
          for (let id = 0; id < 3; id++) {
            const area =
              cover.slice(id * cells, (id + 1) * cells).reduce((sum, share) => sum + share, 0) / cells;
            expect(area).toBeCloseTo(labels.filter((label) => label === id).length / (w * h), 5);
          }
          for (let i = 0; i < cells; i++) {
            expect(cover[i] + cover[cells + i] + cover[2 * cells + i]).toBeLessThan(1 + 1e-5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
