import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  labelOf,
  MAX_SIDE,
  MIN_SIDE,
  type Pictograph,
  PictographError,
  pictograph,
  pictographClasses,
} from './index';
import { objects } from './objects';
import { drawScene } from './scene';

const anyScene = fc.record({ seed: fc.nat(), index: fc.nat(), label: fc.nat(9) });

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

describe('determinism', () => {
  test('the bytes of twenty scenes are what they always were', () => {
    const hash = createHash('sha256');
    for (let index = 0; index < 20; index++) {
      const { rgba, object, parts } = pictograph({ seed: 2026, index, side: 64, masks: true });
      hash.update(rgba).update(object);
      for (const { name, mask } of parts) hash.update(name).update(mask);
    }
    expect(hash.digest('hex')).toBe('7aaddd15003e0ff824f85958f3f868faf2994cc141351dcec62cd0e77595eb0a');
  });
  test('the same whatever was drawn before, with masks and without', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const first = pictograph({ ...scene, side: 48 });
        pictograph({ seed: 5, index: scene.index + 1, side: 97, masks: true });
        const again = pictograph({ ...scene, side: 48, masks: true });
        expect(Buffer.from(again.rgba).equals(Buffer.from(first.rgba))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
  test('no function is used that engines may round differently', () => {
    const folder = new URL('.', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    expect(sources.length).toBeGreaterThan(20);
    for (const name of sources) {
      // Comments open with two asterisks too, at the beginning of their line.
      const code = readFileSync(new URL(name, folder), 'utf8').replace(/^\s*(\/\*)?\*.*$/gm, '');
      const used = [...code.matchAll(/Math\.(\w+)|(\*\*)/g)].map(([, name, power]) => name ?? power);
      const exact = ['abs', 'ceil', 'floor', 'imul', 'max', 'min', 'round', 'sqrt', 'PI', 'SQRT1_2'];
      expect(
        used.filter((word) => !exact.includes(word)),
        name,
      ).toEqual([]);
    }
  });
  test('other scenes, other seeds: other pictures', () => {
    const pictures = [0, 1, 2].flatMap((seed) =>
      [0, 1, 2].map((index) => String(pictograph({ seed, index, side: 16, label: 0 }).rgba)),
    );
    expect(new Set(pictures).size).toBe(9);
  });
});

describe('labels', () => {
  test('every run of ten holds every class once, in orders that differ', () => {
    const runs = Array.from({ length: 50 }, (_, run) =>
      Array.from({ length: 10 }, (_, i) => labelOf(3, 10 * run + i)),
    );
    for (const run of runs) expect([...run].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(runs.map(String)).size).toBeGreaterThan(45);
    // Each class stands in each place about five times of fifty.
    for (let place = 0; place < 10; place++) {
      expect(new Set(runs.map((run) => run[place])).size).toBeGreaterThan(7);
    }
  });
  test('a scene says its class, or shows the one asked for', () => {
    expect(pictograph({ seed: 3, index: 17, side: 16 }).label).toBe(labelOf(3, 17));
    expect(pictograph({ seed: 3, index: 17, side: 16, label: 4 }).label).toBe(4);
    expect(Object.keys(objects)).toEqual([...pictographClasses]);
  });
  test('away from the object nothing tells its class: setting, clutter, light and colours stay', () => {
    let compared = 0;
    for (let index = 0; index < 12; index++) {
      const side = 64;
      const scenes = [0, 3, 7].map((label) => pictograph({ seed: 8, index, side, label, masks: true }));
      // As far away as the longest shadow reaches.
      const near = neighbourhood(scenes, side, 11);
      for (let i = 0; i < side * side; i++) {
        if (near[i]) continue;
        compared++;
        const [one, ...others] = scenes.map(({ rgba }) => String(rgba.subarray(4 * i, 4 * i + 4)));
        for (const other of others) expect(other).toBe(one);
      }
    }
    expect(compared).toBeGreaterThan(5000);
  });
});

/** 1 within `reach` pixels of any of the objects. */
function neighbourhood(scenes: readonly Pictograph[], side: number, reach: number): Uint8Array {
  const near = new Uint8Array(side * side);
  for (const { object } of scenes) {
    for (let i = 0; i < object.length; i++) {
      if (object[i] === 0) continue;
      const [x, y] = [i % side, Math.floor(i / side)];
      for (let v = Math.max(0, y - reach); v <= Math.min(side - 1, y + reach); v++) {
        near.fill(1, v * side + Math.max(0, x - reach), v * side + Math.min(side - 1, x + reach) + 1);
      }
    }
  }
  return near;
}

describe('masks', () => {
  const scenes = Array.from({ length: 100 }, (_, index) =>
    pictograph({ seed: 4, index, side: 64, masks: true }),
  );

  test('the parts are the object, each pixel counted once', () => {
    for (const { object, parts } of scenes) {
      let worst = 0;
      for (let i = 0; i < object.length; i++) {
        const covered = parts.reduce((total, { mask }) => total + mask[i], 0);
        worst = Math.max(worst, Math.abs(covered - object[i]));
      }
      // Each mask is rounded by itself.
      expect(worst).toBeLessThanOrEqual(parts.length / 2 + 0.5);
    }
  });
  test('the object takes a good part of the picture, and not all of it', () => {
    for (const { object, label } of scenes) {
      const share = sum(object) / 255 / object.length;
      expect(share, pictographClasses[label]).toBeGreaterThan(0.02);
      expect(share, pictographClasses[label]).toBeLessThan(0.75);
    }
  });
  test('parts have names of their own, and most are to be seen', () => {
    let named = 0;
    let seen = 0;
    for (const { parts } of scenes) {
      expect(parts.length).toBeGreaterThanOrEqual(3);
      expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
      named += parts.length;
      seen += parts.filter(({ mask }) => sum(mask) > 255).length;
    }
    expect(seen / named).toBeGreaterThan(0.95);
  });
  test.each([
    ['face', ['head', 'eyes', 'mouth', 'nose']],
    ['house', ['wall', 'roof', 'door', 'windows']],
    ['car', ['body', 'wheels', 'windows', 'cabin']],
    ['sailboat', ['hull', 'sails', 'mast']],
    ['tree', ['trunk', 'crown']],
    ['fish', ['body', 'tail', 'fins', 'eye']],
    ['clock', ['case', 'dial', 'hands', 'marks']],
    ['bicycle', ['wheels', 'frame', 'handlebar', 'saddle']],
    ['robot', ['head', 'body', 'arms', 'legs', 'eyes']],
    ['flower', ['petals', 'stem', 'centre', 'leaves']],
  ])('a %s always has its %s', (name, needed) => {
    const label = pictographClasses.indexOf(name as (typeof pictographClasses)[number]);
    for (let index = 0; index < 12; index++) {
      const { parts } = pictograph({ seed: 6, index, side: 64, label, masks: true });
      expect(parts.map((part) => part.name)).toEqual(expect.arrayContaining(needed));
    }
  });
  test('what lies in front is taken out of the masks', () => {
    // The same scene holds the same object; where it is less than whole inside, something covers it.
    const covered = scenes.filter(({ object }) => {
      let holes = 0;
      for (let i = 65; i < object.length - 65; i++) {
        if (object[i] === 0 && object[i - 2] === 255 && object[i + 2] === 255) holes++;
      }
      return holes > 0;
    });
    expect(covered.length).toBeGreaterThan(5);
  });
  test('no masks unless asked for', () => {
    const { object, parts } = pictograph({ seed: 4, index: 0, side: 32 });
    expect([object.length, parts.length]).toEqual([0, 0]);
  });
});

describe('any side', () => {
  test('opaque pixels, as many as said', () => {
    fc.assert(
      fc.property(anyScene, fc.integer({ min: MIN_SIDE, max: 140 }), (scene, side) => {
        const { rgba, object, parts } = pictograph({ ...scene, side, masks: true });
        expect(rgba.length).toBe(4 * side * side);
        expect(object.length).toBe(side * side);
        for (const { mask } of parts) expect(mask.length).toBe(side * side);
        expect(rgba.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(pictograph({ seed: 1, index: 0, side: MAX_SIDE }).rgba.length).toBe(4 * MAX_SIDE * MAX_SIDE);
  });
  test('every value is a number', () => {
    fc.assert(
      fc.property(anyScene, fc.integer({ min: MIN_SIDE, max: 64 }), ({ seed, index, label }, side) => {
        const { surface, masks } = drawScene(
          { seed, index, side, masks: true },
          objects[pictographClasses[label]],
        );
        for (const values of [surface.pixels, ...masks!.values()]) {
          expect(values.every((value) => Number.isFinite(value) && value > -0.1 && value < 1.2)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('half the side is the same drawing', () => {
    for (let index = 0; index < 10; index++) {
      const large = pictograph({ seed: 9, index, side: 192 }).rgba;
      const small = pictograph({ seed: 9, index, side: 96 }).rgba;
      let difference = 0;
      for (let y = 0; y < 96; y++) {
        for (let x = 0; x < 96; x++) {
          const at = 4 * (2 * y * 192 + 2 * x);
          const mean = (large[at] + large[at + 4] + large[at + 768] + large[at + 772]) / 4;
          difference += Math.abs(mean - small[4 * (y * 96 + x)]);
        }
      }
      expect(difference / 96 ** 2).toBeLessThan(6);
    }
  });
});

test.each([
  [{ seed: -1 }, 'The seed of a pictograph is an integer from 0'],
  [{ seed: 0.5 }, '0.5 is none'],
  [{ index: Number.NaN }, 'The index'],
  [{ side: 15 }, 'The side of a pictograph is an integer from 16 to 512; 15 is none.'],
  [{ side: 513 }, '513 is none'],
  [{ label: 10 }, 'The label of a pictograph is an integer from 0 to 9'],
])('%j is refused by name', (change, message) => {
  const draw = () => pictograph({ seed: 1, index: 0, side: 16, ...change });
  expect(draw).toThrow(PictographError);
  expect(draw).toThrow(message);
});
