import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedDistance } from './signed-distance';

/** Straight from the definition. */
function slow(labels: Int32Array, width: number, id: number, [x0, y0, x1, y1]: number[]): number[] {
  const height = labels.length / width;
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && labels[y * width + x] === id;
  const all: [number, number][] = [];
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) all.push([x, y]);
  return all.map(([x, y]) => {
    const here = inside(x, y);
    const others = all.filter(([a, b]) => inside(a, b) !== here);
    const nearest = Math.min(...others.map(([a, b]) => Math.hypot(a - x, b - y)));
    return here ? 0.5 - nearest : nearest - 0.5;
  });
}

describe('signedDistance', () => {
  it('is the distance to the nearest pixel on the other side of the border', () => {
    fc.assert(
      fc.property(
        fc
          .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
          .chain(({ width, height }) =>
            fc.record({
              width: fc.constant(width),
              height: fc.constant(height),
              labels: fc.array(fc.integer({ min: -1, max: 2 }), {
                minLength: width * height,
                maxLength: width * height,
              }),
            }),
          ),
        ({ width, height, labels }) => {
          fc.pre(labels.includes(1));
          const window = [-1, -1, width + 1, height + 1] as const;
          const found = signedDistance(Int32Array.from(labels), width, 1, window);
          const expected = slow(Int32Array.from(labels), width, 1, [...window]);
          expect(found).toHaveLength(expected.length);
          found.forEach((value, i) => {
            expect(value).toBeCloseTo(expected[i], 5);
          });
        },
      ),
    );
  });

  it('is within a pixel of the radius of a disc', () => {
    const side = 61;
    const labels = Int32Array.from({ length: side * side }, (_, i) =>
      Math.hypot((i % side) - 30, Math.floor(i / side) - 30) <= 20 ? 4 : -1,
    );
    const field = signedDistance(labels, side, 4, [0, 0, side, side]);
    field.forEach((value, i) => {
      const radius = Math.hypot((i % side) - 30, Math.floor(i / side) - 30);
      expect(Math.abs(value - (radius - 20))).toBeLessThan(1);
    });
  });
});
