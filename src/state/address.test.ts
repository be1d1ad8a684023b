import { describe, expect, it } from 'vitest';
import { type SaliencyMethod, saliencyMethodNames } from '../saliency/method-names';
import { formatAddress, parseAddress } from './address';
import { initialSettings } from './settings';

describe('the address', () => {
  it('reads every parameter of the contract', () => {
    const { settings, problems } = parseAddress(
      '#explain?model=photos10&image=golf-ball&class=3&method=grad-cam&measure=glcm&levels=16&grid=native&layer=conv3_2&backend=wasm',
    );
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      model: 'photos10',
      image: 'golf-ball',
      target: 3,
      method: 'grad-cam',
      measure: 'glcm',
      levels: 16,
      grid: 'native',
      layer: 'conv3_2',
      backend: 'wasm',
    });
  });

  it('gives back what it was given, odd names included', () => {
    const settings = {
      ...initialSettings,
      image: 'https://example.org/a b.jpg?x=1&y=#2',
      target: 7,
      torus: true,
      colours: 'cividis' as const,
      opacity: 0.3,
    };
    expect(parseAddress(formatAddress(settings))).toEqual({ settings, problems: [] });
  });

  it('reads every method, the one with plus signs in both spellings', () => {
    for (const method of Object.keys(saliencyMethodNames) as SaliencyMethod[]) {
      for (const spelt of [method, encodeURIComponent(method)]) {
        expect(parseAddress(`#explain?method=${spelt}`)).toMatchObject({
          settings: { method },
          problems: [],
        });
      }
      expect(parseAddress(formatAddress({ ...initialSettings, method })).settings.method).toBe(method);
    }
  });

  it('says what it does not understand and takes the initial value', () => {
    const { settings, problems } = parseAddress(
      '#explain?levels=17&measure=warmth&class=-1&opacity=2&colour=red',
    );
    expect(settings).toEqual(initialSettings);
    expect(problems).toHaveLength(5);
    expect(problems[0]).toBe(
      '"class=-1" is not understood; allowed: winner or the number of a class, from 0.',
    );
    expect(problems[4]).toBe('There is no setting "colour".');
  });

  it('is empty at first and names an unknown page', () => {
    expect(parseAddress('')).toEqual({ settings: initialSettings, problems: [] });
    expect(parseAddress('#nowhere').problems).toEqual(['There is no page "nowhere".']);
  });
});
