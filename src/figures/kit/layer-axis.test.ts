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

  it('stands no layers and no width', () => {
    expect(layerAxis(0, 0).index(10)).toBe(0);
  });
});
