import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertySeed } from './property-seed';

describe('the seed of property tests', () => {
  it('is the same from run to run, or the one that is named', () => {
    expect(propertySeed('')).toBe(propertySeed(''));
    expect(propertySeed('7')).toBe(7);
    expect(() => propertySeed('seven')).toThrow('a whole number or "random"');
  });

  it('is what properties draw their cases from', () => {
    expect(fc.readConfigureGlobal().seed).toBe(propertySeed());
  });
});
