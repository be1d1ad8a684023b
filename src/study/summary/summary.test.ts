import { describe, expect, it } from 'vitest';
import { askAtOnce, someImages, studyWith } from '../study-testing';
import { measureSteps, superizationParts, superizationSteps } from './change';
import { answerDifference, commonPictures, matchLayers, pairedDifference } from './difference';
import { groupsOf } from './groups';
import { profileOf } from './layer-profile';
import { levelsOf } from './null-level';
import { measureColumns, seriesOf, studyColumns } from './number-columns';

const none = Number.NaN;
const layers = ['conv1', 'conv2', 'conv3'];
/** Small, different for every image, and without a mean over images 0 to 9. */
const wobble = (image: number) => ((image % 10) - 4.5) / 100;

describe('columns', () => {
  it('are laid out by picture, target and layer', () => {
    const study = studyWith({ images: someImages(2), layers, numbers: {} });
    study.numbers.signs = Float64Array.from({ length: 12 }, (_, i) => i);
    expect(seriesOf(study, 'signs', 'predicted').map((series) => [...series])).toEqual([
      [0, 6],
      [1, 7],
      [2, 8],
    ]);
    expect(seriesOf(study, 'signs', 'true', [1]).map((series) => [...series])).toEqual([[9], [10], [11]]);
    expect(seriesOf(study, 'warmth', 'true')[0]).toEqual(Float64Array.of(none, none));
  });

  it('are all named, with their nulls', () => {
    const study = studyWith({
      images: [],
      layers,
      numbers: {},
      settings: { measures: ['aura', 'glcm'] },
    });
    expect(measureColumns(study).map(({ id, null: nulls }) => [id, nulls])).toEqual([
      ['aura', 'aura null'],
      ['glcm', 'glcm null'],
    ]);
    for (const { id, null: nulls } of studyColumns(study)) {
      expect(Object.keys(study.numbers)).toContain(id);
      if (nulls) expect(Object.keys(study.numbers)).toContain(nulls);
    }
  });
});

describe('profiles', () => {
  it('have mean, band and null at every layer, and nothing where no picture has the number', async () => {
    const study = studyWith({
      images: someImages(4),
      layers,
      numbers: {
        'aura-matrix': (image, layer) => (layer === 1 ? none : layer + image),
        'aura-matrix null': () => 2,
      },
    });
    const [column] = measureColumns(study);
    const profile = await profileOf(study, column, 'predicted', askAtOnce);
    expect(profile.points.map((point) => point?.mean ?? null)).toEqual([1.5, null, 3.5]);
    expect(profile.points[0]?.low).toBeLessThan(1.5);
    expect(profile.points[0]?.low).toBeGreaterThanOrEqual(0);
    expect(profile.null?.[0]).toEqual({ mean: 2, low: 2, high: 2 });
    const part = await profileOf(study, column, 'predicted', askAtOnce, [3]);
    expect(part.points[2]).toEqual({ mean: 5, low: 5, high: 5 });
    expect(part.pictures).toBe(1);
  });
});

