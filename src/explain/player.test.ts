import { describe, expect, it } from 'vitest';
import { firstLayer, layerAt, layerForKey } from './player';

describe('playback', () => {
  it('shows two layers a second at normal speed and stops at the last', () => {
    expect([0, 499, 500, 1000, 60_000].map((ms) => layerAt(0, 12, ms, 1))).toEqual([0, 0, 1, 2, 11]);
    expect(layerAt(3, 12, 250, 4)).toBe(5);
    expect(layerAt(3, 12, 1999, 0.5)).toBe(4);
  });

  it('begins again from the first layer after it came to the end', () => {
    expect(firstLayer(11, 12)).toBe(0);
    expect(firstLayer(4, 12)).toBe(4);
  });

  it('knows its keys and stays within the layers', () => {
    expect(layerForKey('ArrowRight', 11, 12)).toBe(11);
    expect(layerForKey('ArrowLeft', 0, 12)).toBe(0);
    expect(layerForKey('ArrowLeft', 5, 12)).toBe(4);
    expect(layerForKey('Home', 5, 12)).toBe(0);
    expect(layerForKey('End', 5, 12)).toBe(11);
    expect(layerForKey('x', 5, 12)).toBeNull();
  });
});
