import { describe, expect, it } from 'vitest';
import { conceptBytes, conceptColours } from './concept-colours';
import { conceptPixels } from './concept-picture';
import { type ConceptsData, conceptsHeight } from './concepts-figure';

/** Two concepts of a map of two columns: the first holds much on the left, the second little on the right. */
const maps = {
  ...{ width: 2, height: 1, interpolation: 'nearest' as const },
  concepts: [
    { map: Float32Array.of(8, 2), colour: 0 },
    { map: Float32Array.of(0, 3), colour: 5 },
  ],
};
const pixel = (pixels: Uint8ClampedArray, at: number) => Array.from(pixels.subarray(4 * at, 4 * at + 4));

describe('pixels of concepts', () => {
  it('have the colour of what holds the most, as dense as it is beside its own strongest place', () => {
    const pixels = conceptPixels({ ...maps, only: null }, { width: 4, height: 2 });
    const [left, right] = [
      [...conceptBytes(0), 255],
      [...conceptBytes(5), 255],
    ];
    const row = [left, left, right, right];
    expect(Array.from({ length: 8 }, (_, i) => pixel(pixels, i))).toEqual([...row, ...row]);
  });

  it('are those of one concept by itself where it is chosen, and clear where it holds nothing', () => {
    const first = conceptPixels({ ...maps, only: 0 }, { width: 2, height: 1 });
    expect(pixel(first, 1)).toEqual([...conceptBytes(0), 64]);
    const second = conceptPixels({ ...maps, only: 1 }, { width: 2, height: 1 });
    expect(pixel(second, 0)).toEqual([0, 0, 0, 0]);
    const none = conceptPixels({ ...maps, concepts: [], only: null }, { width: 2, height: 1 });
    expect(Math.max(...none)).toBe(0);
  });
});

it('a figure of concepts has room for each of them, in two columns where it is wide', () => {
  const data = (count: number): ConceptsData => ({
    ...{ ...maps, layer: 'conv', heading: '', picture: null, opacity: 1, words: [] },
    concepts: conceptColours.slice(0, count).map((_, colour) => ({ map: Float32Array.of(1, 1), colour })),
  });
  const rows = (width: number, count: number) =>
    (conceptsHeight(width, data(count)) - conceptsHeight(width, data(0))) / 66;
  expect([1, 5, 8].map((count) => rows(480, count))).toEqual([1, 3, 4]);
  expect([1, 5, 8].map((count) => rows(320, count))).toEqual([1, 5, 8]);
});