describe('steps', () => {
  const study = (fall: number, nullFall: number, count = 20) =>
    studyWith({
      images: someImages(count),
      layers,
      numbers: {
        'aura-matrix': (image, layer) => 1 - fall * layer + layer * wobble(image),
        'aura-matrix null': (_, layer) => 1 - nullFall * layer,
        'class formation': (_, layer) => (layer ? -fall : none),
        'complex formation': (image, layer) => (layer ? wobble(image) : none),
        'class formation null': (_, layer) => (layer ? 0 : none),
        'complex formation null': (_, layer) => (layer ? -nullFall : none),
      },
    });

  it('claim a fall beyond that of the null, and tell in how many pictures it happens', async () => {
    const falling = study(0.5, 0.2);
    const [first, step] = await measureSteps(falling, measureColumns(falling)[0], 'predicted', askAtOnce);
    expect(first).toBeNull();
    expect(step).toMatchObject({ from: 'conv1', to: 'conv2', claimed: true });
    expect(step?.change.mean).toBeCloseTo(-0.5, 12);
    expect(step?.null.mean).toBeCloseTo(-0.2, 12);
    expect(step?.beyond.mean).toBeCloseTo(-0.3, 12);
    expect(step?.share).toMatchObject({ share: 1, of: 20 });
    // All twenty one way: the least p of 16,384 flips, corrected for two steps.
    expect(step?.p).toBeCloseTo(2 / 16_384, 12);
  });

  it('claim nothing where the null falls as much, where it rises, or where images are few', async () => {
    for (const flat of [study(0.5, 0.5), study(-0.5, -0.9), study(0.5, 0.2, 5)]) {
      const steps = await measureSteps(flat, measureColumns(flat)[0], 'predicted', askAtOnce);
      expect(steps.map((step) => step?.claimed ?? false)).toEqual([false, false, false]);
    }
    // Half of the pictures fall by more than the null, which proves nothing.
    const even = study(0.5, 0.5);
    const [, step] = await measureSteps(even, measureColumns(even)[0], 'predicted', askAtOnce);
    expect(step?.share.share).toBe(0.5);
  });

  it('of superization are those of the joint aura entropy, split in two', async () => {
    const falling = study(0.5, 0.2);
    const steps = await superizationSteps(falling, 'true', askAtOnce);
    const parts = await superizationParts(falling, 'true', steps, askAtOnce);
    expect(steps[1]?.change.mean).toBeCloseTo(-0.5, 12);
    expect(steps[1]?.null.mean).toBeCloseTo(-0.2, 12);
    expect(parts[0]).toBeNull();
    expect(parts[2]).toMatchObject({ claimed: true, share: { mean: 1 } });
    expect(parts[2]?.classFormation).toEqual({ mean: -0.5, low: -0.5, high: -0.5 });
    expect(parts[2]?.complexFormation.mean).toBeCloseTo(0, 12);
    expect(parts[2]?.null).toEqual({ classFormation: 0, complexFormation: expect.closeTo(-0.2, 12) });
  });
});

it('levels are below their null where the images agree on it', async () => {
  const study = studyWith({
    images: someImages(12),
    layers,
    numbers: {
      'aura-matrix': (image, layer) => [0.4, 0.6, none][layer] + wobble(image),
      'aura-matrix null': () => 0.6,
    },
  });
  const levels = await levelsOf(study, measureColumns(study)[0], 'predicted', askAtOnce);
  expect(levels.map((level) => level?.below ?? null)).toEqual([true, false, null]);
  // Exact: both of the 4,096 flips that keep all signs, corrected for two layers.
  expect(levels[0]?.p).toBeCloseTo((2 * 2) / 4096, 12);
});

