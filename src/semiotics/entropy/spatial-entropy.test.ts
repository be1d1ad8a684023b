import { describe, expect, test } from 'vitest';
import {
  auraSplit,
  ENTROPY_MEASURES,
  type EntropyMeasure,
  type EntropyOptions,
  entropyOfLevels,
  entropyScalar,
  MapError,
  seededRandom,
  spatialEntropy,
} from '..';

const map = (width: number, height: number, value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));

const halves = map(4, 4, (x) => (x < 2 ? 0 : 1));
const checkerboard = map(4, 4, (x, y) => (x + y) % 2);
const measure = (
  values: Float32Array,
  id: Exclude<EntropyMeasure, 'altieri'>,
  options: Partial<EntropyOptions> = {},
) => {
  const side = Math.sqrt(values.length);
  return spatialEntropy(values, side, side, { ...options, measure: id });
};

/** Entropy in bits of a list of class sizes, straight from the definition. */
const bits = (...sizes: number[]) => {
  const total = sizes.reduce((a, b) => a + b, 0);
  return -sizes.reduce((sum, n) => sum + (n / total) * Math.log2(n / total), 0);
};

describe('two halves, 4 x 4, counted by hand', () => {
  // Across: 4 pairs 00, 4 pairs 01, 4 pairs 11. Down: 6 pairs 00, 6 pairs 11.
  test('shannon', () => expect(measure(halves, 'shannon')).toBe(1));
  test('aura: of 48 ordered pairs 20 are 00, 20 are 11, 4 each 01 and 10', () => {
    expect(measure(halves, 'aura')).toBeCloseTo(bits(20, 20, 4, 4), 12);
    expect(measure(halves, 'marginal')).toBeCloseTo(1, 12);
    expect(measure(halves, 'conditional')).toBeCloseTo(bits(5, 1), 12);
    expect(measure(halves, 'mutual')).toBeCloseTo(1 - bits(5, 1), 12);
    expect(measure(halves, 'relative-conditional')).toBeCloseTo(bits(5, 1), 12);
  });
  test('aura-matrix: log2 3 across, 1 down', () => {
    expect(measure(halves, 'aura-matrix')).toBeCloseTo((Math.log2(3) - 1 + 0) / 2, 12);
  });
  test('glcm: the diagonals have 3 pairs each of 00, 01 and 11', () => {
    const across = bits(8, 8, 4, 4);
    const diagonal = bits(6, 6, 3, 3);
    expect(measure(halves, 'glcm')).toBeCloseTo((across + 1 + 2 * diagonal) / 4, 12);
  });
  test('altieri: all 120 pairs are 28 of 00, 28 of 11, 64 of 01', () => {
    const parts = spatialEntropy(halves, 4, 4, { measure: 'altieri' });
    expect(parts.mutual + parts.residual).toBeCloseTo(bits(28, 28, 64), 12);
    // (0,1]: 10, 10, 4. (1,2]: diagonals 3+3, 3+3, 3+3; across by 2: 0, 0, 8; down by 2: 4, 4, 0.
    const residual = (24 * bits(10, 10, 4) + 34 * bits(10, 10, 14) + 62 * bits(8, 8, 46)) / 120;
    expect(parts.residual).toBeCloseTo(residual, 12);
    expect(entropyScalar(halves, 4, 4, { measure: 'altieri' })).toBe(parts.residual);
  });
  test('leibovici at distances 1 and 2', () => {
    expect(measure(halves, 'leibovici', { distance: 1 })).toBeCloseTo(bits(10, 10, 4), 12);
    expect(measure(halves, 'leibovici', { distance: 2 })).toBeCloseTo(bits(20, 20, 18), 12);
  });
  test('batty, karlstrom and mass: all the mass lies in two of four quarters', () => {
    expect(measure(halves, 'batty', { partition: 2 })).toBeCloseTo(3, 12);
    // A full quarter sees itself, a full and an empty one: q = 1/3.
    expect(measure(halves, 'karlstrom', { partition: 2 })).toBeCloseTo(Math.log2(3), 12);
    expect(measure(halves, 'mass')).toBe(3);
  });
  test('delentropy: 3 of 9 cells step by (1, 1), the others not at all', () => {
    expect(measure(halves, 'delentropy')).toBeCloseTo(bits(3, 6) / 2, 12);
  });
  test('ise: log2 3 + 1 - log2 3 - bits(8, 4)', () => {
    expect(measure(halves, 'ise')).toBeCloseTo(1 - bits(8, 4), 12);
  });
});

