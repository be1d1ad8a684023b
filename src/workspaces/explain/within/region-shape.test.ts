import { expect, test } from 'vitest';
import { maskOf, movedRegion, outlineOf, type Place, regionInText, regionOf } from './region-shape';

test('a region is what the address says, and says it again', () => {
  for (const text of ['0.1,0.2,0.6,0.8', '0,0,1,1', '0.1,0.1;0.9,0.1;0.5,0.9']) {
    expect(regionInText(regionOf(text)!)).toBe(text);
  }
  for (const text of [
    '',
    '0.1,0.2',
    '0.6,0.2,0.1,0.8',
    '0.1,0.2,0.1,0.8',
    '0,0,2,1',
    '0.1,0.1;0.2,0.2',
    'a,b,c,d',
  ])
    expect(regionOf(text)).toBeNull();
});

test('a box takes the pixels whose middles lie in it', () => {
  const { inside } = maskOf(regionOf('0.25,0.5,0.75,1')!, { width: 4, height: 4 });
  expect([...inside]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0]);
});

test('a triangle has half the pixels of its box', () => {
  const { inside } = maskOf(regionOf('0,0;1,0;0,1')!, { width: 100, height: 100 });
  expect(inside.reduce((sum, one) => sum + one, 0) / 1e4).toBeCloseTo(0.5, 1);
});

test('what a hand draws becomes an outline of few corners', () => {
  const circle = Array.from({ length: 500 }, (_, i): Place => {
    const angle = (i * Math.PI) / 250;
    return [0.5 + 0.3 * Math.cos(angle), 0.5 + 0.3 * Math.sin(angle)];
  });
  const shape = outlineOf(circle)!;
  expect(shape.corners.length).toBeLessThanOrEqual(80);
  const { inside } = maskOf(shape, { width: 200, height: 200 });
  expect(inside.reduce((sum, one) => sum + one, 0) / 4e4).toBeCloseTo(Math.PI * 0.09, 2);
  expect(outlineOf([[0, 0]])).toBeNull();
});

test('it is moved and resized without leaving the picture', () => {
  const box = regionOf('0.4,0.4,0.6,0.6')!;
  expect(regionInText(movedRegion(box, 0.1, -0.1))).toBe('0.5,0.3,0.7,0.5');
  expect(regionInText(movedRegion(box, 0.9, 0))).toBe('0.8,0.4,1,0.6');
  expect(regionInText(movedRegion(box, 0, 0, 0.2))).toBe('0.3,0.3,0.7,0.7');
  expect(regionInText(movedRegion(box, 0, 0, -0.9))).toBe('0.49,0.49,0.51,0.51');
});
