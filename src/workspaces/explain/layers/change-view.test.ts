import { describe, expect, test } from 'vitest';
import type { LayerMeasurement } from '../../../engine/measure/measure-methods';
import { auraSplit, seededRandom, spatialEntropy } from '../../../semiotics';
import type { Shown } from '../../../state/explain-store';
import { initialSettings } from '../../../state/settings';
import { changeChartData, changeRows, resizes, stepTo } from './change-view';

const sides = [16, 16, 8, 8];
const random = seededRandom(3);
const maps = sides.map((side) => ({
  width: side,
  height: side,
  values: Float32Array.from({ length: side * side }, () => random.next() ** 3),
}));

/** Real entropies of real maps; only what the network would add is left out. */
function state(
  change: (layer: LayerMeasurement, i: number) => LayerMeasurement = (layer) => layer,
  empty = -1,
): Shown {
  const layers = maps.map(({ values, width, height }, i) => {
    const { marginal, conditional } = auraSplit(values, width, height, { levels: 32 });
    const aura = { marginal: marginal - 0.1 * i, conditional: conditional + 0.05 * i, sd: 0.3 };
    return change(
      { value: 0, mutual: null, marginal, conditional, null: null, structure: null, nullAura: aura },
      i,
    );
  });
  return {
    settings: initialSettings,
    picture: null,
    layer: 1,
    measurement: { layers, milliseconds: 1 },
    analysis: {
      layers: maps.map((map, index) => ({
        index,
        name: `conv${index + 1}`,
        map,
        outcome: index === empty ? 'none' : 'evidence',
      })),
    },
  } as unknown as Shown;
}

describe('the step between two layers', () => {
  test('class and complex formation add up to the change of the joint entropy, to 1e-9', () => {
    for (const i of [1, 2, 3]) {
      const { change, classFormation, complexFormation, ...rest } = stepTo(state(), i)!;
      expect(Math.abs(change - classFormation - complexFormation)).toBeLessThan(1e-9);
      const joint = ({ values, width, height }: (typeof maps)[number]) =>
        spatialEntropy(values, width, height, { measure: 'aura', levels: 32 }) as number;
      expect(Math.abs(change - joint(maps[i]) + joint(maps[i - 1]))).toBeLessThan(1e-9);
      const chance = rest.null!;
      expect(Math.abs(chance.change - chance.classFormation - chance.complexFormation)).toBeLessThan(1e-9);
      // The null falls by 0.1 bits more in its classes, and by 0.05 less in its complexes.
      expect(chance.classFormation).toBeCloseTo(classFormation - 0.1, 9);
      expect(chance.complexFormation).toBeCloseTo(complexFormation + 0.05, 9);
      expect(rest.happens).toBe(false);
      // Two layers that vary by themselves: variances add up.
      expect(rest.nullSd).toBeCloseTo(0.3 * Math.SQRT2, 12);
    }
  });
  test('superization happens where the entropy falls by more than the null', () => {
    const falling = state((layer, i) => ({
      ...layer,
      marginal: 6 - i,
      nullAura: { marginal: 7 - i / 2, conditional: 0, sd: 0.5 },
    }));
    const still = stepTo(
      state((layer, i) => ({
        ...layer,
        marginal: 6 - i,
        conditional: 0,
        nullAura: { marginal: 7 - 2 * i, conditional: 0, sd: 0.5 },
      })),
      1,
    )!;
    expect(changeChartData(falling)!.layers.map(({ step }) => step !== null)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(
      stepTo(
        state((layer, i) => ({
          ...layer,
          marginal: 6 - i,
          conditional: 0,
          nullAura: { marginal: 7 - i / 2, conditional: 0, sd: 0.5 },
        })),
        1,
      )!.happens,
    ).toBe(true);
    expect(still).toMatchObject({ change: -1, happens: false });
  });
  test('without both null models the split stands alone', () => {
    const early = state((layer, i) => (i === 2 ? { ...layer, nullAura: null } : layer));
    expect(stepTo(early, 1)!.happens).not.toBeNull();
    for (const i of [2, 3]) expect(stepTo(early, i)).toMatchObject({ null: null, happens: null });
  });
  test('a layer without evidence is a gap on both sides', () => {
    const gap = state(undefined, 2);
    expect([0, 1, 2, 3].map((i) => stepTo(gap, i) !== null)).toEqual([false, true, false, false]);
  });
  test('a step changes the size or does not', () => {
    expect([0, 1, 2, 3].map((i) => resizes(state(), i))).toEqual([false, false, true, false]);
  });
});

test('a row a step, empty where nothing is known', () => {
  const rows = changeRows(state(undefined, 3));
  expect(rows.map(({ from, to, resizes }) => [from, to, resizes])).toEqual([
    ['conv1', 'conv2', 'no'],
    ['conv2', 'conv3', 'yes'],
    ['conv3', 'conv4', 'no'],
  ]);
  expect(rows[2]).toMatchObject({ change: null, null_change: null, superization: null });
  const { change, class_formation, complex_formation } = rows[0] as Record<string, number>;
  expect(Math.abs(change - class_formation - complex_formation)).toBeLessThan(1e-9);
});
