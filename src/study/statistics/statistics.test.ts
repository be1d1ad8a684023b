import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../semiotics';
import { bootstrapDifferences } from './bootstrap';
import { bootstrapEffects } from './bootstrap-effects';
import { transform, transformBack, zeros } from './fourier';
import {
  bootstrapMeans,
  effectInWords,
  groupEffect,
  groupPermutationTests,
  holm,
  kernelDensity,
  mean,
  pairedEffect,
  pairedPermutationTests,
  quantileOfSorted,
  sorted,
  standardDeviation,
  wilsonShare,
} from './index';
import { pairedFamilyTests } from './paired-permutation';
import { resampledSums } from './resampled-sums';

/** Made by `fixtures/statistics.py` with SciPy, NumPy and statsmodels. */
const reference = JSON.parse(
  readFileSync(new URL('./fixtures/statistics.json', import.meta.url), 'utf8'),
) as Reference;

interface Reference {
  sample: { values: number[]; mean: number; sd: number; quantiles: Record<string, number> };
  density: { points: number[]; values: number[] };
  bootstrap: { low: number; high: number; standardError: number };
  paired: {
    exact: { differences: number[]; p: number }[];
    drawn: { differences: number[]; p: number }[];
    effect: { differences: number[]; d: number }[];
  };
  groups: { first: number[]; second: number[]; p: number; g: number };
  wilson: { cases: number; of: number; interval: [number, number] }[];
  effects: { differences: number[]; low: number; high: number; standardError: number }[];
  holm: { p: number[]; corrected: number[] };
}

const { sample, density, bootstrap, paired, groups } = reference;

