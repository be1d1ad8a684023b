// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../../state/explain-store');
const { analysed, analysis, layerNames } = await import('../explain-testing');
const { changeChartData } = await import('./change-view');
const { foldingFor } = await import('./folded-columns');
const { openColumn, showSpan } = await import('./shown-layers');
const { radio, showInstrument } = await import('./instrument-testing');

/** The last layer of each one's column: conv3_1 to conv3_3 are a pair and a block with one more, conv5_1 and conv5_2 a pair. */
const pair = [0, 1, 2, 3, 5, 5, 6, 7, 8, 9, 11, 11];
const block = [0, 1, 2, 3, 6, 6, 6, 7, 8, 9, 11, 11];
const folded = {
  ...analysis,
  layers: analysis.layers.map((layer, i) =>
    block[i] === i ? layer : { ...layer, column: { pair: pair[i], block: block[i] } },
  ),
};

let leave: () => Promise<void>;
const set = (fold: 'auto' | 'none' | 'pairs' | 'blocks', layer = 11) =>
  act(async () =>
    useExplain.setState(({ settings }) => ({ settings: { ...settings, fold }, layer, position: layer })),
  );

beforeAll(async () => {
  useExplain.setState({ ...(await analysed()), analysis: folded });
  leave = await showInstrument();
});
afterEach(async () => {
  await act(async () => {
    openColumn(6, false);
    showSpan(null);
  });
  await set('auto');
});
afterAll(() => leave());

const inView = () => layerNames.filter((name) => radio(name).getAttribute('data-beyond') === null);
const without = (...names: string[]) => layerNames.filter((name) => !names.includes(name));
const foldButton = () => document.querySelector<HTMLElement>('[aria-label^="Fold "]');

it('gives every layer a column where nothing is to be folded', async () => {
  await set('none');
  expect(inView()).toEqual(layerNames);
});

it('folds pairs, or blocks, into the last of their layers, and says how many they are', async () => {
  await set('pairs');
  expect(inView()).toEqual(without('conv3_1', 'conv5_1'));
  await set('blocks');
  expect(inView()).toEqual(without('conv3_1', 'conv3_2', 'conv5_1'));
  expect(radio('conv3_3').getAttribute('aria-label')).toMatch(/, of 3 layers in one column$/);
  expect(radio('conv4_1').getAttribute('aria-label')).not.toContain('in one column');
});

it('opens a column on click, with the layer it showed selected, and folds it again', async () => {
  await set('blocks');
  await act(async () => radio('conv3_3').click());
  expect(useExplain.getState().layer).toBe(6);
  expect(inView()).toEqual(without('conv5_1'));
  expect(foldButton()?.getAttribute('aria-label')).toBe('Fold conv3_1 to conv3_3 into one column');
  await act(async () => foldButton()?.click());
  expect(inView()).toEqual(without('conv3_1', 'conv3_2', 'conv5_1'));
  expect(foldButton()).toBeNull();
});

it('shows the selected layer in its column, whatever selects it', async () => {
  await set('blocks', 5);
  expect(inView()).toEqual(without('conv3_1', 'conv3_3', 'conv5_1'));
  await act(async () => {
    radio('conv3_2').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  });
  expect(useExplain.getState().layer).toBe(4);
  expect(inView()).toEqual(without('conv3_2', 'conv3_3', 'conv5_1'));
});

it('steps from column to column in the chart of changes, which add up', () => {
  const state = { ...useExplain.getState(), layer: 3 };
  const all = changeChartData(state);
  const some = changeChartData(state, [0, 3, 6]);
  const change = (data: typeof all, place: number) => data?.layers[place].step?.classFormation ?? Number.NaN;
  expect(change(some, 2)).toBeCloseTo(change(all, 4) + change(all, 5) + change(all, 6), 9);
  expect(some?.layers.map(({ name }) => name)).toEqual(['conv1_1', 'conv2_2', 'conv3_3']);
  expect([some?.selected, some?.layers[0].step]).toEqual([1, null]);
});

it('folds as little as leaves room for thumbnails', () => {
  const { layers } = folded;
  expect([12 * 21, 12 * 21 - 1, 10 * 21 - 1, 40].map((room) => foldingFor(layers, room))).toEqual([
    ...['none', 'pairs', 'blocks', 'blocks'],
  ]);
  expect(foldingFor(analysis.layers, 40)).toBe('none');
});
