import { expect, test } from 'vitest';
import { lineage } from './lineage';
import { linkSigns } from './link-signs';
import type { SignLayer } from './shares';

/** Regions on a line of pixels by label, all of one height. */
const line = (...labels: number[]): SignLayer => ({
  labels: Int32Array.from(labels),
  map: new Float32Array(labels.length).fill(1),
  signs: [...new Set(labels.filter((label) => label >= 0))].sort().map((id) => ({
    id,
    area: 0,
    mass: labels.filter((label) => label === id).length,
    share: 0,
    peak: [0, 0, 0],
    centroid: [0, 0],
    box: [0, 0, 0, 0],
    persistence: 0,
  })),
});

const linked = linkSigns([
  line(0, 0, 1, 1, 2, 2, 3, 3),
  line(0, 0, 0, 0, 1, 1, -1, -1),
  line(0, 0, 0, 0, -1, -1, 1, 1),
  line(0, 0, 0, 0, 0, 0, -1, -1),
]);
const of = (layer: number, sign: number) =>
  lineage(linked, { layer, sign }).map((ref) => `${ref.layer}.${ref.sign}`);

test('from a leaf to the root, without its siblings', () => {
  expect(of(0, 1)).toEqual(['0.1', '1.0', '2.0', '3.0']);
});
test('from a supersign to all its parts and on to the root', () => {
  expect(of(1, 0)).toEqual(['0.0', '0.1', '1.0', '2.0', '3.0']);
});
test('from the root to everything below it, skipped layers included', () => {
  expect(of(3, 0)).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '2.0', '3.0']);
});
test('what dissolves ends its line', () => {
  expect(of(0, 3)).toEqual(['0.3', '2.1']);
});
