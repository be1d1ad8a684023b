import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MapError, seededRandom, shuffledMaps } from '..';
import { countSigns } from './count-signs';
import { findSigns } from './find-signs';
import { nullSigns } from './null-signs';

type Bump = [x: number, y: number, height: number, width: number];

/** Gaussian bumps, the greatest of them at each pixel. */
const scene = (width: number, height: number, bumps: Bump[]) =>
  Float32Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    return Math.max(
      ...bumps.map(([u, v, h, s]) => h * Math.exp(-((x - u) ** 2 + (y - v) ** 2) / (2 * s * s))),
    );
  });

const anyMap = fc
  .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      values: fc.array(fc.integer({ min: 0, max: 40 }), {
        minLength: width * height,
        maxLength: width * height,
      }),
    }),
  );
const anyOptions = fc.record({
  tau: fc.integer({ min: 0, max: 20 }).map((n) => n / 40),
  theta: fc.integer({ min: 0, max: 20 }).map((n) => n / 40),
});

describe('by hand', () => {
  //  8 4 2 0
  //  4 2 6 3
  //  1 2 4 5
  const map = Float32Array.from([8, 4, 2, 0, 4, 2, 6, 3, 1, 2, 4, 5]);
  test('two signs, their numbers', () => {
    const { labels, signs } = findSigns(map, 4, 3, { tau: 0.25, theta: 0.25 });
    // The 6 meets the 8 where the 4 at the top touches it: persistence 2, just enough.
    expect([...labels]).toEqual([0, 0, 1, -1, 0, 0, 1, 1, -1, 1, 1, 1]);
    expect(signs).toEqual([
      {
        id: 0,
        area: 4,
        mass: 18,
        share: 18 / 41,
        peak: [0, 0, 8],
        centroid: [(4 + 2) / 18, (4 + 2) / 18],
        box: [0, 0, 2, 2],
        persistence: 8,
      },
      {
        id: 1,
        area: 6,
        mass: 22,
        share: 22 / 41,
        peak: [2, 1, 6],
        centroid: [(2 * 2 + 2 + 6 * 2 + 3 * 3 + 4 * 2 + 5 * 3) / 22, (6 + 3 + 2 * 2 + 4 * 2 + 5 * 2) / 22],
        box: [1, 0, 4, 3],
        persistence: 2,
      },
    ]);
  });
  test('a little more tau, and it is one sign', () => {
    const { labels, signs } = findSigns(map, 4, 3, { tau: 0.26, theta: 0.25 });
    expect([...labels]).toEqual([0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0]);
    expect(signs.map(({ area, mass }) => [area, mass])).toEqual([[10, 40]]);
  });
  test('an all-zero map has no signs, nor has a negative one', () => {
    expect(findSigns(new Float32Array(12), 4, 3)).toEqual({ labels: new Int32Array(12).fill(-1), signs: [] });
    expect(findSigns(new Float32Array(12).fill(-1), 4, 3).signs).toEqual([]);
  });
  test('a flat map is one sign, a plateau one peak, whatever tau', () => {
    const flat = findSigns(new Float32Array(12).fill(2), 4, 3, { tau: 0 });
    expect(flat.signs).toMatchObject([{ area: 12, mass: 24, share: 1, persistence: 2, box: [0, 0, 4, 3] }]);
    const plateaus = Float32Array.from([3, 3, 1, 3, 3, 3, 1, 3, 3, 3, 1, 3]);
    expect(findSigns(plateaus, 4, 3, { tau: 0 }).signs).toMatchObject([{ area: 9 }, { area: 3 }]);
  });
  test('a peak that persists but lies below theta is no sign', () => {
    const line = Float32Array.from([10, 0, 1.5, 0]);
    expect(findSigns(line, 4, 1).signs.length).toBe(1);
    expect(findSigns(line, 4, 1, { theta: 0.15 }).signs.length).toBe(2);
  });
  test('what has no meaning is refused', () => {
    expect(() => findSigns(Float32Array.from([1, NaN]), 2, 1)).toThrow(
      'The map holds NaN at column 1, row 0',
    );
    expect(() => findSigns(new Float32Array(3), 2, 1)).toThrow(MapError);
    expect(() => findSigns(new Float32Array(2), 2, 1, { tau: 1.5 })).toThrow('tau is a share');
    expect(() => findSigns(new Float32Array(2), 2, 1, { theta: NaN })).toThrow('theta is a share');
  });
});

