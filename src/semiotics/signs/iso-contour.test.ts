import { describe, expect, it } from 'vitest';
import { type Contours, contourTracer } from './iso-contour';

function sampled(width: number, height: number, value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
}

/** Every line's signed area (positive where it runs clockwise, y downwards) and length, both with its closing side. */
function measures({ points, ends }: Contours): { area: number; length: number }[] {
  return ends.map((end, line) => {
    const start = ends[line - 1] ?? 0;
    let [area, length] = [0, 0];
    for (let i = start; i < end; i++) {
      const j = i + 1 < end ? i + 1 : start;
      const [x, y, nextX, nextY] = [points[2 * i], points[2 * i + 1], points[2 * j], points[2 * j + 1]];
      area += (x * nextY - nextX * y) / 2;
      length += Math.hypot(nextX - x, nextY - y);
    }
    return { area, length };
  });
}

const disc = (cx: number, cy: number, r: number) => (x: number, y: number) => Math.hypot(x - cx, y - cy) - r;

describe('contourTracer', () => {
  it('gives a circle its area and perimeter', () => {
    for (const radius of [3, 9.3, 20]) {
      const [circle, ...more] = measures(contourTracer()(sampled(50, 47, disc(24.3, 23.1, radius)), 50, 47));
      expect(more).toEqual([]);
      expect(circle.area / (Math.PI * radius ** 2)).toBeCloseTo(1, radius < 5 ? 1 : 2);
      expect(circle.length / (2 * Math.PI * radius)).toBeCloseTo(1, radius < 5 ? 1 : 2);
    }
  });

  it('lies exactly on a straight level', () => {
    const field = sampled(20, 20, (x, y) => Math.max(4.25 - x, x - 13.5, 3.75 - y, y - 15.25));
    const { points, ends } = contourTracer()(field, 20, 20);
    expect(ends).toHaveLength(1);
    for (let i = 0; i < ends[0]; i++) {
      const [x, y] = [points[2 * i], points[2 * i + 1]];
      const off = Math.max(4.25 - x, x - 13.5, 3.75 - y, y - 15.25);
      // Corners are cut, sides are met.
      expect(off).toBeLessThanOrEqual(1e-5);
      expect(off).toBeGreaterThan(-0.5);
    }
  });

  it('follows another level of the same field', () => {
    const [circle] = measures(contourTracer()(sampled(40, 40, disc(20, 20, 0)), 40, 40, 12));
    expect(circle.area).toBeCloseTo(Math.PI * 144, -1);
  });

  it('runs round two discs twice, and round their union once', () => {
    const union = (distance: number) =>
      sampled(60, 40, (x, y) => Math.min(disc(30 - distance, 20, 8)(x, y), disc(30 + distance, 20, 8)(x, y)));
    const trace = contourTracer();
    expect(trace(union(12), 60, 40).ends).toHaveLength(2);
    expect(trace(union(6), 60, 40).ends).toHaveLength(1);
  });

  it('runs the other way round a hole', () => {
    const ring = sampled(50, 50, (x, y) => Math.abs(Math.hypot(x - 25, y - 25) - 12) - 4);
    const areas = measures(contourTracer()(ring, 50, 50)).map(({ area }) => area);
    expect(areas).toHaveLength(2);
    expect(areas.reduce((a, b) => a + b) / (Math.PI * (256 - 64))).toBeCloseTo(1, 2);
    expect(Math.min(...areas)).toBeLessThan(0);
  });

  it('joins a saddle by its mean, either way', () => {
    const saddle = (middle: number) =>
      Float32Array.from([1, 1, 1, 1, 1, -1, middle, 1, 1, middle, -1, 1, 1, 1, 1, 1]);
    const mirrored = (middle: number) =>
      Float32Array.from([1, 1, 1, 1, 1, middle, -1, 1, 1, -1, middle, 1, 1, 1, 1, 1]);
    const trace = contourTracer();
    for (const field of [saddle, mirrored]) {
      expect(trace(field(0.5), 4, 4).ends).toHaveLength(1);
      expect(trace(field(2), 4, 4).ends).toHaveLength(2);
    }
  });

  it('finds nothing where nothing lies below the level, and one pixel where one does', () => {
    const trace = contourTracer();
    expect(trace(new Float32Array(9).fill(1), 3, 3).ends).toEqual([]);
    expect(trace(Float32Array.from([1, 1, 1, 1, -1, 1, 1, 1, 1]), 3, 3).ends).toEqual([4]);
  });
});
