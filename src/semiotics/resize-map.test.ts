import { expect, test } from 'vitest';
import { resizeBilinear } from './resize-map';

test('half-pixel centres, clamped edges: a row of two to four', () => {
  // PyTorch's documented example of interpolate(mode='bilinear', align_corners=False) on [[1, 2], [3, 4]].
  const out = resizeBilinear(Float32Array.from([1, 2, 3, 4]), 2, 2, 4, 4);
  expect([...out]).toEqual([1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4]);
});

test('halving averages two by two', () => {
  const map = Float32Array.from({ length: 16 }, (_, i) => i);
  expect([...resizeBilinear(map, 4, 4, 2, 2)]).toEqual([2.5, 4.5, 10.5, 12.5]);
});

test('odd factors sample the middle pixel', () => {
  const map = Float32Array.from({ length: 9 }, (_, i) => i);
  expect([...resizeBilinear(map, 9, 1, 3, 1)]).toEqual([1, 4, 7]);
});

test('a size of its own gives a copy, one pixel gives a flat map', () => {
  const map = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const copy = resizeBilinear(map, 3, 2, 3, 2);
  expect(copy).toEqual(map);
  expect(copy).not.toBe(map);
  expect([...resizeBilinear(Float32Array.from([2]), 1, 1, 3, 2)]).toEqual([2, 2, 2, 2, 2, 2]);
});

test('a plane stays a plane inside the border', () => {
  const plane = Float32Array.from({ length: 35 }, (_, i) => 2 * (i % 7) + 3 * Math.floor(i / 7));
  const out = resizeBilinear(plane, 7, 5, 21, 20);
  for (let y = 2; y < 18; y++) {
    for (let x = 2; x < 19; x++) {
      const right = 2 * ((x + 0.5) / 3 - 0.5) + 3 * ((y + 0.5) / 4 - 0.5);
      expect(out[y * 21 + x]).toBeCloseTo(right, 5);
    }
  }
});

test('sizes that do not fit are refused', () => {
  expect(() => resizeBilinear(new Float32Array(5), 2, 2, 4, 4)).toThrow('A map of 2 x 2 has 4 values');
  expect(() => resizeBilinear(new Float32Array(4), 2, 2, 0, 4)).toThrow('at least 1 x 1 pixels');
});
