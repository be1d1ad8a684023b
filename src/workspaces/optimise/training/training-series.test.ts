import { describe, expect, it } from 'vitest';
import { durationInWords } from '../../../text/duration-in-words';
import { curveData, curveRows, paceOf, smoothed } from './training-series';

const step = (number: number, loss: number, time = 10) => ({
  step: number,
  loss,
  accuracy: 0.5,
  learningRate: 0.01,
  time,
});

describe('smoothing', () => {
  it('is the value itself for a constant, from the first point on', () => {
    const constant = Array.from({ length: 5 }, (_, x) => ({ x, y: 3 }));
    for (const { y } of smoothed(constant, 0.1)) expect(y).toBeCloseTo(3, 12);
  });

  it('weighs what it has seen by powers of the rest', () => {
    const [first, second] = smoothed(
      [
        { x: 0, y: 1 },
        { x: 1, y: 0 },
      ],
      0.25,
    );
    expect(first.y).toBe(1);
    // (0.75 * 0.25 * 1 + 0.25 * 0) / (1 - 0.75^2)
    expect(second.y).toBeCloseTo(0.1875 / 0.4375, 12);
  });
});

describe('the curves', () => {
  const history = {
    steps: [step(1, 2), step(2, 1.5), step(3, 1.2), step(4, 1)],
    epochs: [
      { epoch: 0, step: 0, loss: 2.3, accuracy: 0.1, profile: null },
      { epoch: 1, step: 4, loss: 1.1, accuracy: 0.6, profile: null },
    ],
  };

  it('count time in epochs', () => {
    const { series, epochs } = curveData('loss', history, { stepsPerEpoch: 4, epochs: 3 });
    expect(epochs).toBe(3);
    expect(series[0].raw?.map(({ x }) => x)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(series[1].points).toEqual([
      { x: 0, y: 2.3 },
      { x: 1, y: 1.1 },
    ]);
  });

  it('give the learning rate as it was', () => {
    const { series } = curveData('learningRate', history, { stepsPerEpoch: 4, epochs: 3 });
    expect(series).toHaveLength(1);
    expect(series[0].raw).toBeUndefined();
  });

  it('write a record for each step, and one before the first', () => {
    const rows = curveRows('loss', history);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({ step: 0, loss: null, 'held-out loss': 2.3 });
    expect(rows[4]).toEqual({ step: 4, loss: 1, 'held-out loss': 1.1 });
    expect(rows[2]).toEqual({ step: 2, loss: 1.5, 'held-out loss': null });
    expect(curveRows('learningRate', history)[0]).toEqual({ step: 1, 'learning rate': 0.01 });
  });
});

describe('the pace', () => {
  it('counts steps left and the ends of the epochs left', () => {
    const history = {
      steps: [step(1, 1, 10), step(2, 1, 900), step(3, 1, 10)],
      epochs: [{ epoch: 0, step: 0, loss: 2, accuracy: 0.1, profile: null }],
    };
    const pace = paceOf(history, { steps: 103, recipe: { batch: 32, epochs: 2 } }, 1500);
    // The median step takes 10 ms: 100 of them, and two ends of 1.5 s.
    expect(pace).toEqual({ stepsPerSecond: 100, imagesPerSecond: 3200, left: 4 });
    expect(paceOf({ steps: [], epochs: [] }, { steps: 9, recipe: { batch: 1, epochs: 1 } }, 0)).toBeNull();
  });

  it('tells durations', () => {
    expect([4.4, 59.9, 61, 3599, 7260].map(durationInWords)).toEqual([
      '4 s',
      '1 min 0 s',
      '1 min 1 s',
      '59 min 59 s',
      '2 h 1 min',
    ]);
  });
});
