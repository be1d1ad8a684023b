import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeStack } from './place-stack';

const room = { top: 10, bottom: 110 };

test('what does not meet stands where it wishes', () => {
  const items = [
    { height: 10, wish: 20, weight: 1 },
    { height: 5, wish: 60, weight: 3 },
  ];
  expect(placeStack(items, 4, room)).toEqual([20, 60]);
});

test('what would overlap shares the way by weight', () => {
  // Both want 50; the second has to stand 12 lower. Shifts a and b = a + 12 - 0: minimise a^2 + 3 (a + 12)^2, a = -9.
  const items = [
    { height: 10, wish: 50, weight: 1 },
    { height: 10, wish: 50, weight: 3 },
  ];
  expect(placeStack(items, 2, room)).toEqual([41, 53]);
});

test('the room is kept, at either end', () => {
  const item = { height: 20, weight: 1 };
  expect(
    placeStack(
      [
        { ...item, wish: -40 },
        { ...item, wish: -30 },
      ],
      2,
      room,
    ),
  ).toEqual([10, 32]);
  expect(
    placeStack(
      [
        { ...item, wish: 400 },
        { ...item, wish: 500 },
      ],
      2,
      room,
    ),
  ).toEqual([68, 90]);
});

test('order, gaps and room hold for any stack that fits', () => {
  const item = fc.record({
    height: fc.double({ min: 0, max: 8, noNaN: true }),
    wish: fc.double({ min: -50, max: 200, noNaN: true }),
    weight: fc.double({ min: 1e-4, max: 50, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 10 }), (items) => {
      const edges = placeStack(items, 1.5, room);
      expect(edges).toHaveLength(items.length);
      edges.forEach((y, i) => {
        expect(y).toBeGreaterThanOrEqual(
          i === 0 ? room.top - 1e-9 : edges[i - 1] + items[i - 1].height + 1.5 - 1e-9,
        );
        expect(y + items[i].height).toBeLessThanOrEqual(room.bottom + 1e-9);
      });
    }),
  );
});
