import { expect } from 'vitest';

/** The largest difference of two lists of one length, over the largest of the numbers that are expected. */
export function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
}
