import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../semiotics';
import type { Augmentation } from '../training-methods';
import { still } from '../training-testing';
import { networkInput } from './augment';

const side = 8;
/** Grey values that rise by `slope` a column and by 10 a row, from 60. */
const ramp = (slope: number) =>
  Uint8Array.from(
    { length: side * side * 3 },
    (_, i) => 60 + slope * (Math.floor(i / 3) % side) + 10 * Math.floor(i / 3 / side),
  );

const changed = (pixels: Uint8Array, augmentation: Partial<Augmentation>, seed: number) =>
  Array.from(
    networkInput(pixels, side, { ...still, ...augmentation }, seededRandom(seed)),
    (value) => (value + 1) * 127.5,
  );

const seeds = Array.from({ length: 40 }, (_, i) => i);
const red = (values: number[], x: number, y: number) => values[(y * side + x) * 3];

describe('augmentation', () => {
  it('changes nothing but the scale where nothing is asked for', () => {
    const pixels = ramp(5);
    const plain = networkInput(pixels, side, null, seededRandom(1));
    expect(plain[0]).toBeCloseTo(60 / 127.5 - 1, 6);
    expect(networkInput(pixels, side, still, seededRandom(1))).toEqual(plain);
  });

  it('mirrors about half of the pictures', () => {
    const mirrored = seeds.filter((seed) => {
      const values = changed(ramp(5), { mirror: true }, seed);
      expect([60, 95]).toContain(Math.round(red(values, 0, 0)));
      return Math.round(red(values, 0, 0)) === 95;
    });
    expect(mirrored.length).toBeGreaterThan(10);
    expect(mirrored.length).toBeLessThan(30);
  });

  it('moves pictures by no more than it may: a ramp is the same ramp, later or earlier', () => {
    const moves = seeds.map((seed) => {
      const values = changed(ramp(5), { shift: 0.25 }, seed);
      // In the middle no edge is near: what a shift of (dx, dy) makes of 60 + 5 x + 10 y.
      const across = red(values, 4, 4) - red(values, 3, 4);
      const down = red(values, 4, 4) - red(values, 4, 3);
      expect(across).toBeCloseTo(5, 3);
      expect(down).toBeCloseTo(10, 3);
      return red(values, 4, 4) - (60 + 20 + 40);
    });
    for (const move of moves) expect(Math.abs(move)).toBeLessThanOrEqual(0.25 * side * (5 + 10));
    expect(Math.max(...moves)).toBeGreaterThan(10);
    expect(Math.min(...moves)).toBeLessThan(-10);
  });

  it('scales about the centre: a ramp gets steeper or flatter by as much', () => {
    const slopes = seeds.map((seed) => {
      const values = changed(ramp(5), { scale: 0.2 }, seed);
      const middle = [3, 4].map((x) => red(values, x, 3));
      expect((middle[0] + middle[1]) / 2).toBeCloseTo(60 + 17.5 + 10 * 3.5 - 10 * (0.5 / slopeOf(values)), 0);
      return slopeOf(values);
    });
    for (const scale of slopes) expect(Math.abs(scale - 1)).toBeLessThanOrEqual(0.2001);
    expect(Math.max(...slopes)).toBeGreaterThan(1.1);
    expect(Math.min(...slopes)).toBeLessThan(0.9);
  });

  /** Scale of a ramp of 5 a column. */
  const slopeOf = (values: number[]) => 5 / (red(values, 4, 4) - red(values, 3, 4));

  it('changes colours within what a picture can hold, grey staying grey', () => {
    const results = seeds.map((seed) => changed(ramp(10), { colour: 0.4 }, seed));
    for (const values of results) {
      for (let i = 0; i < values.length; i += 3) {
        expect(values[i]).toBeCloseTo(values[i + 1], 3);
        expect(values[i]).toBeGreaterThanOrEqual(-1e-3);
        expect(values[i]).toBeLessThanOrEqual(255.001);
      }
    }
    const means = results.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
    expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(40);
  });

  it('takes saturation away from colours, or adds to it, about their luma', () => {
    const pixels = new Uint8Array(side * side * 3);
    for (let i = 0; i < pixels.length; i += 3) pixels.set([200, 100, 50], i);
    for (const seed of seeds) {
      const [r, g, b] = changed(pixels, { colour: 0.1 }, seed);
      // One colour all over: contrast moves it with its own luma as the mean, so the ratios tell saturation alone.
      expect((r - g) / (g - b)).toBeCloseTo(2, 2);
    }
  });
});
