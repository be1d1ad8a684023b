import { describe, expect, it } from 'vitest';
import type { ImageEntry } from '../../picture/sets/image-set';
import { choosePictures } from './choose-pictures';

const entries = Array.from({ length: 1000 }, (_, index): ImageEntry => {
  const split = index % 4 === 0 ? 'val' : 'train';
  const path = `${split}/${String(index).padStart(4, '0')}.jpg`;
  return { path, split, folder: null, bytes: 1, read: async () => new Blob() };
});
const pathsOf = (chosen: ImageEntry[]) => chosen.map(({ path }) => path);

describe('the pictures of a study', () => {
  it('are all of the set, or those of a split', () => {
    expect(choosePictures(entries, { sample: null, seed: 1 })).toEqual(entries);
    const held = choosePictures(entries, { sample: null, seed: 1, split: 'val' });
    expect(held).toHaveLength(250);
    expect(new Set(held.map(({ split }) => split))).toEqual(new Set(['val']));
  });

  it('are drawn by the seed, in the order of the set', () => {
    const drawn = (seed: number) => pathsOf(choosePictures(entries, { sample: 100, seed }));
    expect(drawn(1)).toHaveLength(100);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    const places = drawn(1).map((path) => entries.findIndex((entry) => entry.path === path));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(choosePictures(entries, { sample: 5000, seed: 1 })).toHaveLength(1000);
  });

  it('are each as likely as any other', () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++) {
      for (const { path } of choosePictures(entries.slice(0, 10), { sample: 3, seed })) {
        times.set(path, (times.get(path) ?? 0) + 1);
      }
    }
    // Binomial with p = 0.3: 600, and five standard deviations of 20.5.
    expect(times.size).toBe(10);
    for (const count of times.values()) expect(Math.abs(count - 600)).toBeLessThan(103);
  });

  it('fall apart into shards that have none in common and are the whole together', () => {
    const settings = { sample: 101, seed: 4, split: 'train' };
    const whole = pathsOf(choosePictures(entries, settings));
    const shards = [1, 2, 3].map((index) => pathsOf(choosePictures(entries, settings, { index, of: 3 })));
    expect(shards.map(({ length }) => length)).toEqual([34, 34, 33]);
    expect(shards.flat().sort()).toEqual(whole);
  });
});