/** Pixels whose centre is no further than the root of `squared` from the centre of one of them. */
const discArea = (squared: number) => {
  let pixels = 0;
  for (let y = -9; y <= 9; y++) for (let x = -9; x <= 9; x++) if (x * x + y * y <= squared) pixels++;
  return pixels;
};

describe('scenes of bumps', () => {
  const five: Bump[] = [
    [12, 12, 1, 3],
    [50, 14, 0.9, 3],
    [30, 32, 0.8, 3],
    [14, 52, 0.7, 3],
    [48, 50, 0.6, 3],
  ];
  test.each([2, 3, 5])('%i bumps far apart are as many signs, greatest first', (count) => {
    const bumps = five.slice(0, count);
    const { signs } = findSigns(scene(64, 64, bumps), 64, 64);
    expect(signs.map(({ peak }) => peak.slice(0, 2))).toEqual(bumps.map(([x, y]) => [x, y]));
    bumps.forEach(([x, y, h], i) => {
      expect(signs[i].peak[2]).toBeCloseTo(h, 6);
      expect(signs[i].centroid[0]).toBeCloseTo(x, 1);
      expect(signs[i].centroid[1]).toBeCloseTo(y, 1);
      expect(signs[i].persistence).toBeCloseTo(h, 2);
      // The part of a Gaussian above theta is a disc with the squared radius 2 s^2 ln(h / theta).
      expect(signs[i].area).toBe(discArea(18 * Math.log(h / 0.2)));
    });
  });
  test('two bumps of a distance: the saddle lies half way, tau decides', () => {
    // Heights 1 and 1, s = 5, 12 apart: the saddle is exp(-36 / 50) = 0.487, persistence 0.513.
    const map = scene(48, 24, [
      [18, 12, 1, 5],
      [30, 12, 1, 5],
    ]);
    const saddle = Math.fround(Math.exp(-36 / 50));
    expect(findSigns(map, 48, 24).signs[1].persistence).toBeCloseTo(1 - saddle, 6);
    expect(findSigns(map, 48, 24, { tau: 0.51 }).signs.length).toBe(2);
    expect(findSigns(map, 48, 24, { tau: 0.52 }).signs.length).toBe(1);
  });
});

test('an island lower than tau is no sign, even where theta would let it in', () => {
  const map = Float32Array.of(2, 0, 0, 6);
  const { labels, signs } = findSigns(map, 4, 1, { tau: 0.35, theta: 0 });
  expect(signs).toHaveLength(1);
  expect([...labels]).toEqual([-1, -1, -1, 0]);
});

