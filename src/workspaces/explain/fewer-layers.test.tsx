// @vitest-environment page
import '../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ExplainState } from '../../state/explain-store';
import { rootOfEmptyPage } from '../../ui/root-testing';

vi.mock('../../engine/engine-client', () =>
  import('../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../state/explain-store');
const { analysed, layerNames } = await import('./explain-testing');
const { Explain } = await import('./Explain');
const { follow, moveTo, pointAt } = await import('./selection');
const { curvesData, randomisedData } = await import('./decision/decision-view');
const { signAtPlace } = await import('./signs/layer-outlines');
const { curveOf, entropyChartData } = await import('./view-model');

let twelve: ExplainState;
let two: ExplainState;
let root: Root;

/** The same picture by a network of two layers, the last one selected. */
function withTwoLayers(state: ExplainState): ExplainState {
  const { analysis, measurement, signs } = state;
  if (!analysis || !measurement || !signs) throw new Error('Nothing is analysed.');
  return {
    ...state,
    ...{ layer: 1, position: 1, signs: null, nullSigns: null },
    analysis: { ...analysis, layers: analysis.layers.slice(0, 2) },
    measurement: { ...measurement, layers: measurement.layers.slice(0, 2) },
  };
}

beforeAll(async () => {
  useExplain.setState(await analysed());
  twelve = useExplain.getState();
  two = withTwoLayers(twelve);
  root = rootOfEmptyPage();
  await act(async () => root.render(<Explain />));
});
afterAll(() => act(async () => root.unmount()));
beforeEach(() => act(async () => useExplain.setState(twelve)));

const slider = () => document.querySelector('input[aria-label="Layer"]')?.getAttribute('aria-valuetext');
const becomes = (state: ExplainState, then: () => void) =>
  act(async () => {
    useExplain.setState(state);
    // Nothing is drawn by the new layers yet.
    then();
  });

it('a network of two layers takes the place of one of twelve while a hand moves over them', async () => {
  await becomes(two, () => moveTo(10.6));
  expect(useExplain.getState()).toMatchObject({ layer: 1, position: 1 });
  expect(slider()).toBe(`${layerNames[1]}, layer 2 of 2`);
});

it('a network of twelve layers takes the place of one of two, and is moved over before it is drawn', async () => {
  await act(async () => useExplain.setState(two));
  await becomes(twelve, () => moveTo(10.6));
  expect(slider()).toBe(`${layerNames[11]}, layer 12 of 12`);
});

it('a sign that is gone is not followed', async () => {
  const gone = { layer: 11, sign: 0 };
  expect(twelve.signs?.layers[11].signs.length).toBeGreaterThan(0);
  await becomes(two, () => pointAt(gone));
  expect(useExplain.getState().followed).toBeNull();
  await becomes(twelve, () => follow(gone, true));
  expect(useExplain.getState()).toMatchObject({ followed: gone, held: true });
  await becomes(twelve, () => follow({ layer: 3, sign: 10_000 }, true));
  expect(useExplain.getState()).toMatchObject({ followed: null, held: false });
});

it('what was found at a layer that is gone is nothing', () => {
  const chart = entropyChartData({ ...two, layer: 1 });
  const curve = chart && curveOf(chart, (value) => value);
  expect(curve?.(1)).toBe(two.measurement?.layers[1].value);
  expect(curve?.(1.5)).toBeNull();
  expect(curve?.(11)).toBeNull();
  const found = { curves: { layer: 11, result: {} }, randomised: { layers: [{ name: 'conv5_2' }] } } as never;
  expect(curvesData(two, found)).toBeNull();
  expect(randomisedData({ ...two, layer: 11 }, found)?.selected).toBe(0);
  const { signs } = twelve;
  expect(signs && signAtPlace(signs, 12, 0.5, 0.5)).toBeNull();
});