describe('against SciPy and statsmodels', () => {
  it('mean, deviation and quantiles', () => {
    expect(mean(sample.values)).toBeCloseTo(sample.mean, 9);
    expect(standardDeviation(sample.values)).toBeCloseTo(sample.sd, 9);
    const ascending = sorted(sample.values);
    for (const [q, value] of Object.entries(sample.quantiles)) {
      expect(quantileOfSorted(ascending, Number(q))).toBeCloseTo(value, 9);
    }
  });

  it('kernel density', () => {
    const values = kernelDensity(sample.values, density.points);
    density.values.forEach((value, i) => {
      expect(values?.[i]).toBeCloseTo(value, 9);
    });
    expect(kernelDensity([2, 2, 2], [2])).toBeNull();
    // Their deviation comes out as 1e-17.
    expect(kernelDensity([0.1, 0.1, 0.1], [0.1])).toBeNull();
    expect(kernelDensity([1e-30, 2e-30, 4e-30], [1e-30])).not.toBeNull();
  });

  it('sign flips of one series alone, and of a family', () => {
    for (const { differences, p } of reference.paired.exact) {
      const [alone] = pairedFamilyTests([Float64Array.from(differences)]);
      expect(alone).toBeCloseTo(p, 9);
    }
    // By hand, over all flips of three pictures: |sums| of (1, 1, 1) are 3, 1, 1, 1, of (2, -1, 0) 1, 1, 3, 3, each over its root of squares.
    const family = pairedFamilyTests([
      Float64Array.of(1, 1, 1),
      Float64Array.of(2, -1, 0),
      new Float64Array(3),
    ]);
    expect(family).toEqual([2 / 8, 1, 1]);
    // Two thousand series of noise and one that differs: that one is found, and of the others none is.
    const random = seededRandom(3);
    const many = Array.from({ length: 2000 }, (_, k) =>
      Float64Array.from({ length: 24 }, () => random.next() - 0.5 + (k === 7 ? 1 : 0)),
    );
    const p = pairedFamilyTests(many);
    expect(p[7]).toBeLessThan(0.001);
    expect(Math.min(...p.filter((_, k) => k !== 7))).toBeGreaterThan(0.05);
  });

  it('bootstrap bands of effect sizes, within the error of 1,000 resamples', () => {
    const series = reference.effects.map(({ differences }) => Float64Array.from(differences));
    bootstrapEffects(series).forEach((band, i) => {
      const { low, high, standardError } = reference.effects[i];
      expect(band?.effect).toBeCloseTo(paired.effect[i + 3].d, 9);
      expect(Math.abs((band?.low ?? Number.NaN) - low)).toBeLessThan(0.3 * standardError);
      expect(Math.abs((band?.high ?? Number.NaN) - high)).toBeLessThan(0.3 * standardError);
    });
    // Far from zero, with gaps, and the same difference everywhere.
    const [own] = series;
    const shifted = Float64Array.from([...own, ...own], (value, k) =>
      k < own.length ? value + 1e6 : Number.NaN,
    );
    const [far] = bootstrapEffects([shifted]);
    expect(far?.count).toBe(own.length);
    expect(far?.effect).toBeGreaterThan(1e5);
    expect(far?.low).toBeLessThan(far?.effect as number);
    // All but one are equal: many a resample is of those alone.
    const [odd] = bootstrapEffects([Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.2)]);
    expect(odd?.high).toBeLessThan(10);
    const few = Float64Array.of(1, 2, Number.NaN, Number.NaN);
    expect(bootstrapEffects([new Float64Array(4).fill(2), few])).toEqual([null, null]);
  });

  it('bootstrap band, within the error of 2,000 resamples', () => {
    const [band] = bootstrapMeans([Float64Array.from(sample.values)]);
    expect(band.mean).toBeCloseTo(sample.mean, 9);
    expect(band.count).toBe(40);
    // The standard error of a 2.5 % quantile of 2,000 normal draws is 0.06 of their deviation.
    const close = 0.2 * bootstrap.standardError;
    expect(Math.abs(band.low - bootstrap.low)).toBeLessThan(close);
    expect(Math.abs(band.high - bootstrap.high)).toBeLessThan(close);
  });

  it('sign flips, exact where pictures are few', () => {
    for (const { differences, p } of paired.exact) {
      expect(pairedPermutationTests([Float64Array.from(differences)])[0]).toBeCloseTo(p, 9);
    }
  });

  it('sign flips that are drawn, within their error', () => {
    for (const { differences, p } of paired.drawn) {
      const [drawn] = pairedPermutationTests([Float64Array.from(differences)]);
      expect(Math.abs(drawn - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 16_384));
    }
  });

  it('regrouping, within its error', () => {
    const values = Float64Array.from([...groups.first, ...groups.second]);
    const first = Array.from(values, (_, i) => i < groups.first.length);
    const margin = 4 * Math.sqrt((groups.p * (1 - groups.p)) / 9999);
    expect(Math.abs(groupPermutationTests([values], first)[0] - groups.p)).toBeLessThan(margin);
    // The same question the other way round.
    const turned = first.map((own) => !own);
    expect(Math.abs(groupPermutationTests([values], turned)[0] - groups.p)).toBeLessThan(margin);
  });

  it('effect sizes', () => {
    for (const { differences, d } of paired.effect) expect(pairedEffect(differences)).toBeCloseTo(d, 9);
    expect(groupEffect(groups.first, groups.second)).toBeCloseTo(groups.g, 9);
    expect(groupEffect(groups.second, groups.first)).toBeCloseTo(-groups.g, 9);
  });

  it('no effect size where values differ by rounding alone', () => {
    // Three times a number whose third is not exact: their deviation comes out as 1e-17, not as 0.
    const [tenths, tiny] = [0.1, 5.525769707128842e-80].map((value) => new Float64Array(3).fill(value));
    expect(groupEffect(tenths, new Float64Array(6))).toBeNaN();
    expect(groupEffect(tiny, new Float64Array(6))).toBeNaN();
    expect(pairedEffect(tenths)).toBeNaN();
    const values = Float64Array.from({ length: 30 }, (_, i) => 7 + Math.sin(i));
    const moved = values.map((value) => value + 1e-7 - value);
    expect(pairedEffect(moved, 8)).toBeNaN();
  });

  it('Wilson intervals', () => {
    for (const { cases, of, interval } of reference.wilson) {
      const { share, low, high } = wilsonShare(cases, of);
      expect(share).toBe(cases / of);
      expect(low).toBeCloseTo(interval[0], 9);
      expect(high).toBeCloseTo(interval[1], 9);
    }
  });

  it("Holm's correction", () => {
    const corrected = holm(reference.holm.p);
    reference.holm.corrected.forEach((value, i) => {
      expect(corrected[i]).toBeCloseTo(value, 9);
    });
    // What was not tested does not make the others harder to claim.
    expect(holm([0.02, Number.NaN, 0.03])).toEqual([0.04, Number.NaN, 0.04]);
  });
});

