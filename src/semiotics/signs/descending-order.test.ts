import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descendingOrder } from './descending-order';

test('agrees with a comparison sort, equal values by index', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.float({ noNaN: true, noDefaultInfinity: true }),
          fc.constantFrom(0, -0, 1, 2, 1e-45, 3.4028234663852886e38),
        ),
        { maxLength: 300 },
      ),
      (numbers) => {
        const values = Float32Array.from(numbers);
        const right = [...values.keys()]
          .filter((i) => values[i] > 0)
          .sort((a, b) => values[b] - values[a] || a - b);
        expect([...descendingOrder(values)]).toEqual(right);
      },
    ),
  );
});

test('reads an array that starts inside its buffer', () => {
  const whole = Float32Array.from([9, 9, 1, 3, 2]);
  expect([...descendingOrder(whole.subarray(2))]).toEqual([1, 2, 0]);
});
