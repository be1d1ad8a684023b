import { expect, test } from 'vitest';
import { lastParts, partOfSigns } from './last-parts';
import { linkSigns, type SignRef } from './link-signs';
import type { SignLayer } from './shares';

/** Regions on a line of pixels by label, all of one height. */
const line = (...labels: number[]): SignLayer => ({
  labels: Int32Array.from(labels),
  map: new Float32Array(labels.length).fill(1),
  signs: [...new Set(labels.filter((label) => label >= 0))]
    .sort((a, b) => a - b)
    .map((id) => ({
      ...{ id, area: 0, persistence: 0, box: [0, 0, 0, 0], peak: [0, 0, 0], centroid: [0, 0] },
      mass: labels.filter((label) => label === id).length,
      share: labels.filter((label) => label === id).length / labels.length,
    })),
});

const partsOf = (layers: SignLayer[]) => {
  const linked = linkSigns(layers);
  const whole = { layer: layers.length - 1, sign: 0 };
  const share = ({ layer, sign }: SignRef) => layers[layer].signs[sign].share;
  const parts = lastParts(linked, whole, share);
  const words = parts.map(({ sign, into }) => `${sign.layer}.${sign.sign} in ${into.layer}.${into.sign}`);
  return { words, of: partOfSigns(linked, parts) };
};

test('undoes the latest merges until three parts stand by themselves', () => {
  const { words, of } = partsOf([
    line(0, 0, 1, 1, 2, 2, 2, 3, 3, 3),
    line(0, 0, 0, 0, 1, 1, 1, 2, 2, 2),
    line(0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
    line(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    line(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  ]);
  // The last merge, in the fourth layer, leaves two; of these the one merged in the third is parted, that of the second stays whole.
  expect(words).toEqual(['2.0 in 3.0', '1.1 in 2.1', '1.2 in 2.1']);
  expect(of).toEqual([[0, 0, 1, 2], [0, 1, 2], [0, 3], [3], [3]]);
});

test('looks past what only takes crumbs in, and leaves the crumbs out', () => {
  const crumb = (label: number, rest: number[]) => line(...rest, label);
  const great = (a: number, b: number) => [...Array(12).fill(a), ...Array(12).fill(b)];
  const { words, of } = partsOf([crumb(2, great(0, 1)), crumb(1, great(0, 0)), crumb(0, great(0, 0))]);
  expect(words).toEqual(['0.0 in 1.0', '0.1 in 1.0']);
  expect(of).toEqual([[0, 1, -1], [2, -1], [2]]);
});

test('of a merge of many it takes the five greatest, and of none nothing', () => {
  const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5];
  expect(partsOf([line(...labels), line(...labels.map(() => 0))]).words).toHaveLength(5);
  const one = partsOf([line(0, 0, 0), line(0, 0, 0)]);
  expect(one.words).toEqual([]);
  expect(one.of).toEqual([[-1], [-1]]);
});
