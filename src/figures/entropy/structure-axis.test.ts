import { describe, expect, it } from 'vitest';
import { structureDomain } from './structure-axis';

describe('the axis of structure', () => {
  it('takes in all values where none is far from the others', () => {
    expect(structureDomain([0.1, 0.2, 0.3, 0.25, 0.22, 0.18])).toEqual([0, 0.3]);
    expect(structureDomain([-0.15, 0.2, 0.3, 0.25, 0.1, 0])).toEqual([-0.2, 0.3]);
    expect(structureDomain([])).toEqual([0, 1]);
    expect(structureDomain([0.01, 0.02])).toEqual([0, 0.2]);
  });

  it('ends before one low value, and leaves its bar a third of the height', () => {
    const usual = [0.2, 0.22, 0.25, 0.3, 0.28, 0.21, 0.24, 0.26];
    const [low, high] = structureDomain([...usual, -0.9]);
    expect(high).toBe(0.3);
    expect(low).toBeLessThan(0);
    expect(low).toBeGreaterThan(-0.3);
    // Its height over that of the axis: 0.3 / (0.3 - low).
    expect(high / (high - low)).toBeGreaterThan(0.5);
  });

  it('ends before one high value among low ones', () => {
    expect(structureDomain([0.05, 0.06, 0.04, 0.05, 0.07, 0.05, 0.9])).toEqual([0, 0.2]);
  });

  it('cuts off nothing of which there are many, nor where it would gain little', () => {
    expect(structureDomain([0.2, 0.3, 0.25, -0.8, -0.7, -0.9, 0.2, 0.3])[0]).toBeLessThanOrEqual(-0.9);
    expect(structureDomain([0.3, 0.31, 0.3, 0.32, 0.3, 0.31, 0.4])).toEqual([0, 0.4]);
    expect(structureDomain([0.3, 0.3, -0.9])).toEqual([-1, 0.4]);
  });
});
