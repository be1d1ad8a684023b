import { describe, expect, it } from 'vitest';
import { reshaped, wholeLay } from './views';

/** Axes of a lay in another order. */
const turned = (lay: ReturnType<typeof wholeLay>, order: readonly number[]) => ({
  shape: order.map((axis) => lay.shape[axis]),
  steps: order.map((axis) => lay.steps[axis]),
  begin: lay.begin,
});

describe('numbers in another shape', () => {
  it('are found by steps where axes that follow one another are split or joined', () => {
    expect(reshaped(wholeLay([2, 3, 4]), [6, 2, 2])).toEqual({
      shape: [6, 2, 2],
      steps: [4, 2, 1],
      begin: 0,
    });
    // Heads of queries, keys and values, side by side in rows of 18.
    const heads = turned(wholeLay([5, 3, 2, 3]), [1, 2, 0, 3]);
    expect(reshaped(heads, [6, 1, 5, 3])?.steps).toEqual([3, 0, 18, 1]);
  });

  it('are not where the numbers of an axis lie at uneven distances', () => {
    expect(reshaped(turned(wholeLay([4, 3]), [1, 0]), [12])).toBeNull();
    expect(reshaped({ shape: [2, 3], steps: [10, 1], begin: 0 }, [6])).toBeNull();
    expect(reshaped({ shape: [2, 3], steps: [10, 1], begin: 0 }, [3, 2])).toBeNull();
  });
});
