import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainSettings } from '../../../state/settings';
import { maskOfPixels } from './mask-file';
import { hasTwoColours, insideOfPixels, pngSize } from './mask-pixels';
import { areaOf, maskInText, maskOfText, movedMask, onGrid } from './mask-region';
import { borderOf, maskOf, movedRegion, regionInText, regionInWords, regionOf } from './region-shape';

const mask = (width: number, ...inside: number[]) => ({
  ...{ width, height: inside.length / width, inside: Uint8Array.from(inside) },
});
const grey = (...values: number[]) =>
  Uint8ClampedArray.from(values.flatMap((value) => [value, value, value, 255]));

describe('a mask in the address', () => {
  it('is its stretches outside and inside in turn', () => {
    const some = mask(4, 0, 0, 0, 1, 1, 0, 0, 0);
    expect(maskInText(some)).toBe('mask,4x2,3.2.3');
    expect(maskOfText('mask,4x2,3.2.3')).toEqual(some);
    expect(maskInText(mask(2, 1, 1, 0, 1))).toBe('mask,2x2,0.2.1.1');
  });

  it('comes back as it was, as the setting too, and as a region', () => {
    const pixels = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(pixels, (inside) => {
        const some = mask(4, ...inside);
        const text = maskInText(some);
        if (!inside.includes(1)) return expect(maskOfText(text)).toBeNull();
        expect(maskOfText(text)).toEqual(some);
        expect(explainSettings.within.parse(text)).toBe(text);
        const region = regionOf(text);
        expect(region && maskOf(region, some)).toEqual(some);
        expect(region && regionInText(region)).toBe(text);
      }),
    );
  });

  it.each([
    'mask,4x2,3.2',
    'mask,4x2,3.2.9',
    'mask,4x2,8',
    'mask,0x2,1.1',
    'mask,4x2,3.2.3.',
    'mask,999x1,0.rr',
  ])('is none where it makes no sense: %s', (text) => expect(maskOfText(text)).toBeNull());

  it('is made coarser until it fits', () => {
    const noise = Array.from({ length: 300 * 300 }, (_, i) => ((i * 7919) % 13 < 6 ? 1 : 0));
    const text = maskInText(mask(300, ...noise));
    expect(text.length).toBeLessThanOrEqual(6000);
    expect(maskOfText(text)?.width).toBeLessThan(300);
  });
});

describe('a mask as a region', () => {
  it('is on another grid what covers at least half', () => {
    expect([...onGrid(mask(4, 1, 1, 1, 0), { width: 2, height: 1 }).inside]).toEqual([1, 1]);
    expect([...onGrid(mask(4, 1, 0, 0, 0), { width: 2, height: 1 }).inside]).toEqual([1, 0]);
    expect([...onGrid(mask(4, 0, 1, 0, 0), { width: 1, height: 1 }).inside]).toEqual([0]);
    expect([...onGrid(mask(1, 1), { width: 2, height: 2 }).inside]).toEqual([1, 1, 1, 1]);
    // Two thirds of the first of two, a third of the second.
    expect([...onGrid(mask(3, 1, 0, 0), { width: 2, height: 1 }).inside]).toEqual([1, 0]);
  });

  it('moves by whole pixels within the picture', () => {
    const some = mask(3, 1, 0, 0, 0, 0, 0);
    expect([...movedMask(some, 1, 1).inside]).toEqual([0, 0, 0, 0, 1, 0]);
    expect([...movedMask(some, 9, -9).inside]).toEqual([0, 0, 1, 0, 0, 0]);
    const moved = movedRegion({ kind: 'mask', mask: some }, 0.02, 0);
    expect(moved.kind === 'mask' && [...moved.mask.inside]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('is drawn along its pixels and called by its size', () => {
    const shape = { kind: 'mask', mask: mask(2, 1, 0, 0, 0) } as const;
    const edges = borderOf(shape, { width: 20, height: 20 }).match(/M[^M]+/g) ?? [];
    expect(edges.toSorted()).toEqual(['M0 0L0 10', 'M0 0L10 0', 'M0 10L10 10', 'M10 0L10 10']);
    expect(regionInWords('mask,2x2,0.1.3')).toBe('a mask of 2 × 2, 25.0 % of the picture');
    expect(regionInWords('0.1,0.2,0.3,0.4')).toBe('0.1,0.2,0.3,0.4');
    expect(areaOf(shape.mask)).toBe(0.25);
  });
});

describe('a mask file', () => {
  it('is inside where it is brighter than half, or where it is not transparent', () => {
    expect([...insideOfPixels(grey(0, 255, 130, 120))]).toEqual([0, 1, 1, 0]);
    expect([...insideOfPixels(grey(0, 1, 1, 0))]).toEqual([0, 1, 1, 0]);
    expect([...insideOfPixels(Uint8ClampedArray.of(0, 0, 0, 255, 0, 0, 0, 0))]).toEqual([1, 0]);
    expect([...insideOfPixels(Uint8ClampedArray.of(255, 0, 0, 255, 255, 255, 255, 0))]).toEqual([1, 0]);
  });

  it('has two colours, no more and no fewer', () => {
    expect(hasTwoColours(grey(0, 255, 255, 0))).toBe(true);
    expect(hasTwoColours(grey(7, 7))).toBe(false);
    expect(hasTwoColours(grey(0, 255, 128))).toBe(false);
  });

  it('says how large it is', () => {
    const head = Uint8Array.of(
      137,
      80,
      78,
      71,
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      73,
      72,
      68,
      82,
      0,
      0,
      1,
      44,
      0,
      0,
      0,
      200,
    );
    expect(pngSize(head)).toEqual({ width: 300, height: 200 });
    expect(pngSize(head.with(0, 1))).toBeNull();
  });

  it('is cropped as its picture is', () => {
    // Six wide, two high: the network sees the two columns in the middle.
    const data = grey(...[255, 255, 0, 255, 255, 255], ...[0, 0, 0, 255, 0, 0]);
    const { inside } = maskOfPixels({ data, width: 6, height: 2 }, { width: 2, height: 2 });
    expect([...inside]).toEqual([0, 1, 0, 1]);
  });
});
