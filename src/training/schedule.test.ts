import { describe, expect, it } from 'vitest';
import { watchForDivergence } from './data/divergence';
import fixture from './fixtures/schedule.json';
import { learningRateAt } from './schedule';

describe('schedule', () => {
  it.each(Object.entries(fixture.oneCycle))('one-cycle over %s steps is that of PyTorch', (steps, rates) => {
    const recipe = { schedule: 'one-cycle', learningRate: 0.5 } as const;
    expect(rates).toHaveLength(Number(steps));
    rates.forEach((rate, step) => {
      expect(learningRateAt(recipe, step, Number(steps)), `step ${step}`).toBeCloseTo(rate, 10);
    });
  });

  it('constant stays', () => {
    const recipe = { schedule: 'constant', learningRate: 0.5 } as const;
    expect([0, 5, 9].map((step) => learningRateAt(recipe, step, 10))).toEqual([0.5, 0.5, 0.5]);
  });

  it('one-cycle over a few steps has finite rates', () => {
    const recipe = { schedule: 'one-cycle', learningRate: 0.5 } as const;
    for (const steps of [1, 2, 3, 4]) {
      for (let step = 0; step < steps; step++) {
        const rate = learningRateAt(recipe, step, steps);
        expect(rate).toBeGreaterThan(0);
        expect(rate).toBeLessThanOrEqual(0.5);
      }
    }
  });
});

describe('the watch for divergence', () => {
  const verdicts = (losses: number[]) => {
    const watch = watchForDivergence(10);
    return losses.map((loss) => watch.check(loss));
  };

  it('lets a training be that falls, is noisy, or begins badly', () => {
    const losses = Array.from({ length: 200 }, (_, i) => 2.5 - i / 100 + (i % 7 === 0 ? 3 : 0));
    expect(verdicts([12, 8, ...losses]).every((wrong) => wrong === null)).toBe(true);
  });

  it('tells of a loss that is no number, that leaps, or that stays beyond guessing', () => {
    expect(verdicts([2.3, Number.NaN])[1]).toBe('the loss is no longer a number');
    expect(verdicts([2.3, Number.POSITIVE_INFINITY])[1]).toBe('the loss is no longer a number');
    expect(verdicts([2.3, 5e4])[1]).toBe('the loss rose from 2.30 to 5.0e+4');
    const lasting = verdicts([2.3, ...new Array(40).fill(8)]);
    expect(lasting.slice(0, 29).every((wrong) => wrong === null)).toBe(true);
    expect(lasting[40]).toBe('over 30 steps the loss was 8.00, where guessing costs 2.30');
  });
});