describe('checkerboard', () => {
  test('neighbours are certain: no conditional entropy, AME 0', () => {
    expect(measure(checkerboard, 'aura')).toBeCloseTo(1, 12);
    expect(measure(checkerboard, 'conditional')).toBeCloseTo(0, 12);
    expect(measure(checkerboard, 'mutual')).toBeCloseTo(1, 12);
    expect(measure(checkerboard, 'aura-matrix')).toBeCloseTo(0, 12);
  });
  test('on a torus with eight neighbours the aura is even: 64 equal, 64 unequal', () => {
    const split = auraSplit(checkerboard, 4, 4, { neighbourhood: 8, torus: true });
    expect(split.joint).toBeCloseTo(2, 12);
    expect(split.marginal).toBeCloseTo(1, 12);
    expect(split.conditional).toBeCloseTo(1, 12);
    // Each single direction is certain all the same.
    expect(measure(checkerboard, 'aura-matrix', { neighbourhood: 8, torus: true })).toBeCloseTo(0, 12);
  });
});

describe('torus', () => {
  test('halves: both borders of a half count, 8 of 16 pairs across change', () => {
    expect(measure(halves, 'aura', { torus: true })).toBeCloseTo(bits(12, 12, 4, 4), 12);
    expect(measure(halves, 'aura-matrix', { torus: true })).toBeCloseTo(0.5, 12);
  });
  test('does not change when the map is rolled', () => {
    const random = seededRandom(3);
    const noise = map(9, 9, () => random.next());
    const rolled = map(9, 9, (x, y) => noise[((y + 4) % 9) * 9 + ((x + 7) % 9)]);
    for (const neighbourhood of [4, 8] as const) {
      for (const id of ['aura', 'marginal', 'aura-matrix'] as const) {
        const options = { neighbourhood, torus: true, levels: 5 };
        expect(measure(rolled, id, options)).toBeCloseTo(measure(noise, id, options), 12);
      }
    }
  });
});

describe('a constant map', () => {
  const flat = map(6, 6, () => 3.5);
  test.each(ENTROPY_MEASURES)('$id', ({ id }) => {
    const value = entropyScalar(flat, 6, 6, { measure: id, partition: 3 });
    const mass: Partial<Record<EntropyMeasure, number>> = {
      batty: Math.log2(36),
      karlstrom: Math.log2(9),
      mass: Math.log2(36),
    };
    expect(value).toBeCloseTo(mass[id] ?? 0, 12);
  });
  test('has no entropy at all where it is zero', () => {
    const zero = new Float32Array(36);
    for (const { id } of ENTROPY_MEASURES) expect(entropyScalar(zero, 6, 6, { measure: id })).toBe(0);
  });
});

describe('independent noise', () => {
  // Means over 400 draws (20 from 56 pixels a side on) of a NumPy implementation of the definition. Single draws at
  // 7 pixels a side scatter by 0.015 with 256 levels and by 0.030 with 16.
  test.each([
    { levels: 256, ame: { 112: 0.6807, 56: 0.4536, 28: 0.2337, 14: 0.0783, 7: -0.0064 } },
    { levels: 16, ame: { 112: 0.9968, 56: 0.9866, 28: 0.94, 14: 0.7469, 7: 0.3944 } },
  ])('AME at $levels levels falls with the size of the map alone', ({ levels, ame }) => {
    for (const [key, right] of Object.entries(ame)) {
      const side = Number(key);
      const seeds = side > 50 ? 5 : 200;
      let sum = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const random = seededRandom(seed);
        const noise = map(side, side, () => random.next());
        sum += measure(noise, 'aura-matrix', { levels });
      }
      const tolerance = side > 50 ? 0.001 : side > 7 ? 0.003 : 0.008;
      expect(Math.abs(sum / seeds - right), `${side} pixels a side`).toBeLessThan(tolerance);
    }
  });
  test('neighbours tell nothing: conditional near marginal, ISE near Shannon, AME near 1', () => {
    const random = seededRandom(11);
    const noise = map(300, 300, () => random.next());
    const options = { levels: 4 };
    expect(measure(noise, 'relative-conditional', options)).toBeCloseTo(1, 3);
    expect(measure(noise, 'ise', options)).toBeCloseTo(measure(noise, 'shannon', options), 2);
    expect(measure(noise, 'aura-matrix', options)).toBeCloseTo(1, 3);
    expect(spatialEntropy(noise, 300, 300, { ...options, measure: 'altieri' }).mutual).toBeLessThan(1e-4);
  });
});

