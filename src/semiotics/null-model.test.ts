import { describe, expect, test } from 'vitest';
import { entropyScalar, nullModel, nullModelSteps, resizeBilinear, seededRandom, structure } from './index';
import { shuffledMaps } from './null-model';
import { shuffle } from './random';

const bump = Float32Array.from({ length: 28 * 28 }, (_, i) => {
  const x = (i % 28) - 12;
  const y = Math.floor(i / 28) - 15;
  return Math.exp(-(x * x + y * y) / 40);
});
const options = { measure: 'aura-matrix', levels: 256 } as const;

describe('shuffled maps', () => {
  test('hold the same values in another order, each time another', () => {
    const sorted = Float32Array.from(bump).sort();
    const seen = new Set<string>();
    for (const { map } of shuffledMaps(bump, 28, 28, { shuffles: 5 })) {
      expect(Float32Array.from(map).sort()).toEqual(sorted);
      seen.add([...map.slice(0, 20)].join());
    }
    expect(seen.size).toBe(5);
  });
  test('of any size come by the draws of one generator, one a pixel', () => {
    const values = Float32Array.from({ length: 9001 }, (_, i) => i);
    const [random, drawn] = [seededRandom(5), seededRandom(5)];
    const expected = [...values];
    for (let i = expected.length - 1; i > 0; i--) {
      const j = drawn.below(i + 1);
      [expected[i], expected[j]] = [expected[j], expected[i]];
    }
    shuffle(values, random);
    expect([...values]).toEqual(expected);
    expect(random.next()).toBe(drawn.next());
  });
  test('are shuffled at their own resolution and resized afterwards', () => {
    const random = seededRandom(9);
    const pixels = bump.slice();
    for (const { map, width, height } of shuffledMaps(bump, 28, 28, {
      grid: { width: 50, height: 40 },
      seed: 9,
      shuffles: 3,
    })) {
      shuffle(pixels, random);
      expect([width, height]).toEqual([50, 40]);
      expect(map).toEqual(resizeBilinear(pixels, 28, 28, 50, 40));
    }
  });
  test('every order of three pixels is equally likely', () => {
    const counts = new Map<string, number>();
    for (const { map } of shuffledMaps(Float32Array.from([1, 2, 3]), 3, 1, { shuffles: 6000 })) {
      counts.set(map.join(), (counts.get(map.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Standard deviation of each count is 29.
    for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(130);
  });
});

describe('null model', () => {
  test('mean and sample standard deviation are those of its values', () => {
    const { mean, sd, values } = nullModel(bump, 28, 28, { ...options, shuffles: 8 });
    expect(values.length).toBe(8);
    const own = [...values].reduce((a, b) => a + b) / 8;
    const variance = [...values].reduce((sum, v) => sum + (v - own) ** 2, 0) / 7;
    expect(mean).toBeCloseTo(own, 12);
    expect(sd).toBeCloseTo(Math.sqrt(variance), 12);
    expect(sd).toBeGreaterThan(0);
  });
  test('32 shuffles unless asked otherwise; the seed decides', () => {
    const first = nullModel(bump, 28, 28, options);
    expect(first.values.length).toBe(32);
    expect(nullModel(bump, 28, 28, { ...options, seed: 1 }).values).toEqual(first.values);
    expect(nullModel(bump, 28, 28, { ...options, seed: 2 }).values).not.toEqual(first.values);
  });
  test('an ordered map lies far below its null, noise does not', () => {
    const value = entropyScalar(bump, 28, 28, options);
    const { mean, sd } = nullModel(bump, 28, 28, options);
    expect(value).toBeLessThan(mean - 10 * sd);
    const random = seededRandom(21);
    const noise = bump.map(() => random.next());
    const other = nullModel(noise, 28, 28, options);
    expect(Math.abs(entropyScalar(noise, 28, 28, options) - other.mean)).toBeLessThan(4 * other.sd);
  });
  test('can be followed and left', () => {
    const steps = nullModelSteps(bump, 28, 28, { ...options, shuffles: 4 });
    const whole = nullModel(bump, 28, 28, { ...options, shuffles: 4 });
    expect(steps.next().value).toEqual({ done: 1, of: 4, value: whole.values[0] });
    expect(steps.next().value).toEqual({ done: 2, of: 4, value: whole.values[1] });
    steps.return(whole);
    expect(steps.next().done).toBe(true);
  });
  test('a constant map cannot be shuffled into anything else', () => {
    const flat = new Float32Array(49).fill(2);
    expect(nullModel(flat, 7, 7, options)).toMatchObject({ mean: 0, sd: 0 });
    expect(nullModel(flat, 7, 7, { ...options, shuffles: 1 })).toMatchObject({ mean: 0, sd: 0 });
  });
  test('needs a shuffle', () => {
    expect(() => nullModel(bump, 28, 28, { ...options, shuffles: 0 })).toThrow('at least one shuffle');
  });
});

test('structure', () => {
  expect(structure(0.25, 0.5)).toBe(0.5);
  expect(structure(0.6, 0.5)).toBeCloseTo(-0.2, 12);
  expect(structure(0.1, 0)).toBeNull();
  expect(structure(0.1, -0.03)).toBeNull();
});
