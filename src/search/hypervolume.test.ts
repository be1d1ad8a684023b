import { expect, it } from 'vitest';
import { hypervolume } from './hypervolume';

it('is the area below the steps of a front', () => {
  const places = [
    { cost: 0.5, yields: 0.8 },
    { cost: 0.25, yields: 0.4 },
  ];
  expect(hypervolume(places)).toBeCloseTo(0.25 * 0.4 + 0.5 * 0.8, 12);
});
it('counts neither what is outdone nor what costs as much as the dearest or more', () => {
  const front = [{ cost: 0.25, yields: 0.9 }];
  const more = [...front, { cost: 0.5, yields: 0.3 }, { cost: 1, yields: 1 }, { cost: 2, yields: 1 }];
  expect(hypervolume(more)).toBeCloseTo(0.75 * 0.9, 12);
  expect(hypervolume([])).toBe(0);
});