describe('what all maps have in common', () => {
  const random = seededRandom(5);
  const noise = map(13, 13, () => random.next() ** 2);
  const transposed = map(13, 13, (x, y) => noise[x * 13 + y]);
  const scaled = map(13, 13, (x, y) => 8 * noise[y * 13 + x]);

  test('transposing changes nothing but ise, which reads from the left', () => {
    for (const { id } of ENTROPY_MEASURES) {
      if (id === 'ise') continue;
      for (const neighbourhood of [4, 8] as const) {
        const options = { measure: id, neighbourhood, levels: 7 };
        expect(entropyScalar(transposed, 13, 13, options), id).toBeCloseTo(
          entropyScalar(noise, 13, 13, options),
          12,
        );
      }
    }
  });
  test('scaling changes nothing', () => {
    for (const { id } of ENTROPY_MEASURES) {
      expect(entropyScalar(scaled, 13, 13, { measure: id }), id).toBeCloseTo(
        entropyScalar(noise, 13, 13, { measure: id }),
        12,
      );
    }
  });
  test('joint = marginal + conditional, for every lattice', () => {
    for (const neighbourhood of [4, 8] as const) {
      for (const torus of [false, true]) {
        const split = auraSplit(noise, 13, 13, { neighbourhood, torus, levels: 6 });
        expect(split.marginal + split.conditional).toBeCloseTo(split.joint, 12);
        expect(split.conditional).toBeLessThanOrEqual(split.marginal + 1e-12);
      }
    }
  });
  test('leibovici over the whole map is the pair entropy that altieri splits', () => {
    const parts = spatialEntropy(noise, 13, 13, { measure: 'altieri', levels: 5 });
    const all = measure(noise, 'leibovici', { distance: 40, levels: 5 });
    expect(parts.mutual + parts.residual).toBeCloseTo(all, 11);
  });
  test('a map is measured as its levels are', () => {
    const levels = Uint8Array.from(noise, (v) => Math.min(4, Math.floor(v * 5)));
    const asMap = Float32Array.from(levels);
    for (const { id } of ENTROPY_MEASURES) {
      const own = Math.max(...levels) + 1;
      expect(entropyScalar(asMap, 13, 13, { measure: id, levels: own }), id).toBeCloseTo(
        id === 'altieri'
          ? entropyOfLevels(levels, 13, 13, { measure: id }).residual
          : entropyOfLevels(levels, 13, 13, { measure: id }),
        12,
      );
    }
  });
});

describe('maps of one row, one column, one pixel', () => {
  const row = Float32Array.from([0, 1, 0, 1, 1]);
  test('AME is that of the one direction there is', () => {
    const own = bits(2, 3);
    const across = bits(2, 1, 1);
    const options = { measure: 'aura-matrix', neighbourhood: 8 } as const;
    expect(spatialEntropy(row, 5, 1, options)).toBeCloseTo((across - own) / own, 12);
    expect(spatialEntropy(row, 1, 5, options)).toBeCloseTo((across - own) / own, 12);
  });
  test('every measure gives a finite number', () => {
    for (const { id } of ENTROPY_MEASURES) {
      for (const torus of [false, true]) {
        expect(entropyScalar(row, 5, 1, { measure: id, torus }), id).toSatisfy(Number.isFinite);
        expect(entropyScalar(row, 1, 5, { measure: id, torus }), id).toSatisfy(Number.isFinite);
        expect(entropyScalar(row.slice(1, 2), 1, 1, { measure: id, torus }), id).toBe(0);
      }
    }
  });
});

describe('what has no meaning is refused', () => {
  const measureIt = (values: Float32Array, options: Partial<EntropyOptions> = {}) =>
    spatialEntropy(values, 4, 4, { measure: 'aura-matrix', ...options } as EntropyOptions);
  test.each([
    [NaN, 'The map holds NaN at column 2, row 1.'],
    [Infinity, 'The map holds Infinity at column 2, row 1.'],
    [-Infinity, 'The map holds -Infinity at column 2, row 1.'],
  ])('%s in the map', (value, message) => {
    const broken = halves.slice();
    broken[6] = value;
    for (const { id } of ENTROPY_MEASURES) {
      expect(() => measureIt(broken, { measure: id })).toThrow(MapError);
      expect(() => measureIt(broken, { measure: id })).toThrow(message);
    }
  });
  test('a wrong length', () => {
    expect(() => measureIt(new Float32Array(15))).toThrow(
      'A map of 4 x 4 has 16 values, row by row; this one has 15.',
    );
    expect(() => spatialEntropy(new Float32Array(0), 0, 0, { measure: 'mass' })).toThrow(MapError);
  });
  test.each([1, 0, -3, 2.5, 1025, NaN])('%s levels', (levels) => {
    expect(() => measureIt(halves, { levels })).toThrow(
      `Levels must be a whole number from 2 to 1024, not ${levels}.`,
    );
  });
  test('an unknown measure, neighbourhood, distance, partition', () => {
    expect(() => measureIt(halves, { measure: 'entropy' as EntropyMeasure })).toThrow(
      'There is no entropy measure "entropy"',
    );
    expect(() => measureIt(halves, { neighbourhood: 6 as 4 })).toThrow('The neighbourhood is 4 or 8, not 6.');
    expect(() => measureIt(halves, { distance: 0 })).toThrow('at least 1 pixel');
    expect(() => measureIt(halves, { partition: 0 })).toThrow('at least 1, not 0');
  });
  test('levels out of range', () => {
    const levels = Int32Array.from([0, 1, -1, 2]);
    expect(() => entropyOfLevels(levels, 2, 2, { measure: 'shannon' })).toThrow('pixel 2 holds -1');
  });
});
