import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blur } from './blur-drawing';
import { colourOf, toneDistance } from './colour';
import { coverage } from './coverage';
import { dice } from './dice';
import { cloudNoise, valueNoise } from './grain';
import { box, ellipse, type Matrix, moved, type Path, polygon, ring, rotation, stroke } from './path';
import { textureKinds, textureShare } from './texture';
import { cosine, sine } from './trigonometry';

const SIDE = 40;
const SAME: Matrix = [1, 0, 0, 1, 0, 0];
const MIRROR: Matrix = [-1, 0, 0, 1, SIDE, 0];

/** Covered area in pixels. */
function area(path: Path, matrix: Matrix = SAME, side = SIDE): number {
  const { values, width, height } = coverage(path, matrix, side, 0, 0);
  return values.subarray(0, width * height).reduce((sum, value) => sum + value, 0);
}

describe('coverage', () => {
  test('a rectangle on fractions of pixels covers them by those fractions', () => {
    const { left, top, width, height, values } = coverage(box(2, 1.5, 3, 2), SAME, SIDE, 0, 0);
    expect([left, top, width, height]).toEqual([0, 0, 4, 3]);
    const expected = [0.25, 0.5, 0.5, 0.25, 0.5, 1, 1, 0.5, 0.25, 0.5, 0.5, 0.25];
    [...values.subarray(0, 12)].forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 6);
    });
  });
  test('triangles have the area of the shoelace formula, whichever way they turn', () => {
    const point = fc.tuple(
      fc.double({ min: 0, max: SIDE, noNaN: true }),
      fc.double({ min: 0, max: SIDE, noNaN: true }),
    );
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const exact = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
        // Shares below 0.002 of a pixel are dropped.
        const slack = 0.002 * 3 * SIDE + 1e-3;
        expect(Math.abs(area(polygon([a, b, c])) - exact)).toBeLessThan(slack);
        expect(Math.abs(area(polygon([a, c, b]), MIRROR) - exact)).toBeLessThan(slack);
      }),
    );
  });
  test('an ellipse, a ring and a line have their areas', () => {
    expect(area(ellipse(20, 20, 12, 7, 0.4)) / (Math.PI * 84)).toBeCloseTo(1, 2);
    expect(area(ring(20, 20, 15, 10)) / (Math.PI * 125)).toBeCloseTo(1, 2);
    const straight = stroke(
      [
        [8, 20],
        [32, 20],
      ],
      6,
    );
    expect(area(straight) / (24 * 6 + Math.PI * 9)).toBeCloseTo(1, 1);
  });
  test('what lies beyond the edges is cut off there', () => {
    expect(area(ellipse(0, 20, 10)) / (Math.PI * 50)).toBeCloseTo(1, 2);
    expect(area(ellipse(SIDE, SIDE, 10)) / (Math.PI * 25)).toBeCloseTo(1, 2);
    expect(area(box(-30, 20, 20, 20))).toBe(0);
    expect(area(box(20, 20, 400, 400))).toBeCloseTo(SIDE * SIDE, 3);
  });
  test('areas of one path that overlap cover once', () => {
    expect(area([...box(15, 20, 10, 10), ...box(18, 20, 10, 10)])).toBeCloseTo(130, 3);
  });
  test('a path keeps its area when it is turned', () => {
    for (const angle of [0.3, 1, 2.5]) {
      expect(area(moved(box(0, 0, 14, 9), rotation(angle, 20, 20)))).toBeCloseTo(126, 0);
    }
  });
});

test('a blur keeps the sum inside the margin, and a flat middle', () => {
  const values = new Float32Array(SIDE * SIDE);
  for (let y = 12; y < 28; y++) values.fill(1, y * SIDE + 12, y * SIDE + 28);
  const soft = blur(values, SIDE, SIDE, 3, 5).subarray(0, SIDE * SIDE);
  expect(soft.reduce((sum, value) => sum + value, 0)).toBeCloseTo(256, 2);
  expect(soft[20 * SIDE + 20]).toBeCloseTo(1, 5);
  // Two passes of a box of 7 on a long straight edge: one half lies between its pixels.
  expect(soft[20 * SIDE + 11] + soft[20 * SIDE + 12]).toBeCloseTo(1, 5);
});

