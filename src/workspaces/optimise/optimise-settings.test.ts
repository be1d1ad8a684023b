// @vitest-environment page
import { expect, it } from 'vitest';
import { presets } from '../../training/architecture/presets';
import { architectureOf, recipeOf, settingsOfArchitecture } from './architecture/network-of';
import { formatOptimise, initialOptimise, parseOptimise } from './optimise-settings';
import { searchOptionsOf } from './search/search-options';

it('gives back what it was given', () => {
  const settings = {
    ...initialOptimise,
    preset: 'own' as const,
    architecture: 'relu-same-norm-average_c16-r24-max_c32k1-none',
    side: 24,
    data: 'images' as const,
    learningRate: 0.00025,
    mirror: false,
    tolerance: 0.5,
    start: 'file:my net',
  };
  expect(parseOptimise(formatOptimise(settings))).toEqual({ settings, problems: [] });
});

it('reads an address written by hand and leaves the rest as it begins', () => {
  const { settings, problems } = parseOptimise(
    '#optimise?preset=lenet5&data=pictographs&side=32&scenes=7&epochs=2',
  );
  expect(problems).toEqual([]);
  expect(settings).toEqual({ ...initialOptimise, preset: 'lenet5', side: 32, dataSeed: 7, epochs: 2 });
});

it('says what it does not understand', () => {
  const { settings, problems } = parseOptimise(
    '#optimise?preset=alexnet&side=7&rate=0&epochs=1.5&architecture=c16&warmth=3',
  );
  expect(settings).toEqual(initialOptimise);
  expect(problems).toHaveLength(6);
  expect(problems).toContain('"side=7" is not understood; allowed: a whole number from 16 to 224.');
  expect(problems).toContain('There is no setting "warmth".');
});

it('needs an architecture where it is to be an own one', () => {
  const { settings, problems } = parseOptimise('#optimise?preset=own');
  expect(settings.preset).toBe('small-vgg');
  expect(problems).toHaveLength(1);
});

it('names every preset again, at any side', () => {
  for (const { id, architecture } of presets) {
    expect(settingsOfArchitecture({ ...architecture, side: 40 })).toEqual({
      preset: id,
      architecture: '',
      side: 40,
    });
    expect(architectureOf({ ...initialOptimise, preset: id, side: 40 })).toEqual({
      ...architecture,
      side: 40,
    });
  }
});

it('writes the recipe as the settings have it', () => {
  expect(recipeOf({ ...initialOptimise, optimiser: 'sgd', patience: 3, seed: 5 })).toMatchObject({
    optimiser: { kind: 'sgd', momentum: 0.9 },
    patience: 3,
    seed: 5,
  });
  expect(recipeOf(initialOptimise).patience).toBeNull();
});

it('counts the cost of a step over filters as an address asks, and keeps the default as searches had it before', () => {
  const shrinkOf = (address: string) => searchOptionsOf(parseOptimise(address).settings).shrink;
  expect(shrinkOf('#optimise?unit=filters&cost=multiply-adds&cut=30')).toEqual({
    cut: 0.3,
    most: 0.5,
    of: 'multiply-adds',
  });
  expect(shrinkOf('#optimise?unit=filters')).toEqual({ cut: 0.25, most: 0.5 });
});
