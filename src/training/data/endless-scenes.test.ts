import { describe, expect, it } from 'vitest';
import { pictograph } from '../../pictographs';
import { batchesOf } from './batches';
import { pictographData } from './pictograph-data';

const still = { mirror: false, shift: 0, scale: 0, colour: 0 };

/** Numbers of the scenes of an epoch of two batches of ten, found by their pixels. */
async function scenesOf(epoch: number, endless: boolean): Promise<number[]> {
  const data = pictographData({ seed: 4, train: 20, heldOut: 10, endless }, 16);
  const batches = batchesOf(data, { batch: 10, seed: 1, augmentation: still });
  expect(batches.stepsPerEpoch).toBe(2);
  const known = Array.from({ length: 60 }, (_, index) => pictograph({ seed: 4, index, side: 16 }));
  const sums = known.map(({ rgba }) => Array.from(rgba).filter((_, i) => i % 4 !== 3));
  const found: number[] = [];
  for (const step of [2 * epoch, 2 * epoch + 1]) {
    const { input, labels } = await batches.read(step);
    labels.forEach((label, row) => {
      const pixels = Array.from(input.subarray(row * 768, (row + 1) * 768), (value) =>
        Math.round((value + 1) * 127.5),
      );
      const index = sums.findIndex((bytes) => bytes.every((byte, i) => byte === pixels[i]));
      expect(known[index].label).toBe(label);
      found.push(index);
    });
  }
  return found.sort((a, b) => a - b);
}

const from = (first: number) => Array.from({ length: 20 }, (_, i) => first + i);

describe('scenes for training', () => {
  it('are new ones in every epoch where they are endless', async () => {
    expect(await scenesOf(0, true)).toEqual(from(0));
    expect(await scenesOf(2, true)).toEqual(from(40));
  });
  it('are the same ones where they are not', async () => {
    expect(await scenesOf(2, false)).toEqual(from(0));
  });
});
