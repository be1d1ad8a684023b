import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FEWEST, including, moved, pinched, spanBetween, zoomed } from './layer-span';

it('takes whole layers, three at least, and all of them as null', () => {
  expect(spanBetween(121, 10.4, 30.4)).toEqual({ from: 10, to: 30 });
  expect(spanBetween(121, 10, 10)).toEqual({ from: 9, to: 12 });
  expect(spanBetween(121, -5, 130)).toBeNull();
  expect(spanBetween(121, 115, 140)).toEqual({ from: 96, to: 121 });
  expect(spanBetween(2, 0, 1)).toBeNull();
});

it('widens about the layer under the pointer, and gives all back', () => {
  expect(zoomed(100, null, 0.5, 49.5)).toEqual({ from: 25, to: 75 });
  expect(zoomed(100, null, 0.5, 0)).toEqual({ from: 0, to: 50 });
  expect(zoomed(100, { from: 25, to: 75 }, 2, 49.5)).toBeNull();
  expect(zoomed(100, { from: 10, to: 13 }, 0.5, 11)).toEqual({ from: 10, to: 13 });
  // A step of the wheel that would change less than a layer changes one.
  expect(zoomed(10, null, 0.99, 9)).toEqual({ from: 1, to: 10 });
});

it('moves and follows a layer without changing how many are shown', () => {
  expect(moved(100, { from: 10, to: 30 }, -25)).toEqual({ from: 0, to: 20 });
  expect(moved(100, { from: 10, to: 30 }, 90)).toEqual({ from: 80, to: 100 });
  expect(including(100, { from: 10, to: 30 }, 30)).toEqual({ from: 11, to: 31 });
  expect(including(100, { from: 10, to: 30 }, 3)).toEqual({ from: 3, to: 23 });
  expect(including(100, { from: 10, to: 30 }, 20)).toEqual({ from: 10, to: 30 });
  expect(including(100, null, 20)).toBeNull();
});

it('keeps under two fingers what they hold', () => {
  // Fingers on layers 40 and 60, now at a quarter and at three quarters: 40 layers from 30.5 on.
  expect(pinched(100, [39.5, 59.5], [0.25, 0.75])).toEqual({ from: 30, to: 70 });
  expect(pinched(100, [40, 60], [0.5, 0.5])).toBeNull();
});

it('is always a part of the layers, whatever is done to it', () => {
  const number = fc.double({ min: -300, max: 300, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 250 }), number, number, number, (count, a, b, c) => {
      const first = spanBetween(count, a, b);
      const spans = [
        first,
        zoomed(count, first, Math.exp(c / 100), Math.abs(a) % count),
        including(count, first, 0),
      ];
      if (first) spans.push(moved(count, first, c));
      for (const span of spans) {
        if (!span) continue;
        expect(span.from).toBeGreaterThanOrEqual(0);
        expect(span.to).toBeLessThanOrEqual(count);
        expect(span.to - span.from).toBeGreaterThanOrEqual(Math.min(count, FEWEST));
        expect(span.to - span.from).toBeLessThan(count);
        expect(Number.isInteger(span.from) && Number.isInteger(span.to)).toBe(true);
      }
    }),
  );
});
