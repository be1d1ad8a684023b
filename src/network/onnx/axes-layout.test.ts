import { describe, expect, it } from 'vitest';
import { channelsLast, liesAlike, permutationBetween, reshapeOrder } from './axes-layout';

describe('reshapes move as little as they must', () => {
  it('flattening a map brings it into the order of the file', () => {
    expect(reshapeOrder([1, 6, 4, 5], channelsLast, [1, 120])).toEqual({ before: [1, 2, 3], after: [1] });
  });
  it('dividing channels into groups moves nothing', () => {
    const { before, after } = reshapeOrder([1, 6, 4, 5], channelsLast, [1, 2, 3, 4, 5]);
    expect(before).toEqual(channelsLast);
    expect(after).toEqual([3, 4, 1, 2]);
  });
  it('joining groups that have changed places moves the channels alone', () => {
    // [1, 3, 2, 4, 5] after a transpose; it lies as [h, w, groups, channels].
    const { before, after } = reshapeOrder([1, 3, 2, 4, 5], [3, 4, 2, 1], [1, 6, 4, 5]);
    expect(before).toEqual([3, 4, 1, 2]);
    expect(after).toEqual(channelsLast);
    expect(permutationBetween([1, 3, 2, 4, 5], [3, 4, 2, 1], before)).toEqual({
      shape: [20, 2, 3],
      permutation: [0, 2, 1],
    });
  });
  it('axes of size 1 may come, go and lie anywhere', () => {
    expect(reshapeOrder([1, 6, 1, 1], channelsLast, [1, 6]).after).toEqual([1]);
    expect(reshapeOrder([1, 6], [1], [1, 6, 1, 1]).after.filter((axis) => axis === 1)).toEqual([1]);
    expect(liesAlike([1, 6, 1, 1], channelsLast, [1, 2, 3])).toBe(true);
    expect(liesAlike([1, 6, 2, 1], channelsLast, [1, 2, 3])).toBe(false);
  });
});
