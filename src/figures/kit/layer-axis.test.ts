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

  it('stands no layers and no width', () => {
    expect(layerAxis(0, 0).index(10)).toBe(0);
  });
});
