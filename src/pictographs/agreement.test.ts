import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { massAgreement, meanAgreement, PictographError, signAgreement } from './index';

const SIDE = 8;

/** A mask or a labelling from a rule on column and row. */
const mask = (rule: (x: number, y: number) => number, side = SIDE) =>
  Uint8Array.from({ length: side * side }, (_, i) => rule(i % side, Math.floor(i / side)));
const labels = (rule: (x: number, y: number) => number, side = SIDE) =>
  Int32Array.from({ length: side * side }, (_, i) => rule(i % side, Math.floor(i / side)));

const quadrant = (x: number, y: number) => (x < 4 ? 0 : 1) + (y < 4 ? 0 : 2);
const quadrants = [0, 1, 2, 3].map((part) => mask((x, y) => (quadrant(x, y) === part ? 255 : 0)));

describe('signs and parts', () => {
  test('signs that are the parts agree perfectly, in whatever order', () => {
    expect(signAgreement(labels(quadrant), quadrants, SIDE)!.value).toBe(1);
    expect(
      signAgreement(
        labels((x, y) => 3 - quadrant(x, y)),
        quadrants,
        SIDE,
      )!.value,
    ).toBe(1);
  });
  test('no signs agree with nothing, and neither do signs elsewhere', () => {
    expect(
      signAgreement(
        labels(() => -1),
        quadrants,
        SIDE,
      ),
    ).toEqual({ value: 0, null: { mean: 0, sd: 0 } });
    const elsewhere = labels((x) => (x >= 4 ? 0 : -1));
    expect(signAgreement(elsewhere, [quadrants[0], quadrants[2]], SIDE)!.value).toBe(0);
  });
  test('one sign over everything overlaps each quarter by a quarter, wherever the parts are', () => {
    expect(
      signAgreement(
        labels(() => 0),
        quadrants,
        SIDE,
      ),
    ).toEqual({
      value: 0.25,
      null: { mean: 0.25, sd: 0 },
    });
  });
  test('a part counts by its best sign, not by the sum of its signs', () => {
    // The left half is one part; its signs are 3 and 1 of its 4 columns.
    const left = mask((x) => (x < 4 ? 255 : 0));
    expect(
      signAgreement(
        labels((x) => (x < 3 ? 0 : x < 4 ? 1 : -1)),
        [left],
        SIDE,
      )!.value,
    ).toBe(0.75);
  });
  test('half-covered pixels count by half', () => {
    // 16 pixels at 127.5 / 255 would be exactly one half; 51 / 255 is exactly one fifth.
    const faint = mask((x, y) => (quadrant(x, y) === 0 ? 51 : 0));
    const sign = labels((x, y) => (quadrant(x, y) === 0 ? 0 : -1));
    expect(signAgreement(sign, [faint], SIDE, { leastArea: 0 })!.value).toBeCloseTo(0.2, 12);
  });
  test('the null of a checkerboard: an odd shift misses every pixel, an even one none', () => {
    const board = (x: number, y: number) => (x + y) % 2;
    const agreement = signAgreement(
      labels((x, y) => board(x, y) - 1),
      [mask((x, y) => 255 * board(x, y))],
      SIDE,
      { shifts: 4000 },
    )!;
    expect(agreement.value).toBe(1);
    // 31 of the 63 shifts are even, of mean 31/63 and deviation sqrt(p (1 - p)); four standard errors about it.
    const even = 31 / 63;
    expect(Math.abs(agreement.null.mean - even)).toBeLessThan(4 * Math.sqrt((even * (1 - even)) / 4000));
    const p = agreement.null.mean;
    expect(agreement.null.sd).toBeCloseTo(Math.sqrt(p * (1 - p)), 10);
  });
  test('no shift of the null is shorter than an eighth of the side', () => {
    // A square of 4 in 32 pixels on itself: any shift of 4 or more in either direction leaves nothing of it.
    const inside = (x: number, y: number) => x >= 10 && x < 14 && y >= 10 && y < 14;
    const agreement = signAgreement(
      labels((x, y) => (inside(x, y) ? 0 : -1), 32),
      [mask((x, y) => (inside(x, y) ? 255 : 0), 32)],
      32,
      { shifts: 500 },
    );
    expect(agreement).toEqual({ value: 1, null: { mean: 0, sd: 0 } });
  });
  test('parts that can hardly be seen do not count, and without any there is no agreement', () => {
    const dot = mask((x, y) => (x === 7 && y === 7 ? 255 : 0));
    const sign = labels((x, y) => (quadrant(x, y) === 0 ? 0 : -1));
    expect(signAgreement(sign, [quadrants[0], dot], SIDE)!.value).toBe(1);
    expect(signAgreement(sign, [quadrants[0], dot], SIDE, { leastArea: 1 })!.value).toBe(0.5);
    expect(signAgreement(sign, [dot], SIDE)).toBeNull();
    expect(signAgreement(sign, [], SIDE)).toBeNull();
  });
  test('one seed gives one null, another another', () => {
    const sign = labels((x, y) => (quadrant(x, y) === 0 ? 0 : -1));
    const one = signAgreement(sign, quadrants, SIDE, { seed: 5 });
    expect(signAgreement(sign, quadrants, SIDE, { seed: 5 })).toEqual(one);
    expect(signAgreement(sign, quadrants, SIDE, { seed: 6 })).not.toEqual(one);
  });
});

