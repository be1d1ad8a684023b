import { expect, it } from 'vitest';
import { createSmoothing, rateOf } from './smoothing';

const map = (...values: number[]) => ({ values: Float32Array.from(values), width: values.length, height: 1 });

it('weighs a frame that is k frames old by share · (1 − share)^k, the first by what is left', () => {
  const smooth = createSmoothing(0.25);
  const frames = [8, 0, 4, 16].map((value) => smooth(map(value, 1), 3).values);
  // 0.75³·8 + 0.25·(0.75²·0 + 0.75·4 + 16) = 3.375 + 4.75
  expect(frames[3][0]).toBeCloseTo(8.125, 6);
  expect(frames[3][1]).toBeCloseTo(1, 6);
});

it('follows a step by 1 − (1 − share)^n after n frames', () => {
  const smooth = createSmoothing(0.3);
  smooth(map(0), null);
  let shown = map(0);
  for (let frame = 0; frame < 10; frame++) shown = smooth(map(1), null) as typeof shown;
  expect(shown.values[0]).toBeCloseTo(1 - 0.7 ** 10, 5);
});

it('begins anew where another class is explained or the map has another size', () => {
  const smooth = createSmoothing(0.3);
  smooth(map(0, 0), 1);
  expect([...smooth(map(1, 1), 2).values]).toEqual([1, 1]);
  expect([...smooth(map(5, 5, 5), 2).values]).toEqual([5, 5, 5]);
});

it('leaves the maps it was given as they were', () => {
  const smooth = createSmoothing();
  const first = map(2);
  smooth(first, 0);
  smooth(map(4), 0);
  expect(first.values[0]).toBe(2);
});

it('tells frames a second from the times between frames', () => {
  expect(rateOf([])).toBeNull();
  expect(rateOf([10])).toBeNull();
  // Four frames in 300 ms after the first.
  expect(rateOf([0, 100, 200, 300])).toBeCloseTo(10, 12);
});
