// @vitest-environment page
import '../../ui/page-testing';
import { expect, it } from 'vitest';
import { analysis } from './explain-testing';
import { layerFor } from './selection';

const last = analysis.layers.length - 1;
/** The last two layers hold no evidence, as heads for things of another size do not. */
const ofOneHead = {
  ...analysis,
  layers: analysis.layers.map((layer, i) => ({
    ...layer,
    outcome: i > last - 2 ? ('none' as const) : ('evidence' as const),
  })),
};
const box = { ...analysis.target, kind: 'box' as const, box: 3 };

it('shown is the layer that is asked for, else the last', () => {
  expect(layerFor(analysis, analysis.layers[1].name)).toBe(1);
  expect(layerFor(analysis, '')).toBe(last);
  expect(layerFor(ofOneHead, 'no such layer')).toBe(last);
});

it('of a box it is the last that holds evidence', () => {
  expect(layerFor({ ...ofOneHead, target: box }, '')).toBe(last - 2);
  expect(layerFor({ ...ofOneHead, target: box }, analysis.layers[last].name)).toBe(last);
  const nowhere = ofOneHead.layers.map((layer) => ({ ...layer, outcome: 'none' as const }));
  expect(layerFor({ ...analysis, layers: nowhere, target: box }, '')).toBe(last);
});
