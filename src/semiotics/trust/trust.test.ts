import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mass } from '../entropy/mass';
import { seededRandom } from '../random';
import { attributionLocalisation } from './attribution-localisation';
import { effectiveComplexity } from './effective-complexity';
import { histogramEntropy } from './histogram-entropy';
import { areaUnderRoc, localisationAuc } from './localisation-auc';
import { noisyLinearImputation } from './noisy-linear-imputation';
import { pointingGame } from './pointing-game';
import { maskOnGrid } from './region-mask';
import { relevanceMassAccuracy } from './relevance-mass-accuracy';
import { relevanceRankAccuracy } from './relevance-rank-accuracy';
import { sparseness } from './sparseness';
import { structuralSimilarity } from './structural-similarity';
import { topKIntersection } from './top-k-intersection';

type MapName = 'noise' | 'blob' | 'rectified' | 'two';
type MaskName = 'box' | 'pixel';

/** From Quantus and scikit-image: tools/trust/quantus.py. */
const quantus: {
  width: number;
  height: number;
  k: number;
  maps: Record<MapName, number[]>;
  masks: Record<MaskName, number[]>;
  expected: Record<
    MapName,
    {
      sparseness: number;
      complexity: number;
      effective: number;
      histogramEntropy: number;
      localised: Record<
        MaskName,
        Record<'pointing' | 'mass' | 'rank' | 'attribution' | 'topK' | 'auc', number>
      >;
    }
  >;
  similar: { a: MapName; b: MapName; ssim: number }[];
  imputed: { width: number; height: number; removed: number[]; picture: number[]; filled: number[] }[];
} = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/quantus.json'), 'utf8'));

const mapOf = (name: MapName) => Float32Array.from(quantus.maps[name]);
const maskOf = (name: MaskName) => Uint8Array.from(quantus.masks[name]);
const names = Object.keys(quantus.maps) as MapName[];
const maskNames = Object.keys(quantus.masks) as MaskName[];
/** What Quantus is agreed with to. */
const expectClose = (actual: number | null, expected: number) =>
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThan(1e-5);

describe.each(names)('a map, by Quantus: %s', (name) => {
  const map = mapOf(name);
  const expected = quantus.expected[name];

  it('is as sparse and as complex', () => {
    expectClose(sparseness(map), expected.sparseness);
    const bits = mass({ values: map, width: quantus.width, height: quantus.height });
    // Quantus counts in nats.
    expectClose(bits * Math.LN2, expected.complexity);
    expect((effectiveComplexity(map) ?? 0) * map.length).toBeCloseTo(expected.effective, 9);
    expectClose(histogramEntropy(map) * Math.LN2, expected.histogramEntropy);
  });

  it.each(maskNames)('finds the mask as well: %s', (where) => {
    const mask = maskOf(where);
    const { pointing, mass, rank, attribution, topK, auc } = expected.localised[where];
    expectClose(pointingGame(map, mask), pointing);
    expectClose(relevanceMassAccuracy(map, mask), mass);
    // Quantus gives equal values their places by their order in memory; only where none straddle the last place are both the same.
    if (name !== 'rectified') expectClose(relevanceRankAccuracy(map, mask), rank);
    expectClose(topKIntersection(map, mask, quantus.k), topK);
    expectClose(localisationAuc(map, mask), auc);
    // Kohlbrenner et al. weigh by picture / mask. Quantus, asked for weights, multiplies by mask / picture: the paper is followed.
    const area = quantus.masks[where].reduce((sum, inside) => sum + inside, 0);
    expectClose(attributionLocalisation(map, mask), attribution * (map.length / area));
  });
});

it.each(quantus.similar)('$a is as like $b as scikit-image finds', ({ a, b, ssim }) => {
  expectClose(structuralSimilarity(mapOf(a), mapOf(b), quantus.width, quantus.height), ssim);
});

