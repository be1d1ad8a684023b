import { expect, test } from 'vitest';
import { signOutlines } from '../semiotics';
import { outlinePath } from './outline-path';

test('a pixel becomes a square on its corner; the corners are cut half a pixel deep', () => {
  const [loops] = signOutlines(Int32Array.of(0), 1, 1);
  expect(outlinePath(loops)).toBe('M0.5 0L1 0.5L1 0.5L0.5 1L0.5 1L0 0.5L0 0.5L0.5 0Z');
});

test('a slanting border is a straight line', () => {
  const labels = Int32Array.of(0, -1, -1, 0, 0, -1, 0, 0, 0);
  const [loops] = signOutlines(labels, 3, 3);
  const points = outlinePath(loops)
    .slice(1, -1)
    .split('L')
    .map((point) => point.split(' ').map(Number));
  const slanting = points.filter(([x, y]) => x > 0.5 && y > 0 && y < 2.5 && x < 3);
  expect(slanting.length).toBeGreaterThan(3);
  for (const [x, y] of slanting) expect(y - x).toBeCloseTo(-0.5, 12);
});

test('loops are closed one by one', () => {
  const [loops] = signOutlines(Int32Array.of(0, -1, 0), 3, 1);
  expect(outlinePath(loops).match(/M[^Z]+Z/g)).toHaveLength(2);
});