describe('groups', () => {
  const study = studyWith({
    images: [
      { trueClass: 1, predicted: 1, probability: 0.8 },
      { trueClass: 0, predicted: 1, probability: 0.4 },
      { trueClass: null, predicted: 0, probability: 0.99 },
      { trueClass: 0, predicted: 0, probability: 0.6 },
    ],
    layers,
    numbers: {},
  });

  it('by class follow the network’s labels, by answer part right from wrong', () => {
    expect(groupsOf(study, 'class')).toEqual([
      { name: 'fish', images: [1, 3] },
      { name: 'dog', images: [0] },
    ]);
    expect(groupsOf(study, 'answer')).toEqual([
      { name: 'right', images: [0, 3] },
      { name: 'wrong', images: [1] },
    ]);
  });

  it('by confidence are quarters in its order', () => {
    expect(groupsOf(study, 'confidence')).toEqual([
      { name: '40 to 40 % sure', images: [1] },
      { name: '60 to 60 % sure', images: [3] },
      { name: '80 to 80 % sure', images: [0] },
      { name: '99 to 99 % sure', images: [2] },
    ]);
    const many = studyWith({
      images: someImages(10, (i) => ({ probability: 1 - i / 10 })),
      layers,
      numbers: {},
    });
    const quarters = groupsOf(many, 'confidence').map(({ images }) => images);
    expect(quarters.flat()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(quarters.map(({ length }) => length)).toEqual([3, 2, 3, 2]);
  });
});

describe('comparisons', () => {
  const numbers = (shift: number) => ({
    'aura-matrix': (image: number, layer: number) =>
      layer + image + shift * (layer === 2 ? 1 + wobble(image) : 0),
  });
  const first = studyWith({ images: someImages(12), layers, numbers: numbers(-1) });

  it('set the same pictures against each other, whatever their order', async () => {
    const second = studyWith({
      images: someImages(13, (i) => ({ sha256: `${(i + 5) % 13}`, path: `other/${i}` })),
      layers,
      numbers: { 'aura-matrix': (image, layer) => layer + ((image + 5) % 13) },
    });
    expect(commonPictures(first, second)).toHaveLength(12);
    expect(commonPictures(first, second)[0]).toEqual([0, 8]);
    const { differences, means, paired, pictures } = await pairedDifference(
      first,
      second,
      measureColumns(first)[0],
      'predicted',
      askAtOnce,
    );
    expect([paired, pictures]).toEqual([true, 12]);
    expect(means.second[0]?.mean).toBeCloseTo(5.5, 12);
    expect(differences.slice(0, 2)).toEqual([
      { band: { mean: 0, low: 0, high: 0 }, effect: null, p: 1 },
      { band: { mean: 0, low: 0, high: 0 }, effect: null, p: 1 },
    ]);
    // Images 10 and 11 wobble by -0.045 and -0.035, the others by nothing together.
    expect(differences[2]?.band.mean).toBeCloseTo(-1 + 0.08 / 12, 12);
    expect(differences[2]?.effect).toBeLessThan(-10);
    expect(differences[2]?.p).toBeCloseTo((3 * 2) / 4096, 12);
  });

  it('are refused where no picture is in both', async () => {
    const other = studyWith({ images: someImages(3, (i) => ({ sha256: `x${i}` })), layers, numbers: {} });
    await expect(
      pairedDifference(first, other, measureColumns(first)[0], 'predicted', askAtOnce),
    ).rejects.toThrow('have no picture in common');
  });

  it('match layers by name, and where these differ by depth', () => {
    const deeper = studyWith({ images: [], layers: ['a', 'b', 'c', 'd', 'e'], numbers: {} });
    expect(matchLayers(first, first)).toEqual({ by: 'name', layers: [0, 1, 2] });
    expect(matchLayers(first, deeper)).toEqual({ by: 'depth', layers: [0, 2, 4] });
    expect(matchLayers(deeper, first)).toEqual({ by: 'depth', layers: [0, 1, 1, 2, 2] });
  });

  it('of wrong with right answers are those of two groups', async () => {
    const study = studyWith({
      images: someImages(40, (i) => ({ predicted: i % 4 === 0 ? 1 : 0 })),
      layers,
      numbers: {
        'aura-matrix': (image, layer) =>
          (layer === 1 && image % 4 === 0 ? 3 : 1) + wobble(image) + wobble(image * 3),
      },
    });
    const difference = await answerDifference(study, measureColumns(study)[0], 'predicted', askAtOnce);
    expect(difference).toMatchObject({ paired: false, pictures: 40 });
    const [outer, inner] = difference?.differences ?? [];
    expect(inner?.band.mean).toBeCloseTo(2, 0);
    expect(inner?.band.low).toBeGreaterThan(1.9);
    expect(inner?.p).toBeCloseTo(3e-4, 12);
    expect(inner?.effect).toBeGreaterThan(5);
    expect(outer?.p).toBeGreaterThan(0.05);
    const allRight = studyWith({ images: someImages(4), layers, numbers: {} });
    expect(await answerDifference(allRight, measureColumns(allRight)[0], 'predicted', askAtOnce)).toBeNull();
  });
});