describe('the bootstrap', () => {
  it('of a share has the binomial distribution', () => {
    // Resampled, 20 zeros and 20 ones have k ones with probability C(40, k) / 2^40: 2.5 % lie at or below 14, 97.5 % at or below 26.
    const values = Float64Array.from({ length: 40 }, (_, i) => i % 2);
    const [{ low, high }] = bootstrapMeans([values], { resamples: 20_000 });
    expect(low).toBe(14 / 40);
    expect(high).toBe(26 / 40);
  });

  it('draws the same pictures for every series, and is reproducible', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => Math.sin(i));
    const twice = values.map((value) => 2 * value + 1);
    const [one, two] = bootstrapMeans([values, twice], { seed: 5 });
    expect(two.low).toBeCloseTo(2 * one.low + 1, 12);
    expect(two.high).toBeCloseTo(2 * one.high + 1, 12);
    expect(bootstrapMeans([values], { seed: 5 })[0]).toEqual(one);
    expect(bootstrapMeans([values], { seed: 6 })[0].low).not.toBe(one.low);
  });

  it('sums what is drawn picture by picture', () => {
    const vectors = [1, 2, 3, 4, 5].map((k) => Float64Array.from({ length: 13 }, (_, i) => Math.sin(k * i)));
    const sums = resampledSums(vectors, { resamples: 7, seed: 3 });
    const random = seededRandom(3);
    for (let resample = 0; resample < 7; resample++) {
      const drawn = Array.from({ length: 13 }, () => random.below(13));
      vectors.forEach((vector, k) => {
        const sum = drawn.reduce((total, i) => total + vector[i], 0);
        expect(sums[k][resample]).toBeCloseTo(sum, 12);
      });
    }
    expect(sums.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7]);
  });

  it('has the same bands of differences, whether or not their values are missing together', () => {
    const series = (k: number, gap: number) =>
      Float64Array.from({ length: 23 }, (_, i) => (i % gap === 3 ? Number.NaN : Math.sin(k * i) + k));
    const given = [
      series(1, 7),
      series(2, 7),
      series(3, 5),
      series(4, 30),
      new Float64Array(23).fill(Number.NaN),
    ];
    const pairs: [number, number][] = [
      [0, 1],
      [1, 2],
      [3, 2],
      [0, 4],
      // Of differences: the first, which has the same gaps, and the second, which has others.
      [0, 5],
      [5, 6],
    ];
    const whole = [...given];
    for (const [from, to] of pairs) whole.push(whole[to].map((value, i) => value - whole[from][i]));
    const bands = bootstrapDifferences(given, pairs, { seed: 4 });
    bootstrapMeans(whole, { seed: 4 }).forEach((band, i) => {
      expect(bands[i].count).toBe(band.count);
      for (const key of ['mean', 'low', 'high'] as const) {
        if (band.count === 0) expect(bands[i][key]).toBeNaN();
        else expect(bands[i][key]).toBeCloseTo(band[key], 12);
      }
    });
  });

  it('leaves missing values out', () => {
    const [gaps, none] = bootstrapMeans([
      Float64Array.from([1, Number.NaN, 1, Number.NaN]),
      new Float64Array(4).fill(Number.NaN),
    ]);
    expect(gaps).toEqual({ mean: 1, low: 1, high: 1, count: 2 });
    expect(none).toEqual({ mean: Number.NaN, low: Number.NaN, high: Number.NaN, count: 0 });
    expect(bootstrapMeans([new Float64Array(0)])[0].count).toBe(0);
  });

  it('refuses series over different pictures', () => {
    expect(() => bootstrapMeans([new Float64Array(2), new Float64Array(3)])).toThrow(RangeError);
  });
});