describe('mass and object', () => {
  const half = mask((x) => (x < 4 ? 255 : 0));
  test('all of it, none of it, three quarters of it', () => {
    const map = (rule: (x: number) => number) => Float32Array.from({ length: 64 }, (_, i) => rule(i % SIDE));
    expect(
      massAgreement(
        map((x) => (x < 4 ? 2 : 0)),
        half,
        SIDE,
      )!.value,
    ).toBe(1);
    expect(
      massAgreement(
        map((x) => (x < 4 ? 0 : 2)),
        half,
        SIDE,
      )!.value,
    ).toBe(0);
    expect(
      massAgreement(
        map((x) => (x < 4 ? 3 : 1)),
        half,
        SIDE,
      )!.value,
    ).toBe(0.75);
    expect(
      massAgreement(
        map((x) => (x < 4 ? 3 : -1)),
        half,
        SIDE,
      )!.value,
    ).toBe(1);
  });
  test('even mass lies in the object by its share of the picture, wherever it is', () => {
    expect(massAgreement(new Float32Array(64).fill(1), half, SIDE)).toEqual({
      value: 0.5,
      null: { mean: 0.5, sd: 0 },
    });
  });
  test('no mass, or no object, is no agreement', () => {
    expect(massAgreement(new Float32Array(64), half, SIDE)).toBeNull();
    expect(massAgreement(new Float32Array(64).fill(1), new Uint8Array(64), SIDE)).toBeNull();
  });
});

test('the mean over scenes: values and null means averaged, the deviation that of a mean', () => {
  const scenes = [
    { value: 0.5, null: { mean: 0.1, sd: 0.03 } },
    null,
    { value: 0.7, null: { mean: 0.3, sd: 0.04 } },
  ];
  const mean = meanAgreement(scenes)!;
  expect(mean.value).toBeCloseTo(0.6, 12);
  expect(mean.null.mean).toBeCloseTo(0.2, 12);
  expect(mean.null.sd).toBeCloseTo(0.05 / 2, 12);
  expect(meanAgreement([null])).toBeNull();
});

test('what cannot be compared is refused by name', () => {
  expect(() => signAgreement(new Int32Array(63), quadrants, SIDE)).toThrow(PictographError);
  expect(() =>
    signAgreement(
      labels(() => 0),
      [new Uint8Array(4)],
      SIDE,
    ),
  ).toThrow('mask of a picture of 8 x 8 has 64');
  expect(() => massAgreement(new Float32Array(9), quadrants[0], SIDE)).toThrow('map of a picture');
  expect(() =>
    signAgreement(
      labels(() => 0),
      quadrants,
      SIDE,
      { shifts: 0 },
    ),
  ).toThrow('at least one; 0');
  const one = Uint8Array.of(255);
  expect(() => signAgreement(Int32Array.of(0), [one], 1, { leastArea: 1 })).toThrow('cannot be shifted');
});

test('agreement lies in [0, 1] for any signs and masks', () => {
  const anyPixels = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 64, maxLength: 64 });
  const anyMask = fc.uint8Array({ minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(anyPixels, fc.array(anyMask, { minLength: 1, maxLength: 4 }), (pixels, masks) => {
      const agreement = signAgreement(Int32Array.from(pixels), masks, SIDE, { shifts: 8, leastArea: 0 })!;
      for (const share of [agreement.value, agreement.null.mean]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(agreement.null.sd).toBeLessThanOrEqual(0.5);
    }),
  );
});
