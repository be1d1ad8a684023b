import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEFT_GUTTER, layerAxis } from './layer-axis';

describe('layerAxis', () => {
  it('divides what the gutters leave', () => {
    const axis = layerAxis(1084, 10, { left: 84, right: 0 });
    expect([axis.left, axis.right, axis.step]).toEqual([84, 1084, 100]);
    expect([axis.x(0), axis.x(9)]).toEqual([134, 1034]);
    expect([axis.index(-5), axis.index(84), axis.index(183.9), axis.index(184), axis.index(9999)]).toEqual([
      0, 0, 0, 1, 9,
    ]);
  });

  it('finds every layer at its own place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 390, max: 2560 }), (count, width) => {
        const axis = layerAxis(width, count);
        for (let i = 0; i < count; i++) expect(axis.index(axis.x(i))).toBe(i);
      }),
    );
  });

  it('keeps the gutter on a screen and gives it up on a phone', () => {
    expect(layerAxis(1372, 12).left).toBe(LEFT_GUTTER);
    expect(layerAxis(390, 12).left).toBeLessThan(LEFT_GUTTER);
  });

  it('lays a part of the layers over its whole width, the others beyond its edges', () => {
    const axis = layerAxis(1084, 121, { left: 84, right: 0 }, { from: 40, to: 60 });
    expect([axis.step, axis.x(40), axis.x(59)]).toEqual([50, 109, 1059]);
    expect([axis.index(0), axis.index(109), axis.index(1084)]).toEqual([40, 40, 59]);
    expect([axis.position(109), axis.position(134), axis.position(5000)]).toEqual([40, 40.5, 59]);
    expect([axis.shows(39), axis.shows(40), axis.shows(59), axis.shows(60)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(axis.x(39)).toBeLessThan(axis.left);
    expect(axis.x(60)).toBeGreaterThan(axis.right);
  });

  it('gives columns to some of the layers, the others between them', () => {
    const axis = layerAxis(1000, 12, { left: 0, right: 0 }, { from: 2, to: 12, columns: [2, 5, 6, 10] });
    expect([axis.step, axis.x(2), axis.x(5), axis.x(6), axis.x(10)]).toEqual([250, 125, 375, 625, 875]);
    // A third of the way from layer 2 to 5, half of it from 6 to 10.
    expect(axis.x(3)).toBeCloseTo(125 + 250 / 3, 9);
    expect(axis.x(8)).toBeCloseTo(750, 9);
    expect([axis.index(0), axis.index(260), axis.index(499), axis.index(999)]).toEqual([2, 5, 5, 10]);
    expect([axis.position(125), axis.position(250), axis.position(750)]).toEqual([2, 3.5, 8]);
    expect([axis.position(-9), axis.position(2000)]).toEqual([2, 10]);
    expect([2.2, 3.4, 3.6, 8.1, 11].map(axis.nearest)).toEqual([2, 2, 5, 10, 10]);
    expect([1, 2, 3, 5, 11].map(axis.shows)).toEqual([false, true, false, true, false]);
    expect(axis.x(1)).toBeLessThan(0);
    expect([axis.x(11) > 875, axis.x(11) < 1000, axis.x(12) > 1000]).toEqual([true, true, true]);
  });

  it('stands no layers and no width', () => {
    expect(layerAxis(0, 0).index(10)).toBe(0);
  });
});
