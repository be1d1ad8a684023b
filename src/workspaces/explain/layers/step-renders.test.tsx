// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain, useLateLayer } = await import('../../../state/explain-store');
const { analysed, analysis } = await import('../explain-testing');
const { useLayerAxis, useShownPart } = await import('./shown-layers');

/** What a row took to be drawn by, render by render. */
const seen = { axis: [] as unknown[], late: [] as (number | null)[] };

/** A row of the instrument, which asks for the axis alone. */
function Row() {
  seen.axis.push(useLayerAxis(600));
  useShownPart();
  return null;
}

/** A figure that marks the selected layer. */
function Marked() {
  const layer = useExplain((state) => state.layer);
  seen.late.push(useLateLayer({ layer }).layer);
  return null;
}

let root: Root;
beforeAll(async () => {
  useExplain.setState(await analysed());
  root = rootOfEmptyPage();
  await act(async () =>
    root.render(
      <>
        <Row />
        <Marked />
      </>,
    ),
  );
});
afterAll(() => act(async () => root.unmount()));
beforeEach(() => {
  seen.axis.length = 0;
  seen.late.length = 0;
});

const step = (layer: number) => act(async () => useExplain.setState({ layer, position: layer }));

it('a step renders no row that only stands on the axis', async () => {
  for (const layer of [3, 4, 5]) await step(layer);
  expect(seen.axis).toEqual([]);
});

it('a figure that marks the layer is first rendered as it was, and then marked', async () => {
  await step(7);
  seen.late.length = 0;
  await step(8);
  expect(seen.late).toEqual([7, 8]);
});

it('where layers share columns, which of them has one follows the step', async () => {
  const layers = analysis.layers.map((layer, i) => ({
    ...layer,
    column: { pair: i - (i % 2) + 1, block: i - (i % 2) + 1 },
  }));
  await act(async () =>
    useExplain.setState(({ settings }) => ({
      analysis: { ...analysis, layers },
      settings: { ...settings, fold: 'pairs' },
    })),
  );
  seen.axis.length = 0;
  await step(2);
  expect(seen.axis.length).toBeGreaterThan(0);
});