test('sine and cosine', () => {
  for (let angle = -20; angle < 20; angle += 0.0371) {
    expect(sine(angle)).toBeCloseTo(Math.sin(angle), 12);
    expect(cosine(angle)).toBeCloseTo(Math.cos(angle), 12);
  }
});

describe('colours', () => {
  // OKLCH of the sRGB primaries, as CSS Color 4 and its references give them.
  test.each([
    ['red', 0.62796, 0.25768, 29.234, [1, 0, 0]],
    ['green', 0.86644, 0.29483, 142.495, [0, 1, 0]],
    ['blue', 0.45201, 0.31321, 264.052, [0, 0, 1]],
    ['white', 1, 0, 0, [1, 1, 1]],
    ['black', 0, 0, 0, [0, 0, 0]],
    ['rebeccapurple', 0.44027, 0.16032, 303.37, [0.4, 0.2, 0.6]],
  ] as const)('%s', (_, lightness, chroma, degrees, rgb) => {
    colourOf({ lightness, chroma, hue: degrees / 360 }).forEach((value, i) => {
      expect(Math.abs(value - rgb[i])).toBeLessThan(0.02);
    });
  });
  test('what no screen shows comes out on the screen, with its lightness', () => {
    const far = colourOf({ lightness: 0.7, chroma: 0.6, hue: 0.4 });
    for (const value of far) expect(value >= 0 && value <= 1).toBe(true);
    expect(far[1]).toBeGreaterThan(far[0]);
  });
  test('distance in OKLab', () => {
    const one = { lightness: 0.5, chroma: 0.1, hue: 0 };
    expect(toneDistance(one, { ...one, lightness: 0.8 })).toBeCloseTo(0.3, 12);
    expect(toneDistance(one, { ...one, hue: 0.5 })).toBeCloseTo(0.2, 12);
  });
});

describe('dice', () => {
  test('the same keys roll the same, other keys others', () => {
    const rolls = (...keys: number[]) => Array.from({ length: 4 }, dice(...keys).next);
    expect(rolls(1, 2, 3)).toEqual(rolls(1, 2, 3));
    const others = [rolls(1, 2, 3), rolls(1, 2, 4), rolls(1, 3, 2), rolls(2, 1, 3), rolls(1 + 2 ** 32, 2, 3)];
    expect(new Set(others.map(String)).size).toBe(others.length);
  });
  test('evenly over [0, 1)', () => {
    const roll = dice(7);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) bins[Math.floor(roll.next() * 10)]++;
    // Chi-square with 9 degrees of freedom: 27.9 is its 99.9th percentile.
    expect(bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });
  test('neighbouring keys are not alike', () => {
    const first = Array.from({ length: 2000 }, (_, i) => dice(1, i).next());
    const second = first.slice(1);
    const mean = first.reduce((a, b) => a + b) / first.length;
    const product =
      second.reduce((sum, value, i) => sum + (value - mean) * (first[i] - mean), 0) / second.length;
    // Correlation of independent numbers: within 4 / sqrt(2000) of none.
    expect(Math.abs(product * 12)).toBeLessThan(0.09);
  });
});

test('noise and textures stay in [0, 1]', () => {
  const number = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(
      number,
      number,
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      fc.nat(1e6),
      (u, v, pixel, seed) => {
        for (const value of [
          valueNoise(u, v, seed),
          cloudNoise(u, v, seed),
          ...textureKinds.map((kind) => textureShare(kind, u, v, pixel, seed)),
        ]) {
          expect(value >= 0 && value <= 1, `${value} at ${u}, ${v}`).toBe(true);
        }
      },
    ),
  );
});
