import { describe, expect, it } from 'vitest';
import { classesOfPlaces, largestClass, placesOf, regionAt, regionsOf } from './regions';

/** A map of the digits' classes: 1 at the channel of each. */
function mapOf(rows: string[], channels: number): { values: number[]; shape: [number, number, number] } {
  const values = [...rows.join('')].flatMap((digit) =>
    Array.from({ length: channels }, (_, k) => (k === Number(digit) ? 1 : 0)),
  );
  return { values, shape: [rows.length, rows[0].length, channels] };
}

const { values, shape } = mapOf(['0011', '0121', '1121'], 3);
const found = classesOfPlaces(values, shape);

describe('the regions of a map', () => {
  it('are places of one class that share a side, the largest first', () => {
    expect(Array.from(found.classes)).toEqual([0, 0, 1, 1, 0, 1, 2, 1, 1, 1, 2, 1]);
    // The two parts of class 1 touch at a corner only.
    expect(regionsOf(found)).toEqual([
      { index: 1, place: [2, 0], places: 4 },
      { index: 0, place: [0, 0], places: 3 },
      { index: 1, place: [1, 1], places: 3 },
      { index: 2, place: [2, 1], places: 2 },
    ]);
    expect(regionAt(found, [3, 2]).sort((a, b) => a - b)).toEqual([2, 3, 7, 11]);
    expect(placesOf(found, 1)).toHaveLength(7);
    expect(largestClass(found)).toBe(1);
  });

  it('may be one place, or none', () => {
    const dot = classesOfPlaces([-1, -2, 3, -1], [2, 2, 1]);
    expect(regionsOf(dot)).toEqual([{ index: 0, place: [0, 1], places: 1 }]);
    expect(regionAt(dot, [0, 1])).toEqual([2]);
    expect(() => regionAt(dot, [1, 1])).toThrow(
      'The network sees nothing at column 1, row 1 of its map. Choose a region of the picture.',
    );
    expect(() => regionAt(dot, [2, 0])).toThrow(
      "There is no place at column 2, row 0: the network's map has 2 × 2. Choose a region of the picture.",
    );
    expect(largestClass(classesOfPlaces([-1], [1, 1, 1]))).toBeNull();
  });
});
