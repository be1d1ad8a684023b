import { expect, it } from 'vitest';
import { formatStudyAddress, initialChoices, parseStudyAddress } from './study-settings';

it('reads every setting of an address', () => {
  const { settings, problems } = parseStudyAddress(
    '#study?model=photos10&method=hires-cam&measures=aura-matrix,glcm&levels=16&grid=native&sample=200&seed=7&backend=wasm',
  );
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({
    model: 'photos10',
    method: 'hires-cam',
    measures: ['aura-matrix', 'glcm'],
    levels: 16,
    grid: 'native',
    sample: 200,
    seed: 7,
    backend: 'wasm',
  });
});

it('gives back what it was given', () => {
  const choices = {
    ...initialChoices,
    method: 'grad-cam++' as const,
    measures: ['shannon' as const, 'batty' as const],
    sample: 12,
    theta: 0.35,
  };
  expect(parseStudyAddress(formatStudyAddress(choices))).toEqual({ settings: choices, problems: [] });
});

it('says what it does not understand and takes the initial value', () => {
  const { settings, problems } = parseStudyAddress('#study?measures=warmth&sample=0&seed=-1&colour=red');
  expect(settings).toEqual(initialChoices);
  expect(problems.map((problem) => problem.slice(0, 40))).toEqual([
    '"measures=warmth" is not understood; all',
    '"sample=0" is not understood; allowed: a',
    '"seed=-1" is not understood; allowed: a ',
    'There is no setting "colour".',
  ]);
  expect(parseStudyAddress('#study')).toEqual({ settings: initialChoices, problems: [] });
});
