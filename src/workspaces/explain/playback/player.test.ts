import { describe, expect, it } from 'vitest';
import {
  filmLength,
  filmPosition,
  layerAt,
  layerForKey,
  placeAt,
  positionAt,
  settledAt,
  startOf,
  timeOf,
} from './player';

describe('playback', () => {
  it('is on a layer at every whole time, half way between two at every half, and never goes back', () => {
    for (const time of [0, 1, 1.5, 6, 10.5]) expect(placeAt(time)).toBeCloseTo(time, 12);
    const places = Array.from({ length: 1101 }, (_, i) => placeAt(i / 100));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // Slower past a layer than between two.
    expect(placeAt(3.05) - placeAt(2.95)).toBeLessThan((placeAt(3.55) - placeAt(3.45)) / 4);
  });

  it('goes on from any place', () => {
    for (const place of [0, 0.2, 3, 3.7, 10.999]) expect(placeAt(timeOf(place))).toBeCloseTo(place, 9);
    expect(positionAt(2.3, 12, 0, 1)).toBeCloseTo(2.3, 9);
    expect(positionAt(2.3, 12, 500, 1)).toBeCloseTo(3.3, 9);
  });

  it('passes two layers a second at normal speed and stays on the last', () => {
    expect(positionAt(0, 12, 1000, 1)).toBeCloseTo(2, 9);
    expect(positionAt(3, 12, 250, 4)).toBeCloseTo(5, 9);
    for (const count of [1, 2, 12, 160]) expect(positionAt(0, count, 1e6, 1)).toBe(count - 1);
  });

  it('settles on the nearest layer, and there exactly', () => {
    expect(settledAt(4.4, 0)).toBeCloseTo(4.4, 12);
    expect(settledAt(4.4, 60)).toBeLessThan(4.4);
    expect(settledAt(4.6, 60)).toBeGreaterThan(4.6);
    expect([settledAt(4.4, 10_000), settledAt(4.6, 10_000)]).toEqual([4, 5]);
  });

  it('makes a film that stays on the first and the last layer and passes every other', () => {
    expect(filmLength(12)).toBeCloseTo(0.8 + 11 * 0.6 + 1.6, 9);
    expect([0, 0.5, 0.8].map((seconds) => filmPosition(12, seconds))).toEqual([0, 0, 0]);
    expect(filmPosition(12, 0.8 + 3 * 0.6)).toBeCloseTo(3, 9);
    expect(filmPosition(12, 0.8 + 3.5 * 0.6)).toBeCloseTo(3.5, 9);
    expect([7.5, 9].map((seconds) => filmPosition(12, seconds))).toEqual([11, 11]);
    expect(filmLength(161)).toBeLessThan(63);
    expect(filmLength(1)).toBeCloseTo(2.4, 9);
    expect(filmPosition(1, 1)).toBe(0);
  });

  it('in steps shows two layers a second at normal speed and stops at the last', () => {
    expect([0, 499, 500, 1000, 60_000].map((ms) => layerAt(0, 12, ms, 1))).toEqual([0, 0, 1, 2, 11]);
    expect(layerAt(3, 12, 250, 4)).toBe(5);
    expect(layerAt(3, 12, 1999, 0.5)).toBe(4);
  });

  it('begins again from the first layer after it came to the end', () => {
    expect(startOf(11, 12)).toBe(0);
    expect(startOf(4.2, 12)).toBe(4.2);
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