describe('permutation tests', () => {
  it('give the least p that is possible where all differences point one way', () => {
    expect(pairedPermutationTests([Float64Array.of(1, 2, 3, 4, 5)])).toEqual([2 / 32]);
    const many = new Float64Array(100).fill(0.1);
    expect(pairedPermutationTests([many, many.map((value) => -value)])).toEqual([2 ** -14, 2 ** -14]);
  });

  it('give 1 where nothing differs, and leave missing differences out', () => {
    expect(pairedPermutationTests([new Float64Array(5)])).toEqual([1]);
    const gaps = Float64Array.of(1, 2, Number.NaN, 3, 4, 5, Number.NaN);
    expect(pairedPermutationTests([gaps])).toEqual([2 / 32]);
    const apart = [Float64Array.of(1, 1, Number.NaN, 9, 9, 9)];
    expect(groupPermutationTests(apart, [true, true, true, true, false, false])[0]).toBeGreaterThan(0.1);
    expect(groupPermutationTests(apart, [false, false, true, false, false, false])).toEqual([Number.NaN]);
  });

  it('of groups reach the share of all regroupings, also of numbers with ties', () => {
    // All 10 choose 4 regroupings, counted.
    const values = [3, 5, 5, 6, 1, 2, 5, 3, 4, 2];
    const isFirst = values.map((_, i) => i < 4);
    const difference = (chosen: boolean[]) => {
      const mean = (own: boolean) => {
        const of = values.filter((_, i) => chosen[i] === own);
        return of.reduce((sum, value) => sum + value, 0) / of.length;
      };
      return Math.abs(mean(true) - mean(false));
    };
    let [reached, all] = [0, 0];
    for (let bits = 0; bits < 1024; bits++) {
      const chosen = values.map((_, i) => ((bits >> i) & 1) === 1);
      if (chosen.filter(Boolean).length !== 4) continue;
      all += 1;
      if (difference(chosen) >= difference(isFirst) - 1e-9) reached += 1;
    }
    expect(all).toBe(210);
    const p = reached / all;
    const [drawn] = groupPermutationTests([Float64Array.from(values)], isFirst);
    expect(Math.abs(drawn - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 9999));
  });

  it('claim no more than their level allows, for few pictures and for many', () => {
    const random = seededRandom(11);
    const share = (pictures: number, tests: number) => {
      const series = Array.from({ length: tests }, () =>
        Float64Array.from({ length: pictures }, () => random.next() ** 2),
      );
      const first = Array.from({ length: pictures }, () => random.next() < 0.3);
      const signed = series.map((values) => values.map((value) => (random.next() < 0.5 ? value : -value)));
      return [
        groupPermutationTests(series, first, { permutations: 999 }),
        pairedPermutationTests(signed),
      ].map((p) => p.filter((value) => value < 0.05).length / tests);
    };
    // 4 standard errors of a share of .05 in 300 tests.
    for (const made of [...share(40, 300), ...share(400, 300)]) expect(made).toBeLessThan(0.05 + 0.0504);
  });

  it('are reproducible by their seed', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i * i) + 0.1);
    const p = (seed: number) => pairedPermutationTests([values], { seed })[0];
    expect(p(3)).toBe(p(3));
    expect(p(3)).not.toBe(p(4));
  });
});

describe('Fourier transform', () => {
  it('is the sum it is defined as, and comes back', () => {
    const count = 16;
    const given = zeros(count);
    for (let j = 0; j < count; j++) [given.re[j], given.im[j]] = [Math.sin(3 * j), Math.cos(j * j)];
    const found = { re: given.re.slice(), im: given.im.slice() };
    transform(found);
    for (let k = 0; k < count; k++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < count; j++) {
        const angle = (-2 * Math.PI * j * k) / count;
        re += given.re[j] * Math.cos(angle) - given.im[j] * Math.sin(angle);
        im += given.re[j] * Math.sin(angle) + given.im[j] * Math.cos(angle);
      }
      expect(found.re[k]).toBeCloseTo(re, 12);
      expect(found.im[k]).toBeCloseTo(im, 12);
    }
    transformBack(found);
    given.re.forEach((value, j) => {
      expect(found.re[j]).toBeCloseTo(value, 14);
    });
  });
});

it('names effects as Cohen does', () => {
  expect([-0.1, 0.2, -0.49, 0.5, 0.8, -3].map(effectInWords)).toEqual([
    'negligible',
    'small',
    'small',
    'medium',
    'large',
    'large',
  ]);
});
