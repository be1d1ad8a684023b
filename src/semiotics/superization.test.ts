import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auraSplit, nullAuraSplit, nullModel, seededRandom, superization } from './index';

const entropies = fc
  .record({
    marginal: fc.double({ min: 0, max: 8, noNaN: true }),
    conditional: fc.double({ min: 0, max: 8, noNaN: true }),
  })
  .map(({ marginal, conditional }) => ({ joint: marginal + conditional, marginal, conditional }));
const layer = fc.record({ value: entropies, null: entropies });

test('class and complex formation add up to the change, so do those of the null model', () => {
  fc.assert(
    fc.property(layer, layer, (from, to) => {
      const split = superization(from, to);
      for (const part of [split, split.null]) {
        expect(Math.abs(part.classFormation + part.complexFormation - part.change)).toBeLessThan(1e-9);
      }
    }),
  );
});

test('on maps, too', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      const [from, to] = [a, b].map((seed, i) => {
        const random = seededRandom(seed);
        const side = i === 0 ? 16 : 8;
        const map = Float32Array.from({ length: side * side }, () => random.next() ** 2);
        const value = auraSplit(map, side, side, { levels: 32 });
        return { value, null: value };
      });
      const { change, classFormation, complexFormation } = superization(from, to);
      expect(Math.abs(classFormation + complexFormation - change)).toBeLessThan(1e-9);
    }),
    { numRuns: 50 },
  );
});

describe('by hand, 4 x 4', () => {
  const map = (value: (x: number, y: number) => number) =>
    Float32Array.from({ length: 16 }, (_, i) => value(i % 4, Math.floor(i / 4)));
  const aura = (values: Float32Array) => auraSplit(values, 4, 4, { torus: true });
  const still = { joint: 0, marginal: 0, conditional: 0 };
  test('stripes two wide to a checkerboard: the same two classes, bound tighter', () => {
    const stripes = aura(map((x) => (x < 2 ? 0 : 1)));
    const checkers = aura(map((x, y) => (x + y) % 2));
    const split = superization({ value: stripes, null: still }, { value: checkers, null: still });
    // Of the four neighbours of a striped pixel three are of its own class: log2 4 - 3/4 log2 3 bits.
    const loose = 2 - 0.75 * Math.log2(3);
    expect(split.classFormation).toBeCloseTo(0, 12);
    expect(split.complexFormation).toBeCloseTo(-loose, 12);
    expect(split.change).toBeCloseTo(-loose, 12);
    expect(split.happens).toBe(true);
  });
  test('a checkerboard to a flat map: its two classes become one', () => {
    const checkers = aura(map((x, y) => (x + y) % 2));
    const split = superization({ value: checkers, null: still }, { value: aura(map(() => 1)), null: still });
    expect(split).toMatchObject({ classFormation: -1, change: -1 });
    expect(split.complexFormation).toBeCloseTo(0, 12);
  });
});

test('superization happens where entropy falls, and by more than that of the null model', () => {
  const at = (joint: number) => ({ joint, marginal: joint, conditional: 0 });
  const step = (own: [number, number], chance: [number, number]) =>
    superization({ value: at(own[0]), null: at(chance[0]) }, { value: at(own[1]), null: at(chance[1]) })
      .happens;
  expect(step([6, 4], [8, 7])).toBe(true);
  expect(step([6, 5], [8, 7])).toBe(false);
  expect(step([6, 5.5], [8, 7])).toBe(false);
  expect(step([6, 5.9], [7, 8])).toBe(true);
  // It rises, if by less than chance would have it: nothing fell.
  expect(step([6, 6.5], [7, 8])).toBe(false);
  expect(step([6, 6], [7, 7])).toBe(false);
});

test('the null split comes from the same shuffles as the null model of each part', () => {
  const random = seededRandom(8);
  const map = Float32Array.from({ length: 100 }, () => random.next() ** 3);
  const options = { grid: { width: 23, height: 17 }, shuffles: 5, seed: 3, levels: 64 };
  const split = nullAuraSplit(map, 10, 10, options);
  expect(split.joint.values).toEqual(nullModel(map, 10, 10, { ...options, measure: 'aura' }).values);
  expect(split.marginal.values).toEqual(nullModel(map, 10, 10, { ...options, measure: 'marginal' }).values);
  expect(split.conditional.values).toEqual(
    nullModel(map, 10, 10, { ...options, measure: 'conditional' }).values,
  );
  expect(split.marginal.mean + split.conditional.mean).toBeCloseTo(split.joint.mean, 12);
});