describe('properties', () => {
  test('the signs partition what lies above theta, and nothing is lost', () => {
    fc.assert(
      fc.property(anyMap, anyOptions, ({ width, height, values }, options) => {
        const map = Float32Array.from(values);
        const { labels, signs } = findSigns(map, width, height, options);
        const maximum = Math.max(...values);
        let mass = 0;
        map.forEach((value, i) => {
          const inside = value > 0 && value >= options.theta * maximum;
          if (!inside) expect(labels[i]).toBe(-1);
          // Above theta every pixel has a sign, unless it belongs to an island that does not reach tau.
          else if (value >= options.tau * maximum) expect(labels[i]).toBeGreaterThanOrEqual(0);
          if (labels[i] >= 0) mass += value;
        });
        expect(signs.reduce((sum, sign) => sum + sign.mass, 0)).toBe(mass);
        const total = values.reduce((a, b) => a + b, 0);
        signs.forEach((sign, id) => {
          expect(sign.id).toBe(id);
          const own = [...labels.keys()].filter((i) => labels[i] === id);
          expect(sign.area).toBe(own.length);
          expect(sign.mass).toBe(own.reduce((sum, i) => sum + map[i], 0));
          expect(sign.share).toBe(sign.mass / total);
          expect(sign.peak[2]).toBe(Math.max(...own.map((i) => map[i])));
          expect(labels[sign.peak[1] * width + sign.peak[0]]).toBe(id);
          const xs = own.map((i) => i % width);
          const ys = own.map((i) => Math.floor(i / width));
          expect(sign.box).toEqual([
            Math.min(...xs),
            Math.min(...ys),
            Math.max(...xs) + 1,
            Math.max(...ys) + 1,
          ]);
          expect(sign.persistence).toBeGreaterThanOrEqual(options.tau * maximum);
          if (id > 0) expect(signs[id - 1].peak[2]).toBeGreaterThanOrEqual(sign.peak[2]);
        });
        expect(countSigns(map, width, height, options)).toBe(signs.length);
      }),
      { numRuns: 300 },
    );
  });

  /** Sorted, so that the order of signs does not matter. */
  const measures = (map: Float32Array, width: number, height: number) =>
    findSigns(map, width, height)
      .signs.map(({ area, mass, persistence }) => [area, mass, persistence])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);

  test('flipping, turning and scaling give the same signs', () => {
    const distinct = fc
      .record({ width: fc.integer({ min: 2, max: 12 }), height: fc.integer({ min: 2, max: 12 }) })
      .chain(({ width, height }) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          values: fc.shuffledSubarray(
            Array.from({ length: width * height }, (_, i) => i),
            { minLength: width * height },
          ),
        }),
      );
    fc.assert(
      fc.property(distinct, ({ width, height, values }) => {
        const at = (x: number, y: number) => values[y * width + x];
        const make = (w: number, h: number, value: (x: number, y: number) => number) =>
          Float32Array.from({ length: w * h }, (_, i) => value(i % w, Math.floor(i / w)));
        const right = measures(make(width, height, at), width, height);
        expect(
          measures(
            make(width, height, (x, y) => at(width - 1 - x, y)),
            width,
            height,
          ),
        ).toEqual(right);
        expect(
          measures(
            make(width, height, (x, y) => at(x, height - 1 - y)),
            width,
            height,
          ),
        ).toEqual(right);
        expect(
          measures(
            make(height, width, (x, y) => at(y, x)),
            height,
            width,
          ),
        ).toEqual(right);
        const scaled = measures(
          make(width, height, (x, y) => 1024 * at(x, y)),
          width,
          height,
        );
        expect(scaled.map(([area, mass, life]) => [area, mass / 1024, life / 1024])).toEqual(right);
      }),
      { numRuns: 300 },
    );
  });
});

describe('null model of the number of signs', () => {
  const random = seededRandom(4);
  const noise = Float32Array.from({ length: 196 }, () => random.next());
  test('counts the signs of the shuffled maps', () => {
    const options = { grid: { width: 40, height: 40 }, shuffles: 6, seed: 7 };
    const { mean, sd, values } = nullSigns(noise, 14, 14, options);
    const right: number[] = [];
    for (const { map, width, height } of shuffledMaps(noise, 14, 14, options)) {
      right.push(findSigns(map, width, height).signs.length);
    }
    expect([...values]).toEqual(right);
    expect(mean).toBeCloseTo(right.reduce((a, b) => a + b) / 6, 12);
    expect(sd).toBeGreaterThan(0);
  });
  test('a bump has fewer signs than chance has', () => {
    const map = scene(14, 14, [[6, 7, 1, 3]]);
    expect(countSigns(map, 14, 14)).toBe(1);
    expect(nullSigns(map, 14, 14).mean).toBeGreaterThan(5);
  });
});