describe('closed forms', () => {
  const mask = Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 0);
  const half = Float32Array.from(mask);
  const constant = new Float32Array(8).fill(3);
  const nothing = new Float32Array(8);
  const empty = new Uint8Array(8);
  const localise = [pointingGame, relevanceMassAccuracy, relevanceRankAccuracy, localisationAuc];

  it('a map equal to the mask finds it wholly', () => {
    expect(localise.map((measure) => measure(half, mask))).toEqual([1, 1, 1, 1]);
    expect(attributionLocalisation(half, mask)).toBe(2);
    expect(topKIntersection(half, mask, 2)).toBe(1);
    expect(topKIntersection(half, mask, 8)).toBe(0.5);
  });

  it('a constant map finds it as chance does', () => {
    // Quantus calls a constant map a hit of the pointing game wherever the mask is: its highest pixels are all pixels.
    expect(localise.map((measure) => measure(constant, mask))).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(attributionLocalisation(constant, mask)).toBe(1);
    expect(topKIntersection(constant, mask, 3)).toBe(0.5);
    expect(sparseness(constant)).toBe(0);
    expect(effectiveComplexity(constant)).toBe(1);
    expect(histogramEntropy(constant)).toBe(0);
    expect(structuralSimilarity(new Float32Array(49).fill(1), new Float32Array(49).fill(1), 7, 7)).toBeNull();
  });

  it('a single pixel is as sparse as can be, and points at itself', () => {
    const single = Float32Array.of(0, 0, 5, 0, 0, 0, 0, 0);
    expect(sparseness(single)).toBeCloseTo(1 - 1 / 8, 12);
    expect(effectiveComplexity(single)).toBe(1 / 8);
    expect(pointingGame(single, mask)).toBe(1);
    expect(relevanceMassAccuracy(single, mask)).toBe(1);
    // One of four places is taken for certain, three are drawn among seven pixels of which three are inside.
    expect(relevanceRankAccuracy(single, mask)).toBeCloseTo((1 + (3 * 3) / 7) / 4, 12);
  });

  it('a map of zeros and an empty mask say nothing', () => {
    for (const measure of [...localise, attributionLocalisation, topKIntersection]) {
      expect(measure(nothing, mask)).toBeNull();
      expect(measure(half, empty)).toBeNull();
    }
    expect(localisationAuc(half, new Uint8Array(8).fill(1))).toBeNull();
    expect(sparseness(nothing)).toBeNull();
    expect(effectiveComplexity(nothing)).toBeNull();
  });

  it('a mask of another size is refused, or brought to the grid', () => {
    expect(() => pointingGame(half, new Uint8Array(6))).toThrow('cannot be held against a mask of 6');
    expect(() => maskOnGrid(new Uint8Array(6), { width: 4, height: 2 }, { width: 2, height: 1 })).toThrow(
      'is not 4 × 2',
    );
    const fine = Uint8Array.of(1, 1, 0, 0, 1, 0, 0, 1);
    expect([...maskOnGrid(fine, { width: 4, height: 2 }, { width: 2, height: 1 })]).toEqual([1, 0]);
    expect([...maskOnGrid(Uint8Array.of(1, 0), { width: 2, height: 1 }, { width: 4, height: 2 })]).toEqual([
      1, 1, 0, 0, 1, 1, 0, 0,
    ]);
  });

  it('a scale changes nothing', () => {
    const positive = fc.float({ min: Math.fround(0.01), max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(positive, { minLength: 8, maxLength: 8 }), (values) => {
        const map = Float32Array.from(values);
        const eight = map.map((value) => value * 8);
        for (const measure of [...localise, attributionLocalisation]) {
          expect(measure(eight, mask)).toBeCloseTo(measure(map, mask) as number, 6);
        }
        expect(sparseness(eight)).toBeCloseTo(sparseness(map) as number, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('tells marked values from others as often as they are higher', () => {
    expect(areaUnderRoc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(areaUnderRoc([1, 2, 2, 3], [0, 1, 0, 1])).toBe(0.875);
  });
});

describe('noisy linear imputation', () => {
  it.each(quantus.imputed)(
    'solves for $removed.length pixels of $width × $height as the sparse solver behind Quantus',
    ({ width, height, removed, picture, filled }) => {
      const gone = new Uint8Array(width * height);
      for (const pixel of removed) gone[pixel] = 1;
      const options = { width, height, channels: 2, removed: gone, random: null };
      const values = Float32Array.from(picture);
      const exact = noisyLinearImputation(values, { ...options, tolerance: 1e-8 });
      const quick = noisyLinearImputation(values, options);
      filled.forEach((value, i) => {
        expect(Math.abs(exact[i] - value), `value ${i}`).toBeLessThan(1e-5);
        // A tenth of the noise that is put on top.
        expect(Math.abs(quick[i] - value), `value ${i}`).toBeLessThan(1e-3);
      });
    },
  );

  it('fills a plane with itself', () => {
    const side = 20;
    const plane = Float32Array.from({ length: side * side }, (_, i) => 2 * (i % side) - Math.floor(i / side));
    const removed = new Uint8Array(side * side);
    for (let y = 4; y < 15; y++) removed.fill(1, y * side + 3, y * side + 16);
    const filled = noisyLinearImputation(plane, {
      ...{ width: side, height: side, channels: 1, removed, random: null, tolerance: 1e-8 },
    });
    filled.forEach((value, i) => {
      expect(value).toBeCloseTo(plane[i], 4);
    });
  });

  it('has nothing to fill in from where everything is gone, and nothing to do where nothing is', () => {
    const picture = Float32Array.of(1, 10, 3, 20, 5, 30, 7, 40);
    const options = { width: 2, height: 2, channels: 2, random: null };
    const all = noisyLinearImputation(picture, { ...options, removed: new Uint8Array(4).fill(1) });
    expect([...all]).toEqual([4, 25, 4, 25, 4, 25, 4, 25]);
    expect(noisyLinearImputation(picture, { ...options, removed: new Uint8Array(4) })).toEqual(picture);
  });

  it('adds noise of its deviation to what is filled in, and to nothing else', () => {
    const side = 64;
    const removed = Uint8Array.from({ length: side * side }, (_, i) => i % 2);
    const filled = noisyLinearImputation(new Float32Array(side * side), {
      ...{ width: side, height: side, channels: 1, removed, random: seededRandom(4), noise: 0.5 },
    });
    const noise = [...filled].filter((_, i) => removed[i] === 1);
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
    expect(filled.every((value, i) => removed[i] === 1 || value === 0)).toBe(true);
    expect(deviation).toBeGreaterThan(0.47);
    expect(deviation).toBeLessThan(0.53);
  });
});
