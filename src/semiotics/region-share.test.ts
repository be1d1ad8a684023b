import { describe, expect, it } from 'vitest';
import { type RegionMask, regionShare } from './region-share';

const side = 40;

/** A box of pixels, its last column and row excluded. */
function box(x0: number, y0: number, x1: number, y1: number): RegionMask {
  const inside = new Uint8Array(side * side);
  for (let y = y0; y < y1; y++) inside.fill(1, y * side + x0, y * side + x1);
  return { width: side, height: side, inside };
}

const flat = new Float32Array(side * side).fill(2);

/** All mass in one pixel. */
function pointAt(x: number, y: number) {
  const map = new Float32Array(side * side);
  map[y * side + x] = 3;
  return map;
}

describe('the share of evidence inside a region', () => {
  it('is its share of the area on a flat map, wherever it lies, and never above chance', () => {
    const found = regionShare(flat, box(5, 8, 15, 28))!;
    expect(found.share).toBeCloseTo(200 / 1600, 12);
    expect(found.null!.mean).toBeCloseTo(200 / 1600, 12);
    expect(found.null!.low).toBeCloseTo(found.null!.high, 12);
    expect(found.above).toBe(false);
  });

  it('is all of a point inside it, and nothing of one outside', () => {
    const small = box(20, 20, 24, 24);
    expect(regionShare(pointAt(21, 22), small)).toMatchObject({ share: 1, above: true });
    expect(regionShare(pointAt(3, 3), small)).toMatchObject({ share: 0, above: false });
    // Of 16 places along an axis, from 0 to 36 in steps of 2.4, the window of 4 holds a column at one or two.
    expect(regionShare(pointAt(21, 22), small)!.null!.mean).toBeLessThan(5 / 256);
  });

  it('compares with other places, not with the same one moved a little', () => {
    const region = box(20, 20, 30, 30);
    const blob = new Float32Array(side * side);
    for (let y = 23; y < 27; y++) blob.fill(1, y * side + 23, y * side + 27);
    // Moved by up to three pixels the region would hold all of it as well.
    const found = regionShare(blob, region)!;
    expect(found).toMatchObject({ share: 1, above: true });
    expect(found.null!.high).toBeLessThan(1);
  });

  it('counts positive mass alone', () => {
    const map = Float32Array.from({ length: side * side }, (_, i) => (i % side < 20 ? 1 : -5));
    expect(regionShare(map, box(0, 0, 20, 40))!.share).toBe(1);
  });

  it('takes regions of any shape, in several pieces', () => {
    const region = box(0, 0, 4, 4);
    for (const [i, one] of box(30, 30, 36, 34).inside.entries()) region.inside[i] |= one;
    expect(regionShare(flat, region)!.share).toBeCloseTo((16 + 24) / 1600, 12);
  });

  it('says nothing of chance where the region cannot be moved, and nothing at all of no mass or no region', () => {
    expect(regionShare(flat, box(0, 0, 40, 40))).toEqual({ share: 1, null: null, above: false });
    expect(regionShare(flat, box(0, 0, 39, 39))!.null).toBeNull();
    expect(regionShare(new Float32Array(side * side), box(0, 0, 4, 4))).toBeNull();
    expect(regionShare(flat, box(0, 0, 0, 0))).toBeNull();
    expect(() => regionShare(new Float32Array(9), box(0, 0, 4, 4))).toThrow();
  });
});
