// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../../state/explain-store');
const { analysed, analysis, layerNames } = await import('../explain-testing');
const { showSpan } = await import('./shown-layers');
const { radio, showInstrument } = await import('./instrument-testing');

let leave: () => Promise<void>;

beforeAll(async () => {
  useExplain.setState(await analysed());
  leave = await showInstrument();
});
afterEach(() =>
  act(async () => {
    showSpan(null);
    useExplain.setState({ layer: 11, position: 11 });
  }),
);
afterAll(() => leave());

const group = () => document.querySelector('[role="group"][aria-label="Layers shown"]');
const handle = (name: string) => document.querySelector<HTMLElement>(`[role="slider"][aria-label="${name}"]`);
const press = (key: string, at: HTMLElement) =>
  act(async () => {
    at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const inView = () => layerNames.filter((name) => radio(name).getAttribute('data-beyond') === null);

it('shows all layers at first, a part by keys, and all again', async () => {
  expect(group()).toBeNull();
  expect(inView()).toEqual(layerNames);
  await press('+', radio('conv5_2'));
  expect(group()?.textContent).toContain('5–12 of 12');
  expect(inView()).toEqual(layerNames.slice(4));
  await press('-', radio('conv5_2'));
  expect(group()).toBeNull();
  await press('+', radio('conv5_2'));
  await press('0', radio('conv5_2'));
  expect(inView()).toEqual(layerNames);
});

it('keeps the selected layer in view, whatever selects it', async () => {
  await press('+', radio('conv5_2'));
  await press('Home', radio('conv5_2'));
  expect(useExplain.getState().layer).toBe(0);
  expect(inView()).toEqual(layerNames.slice(0, 8));
  await act(async () => useExplain.setState({ layer: 9, position: 9 }));
  expect(inView()).toEqual(layerNames.slice(2, 10));
});

it('takes the ends by keys, each with the name of its layer', async () => {
  await press('+', radio('conv5_2'));
  await press('ArrowLeft', handle('First layer shown') as HTMLElement);
  expect(handle('First layer shown')?.getAttribute('aria-valuetext')).toBe('conv2_2');
  await press('ArrowLeft', handle('Last layer shown') as HTMLElement);
  expect(group()?.textContent).toContain('of 12');
  await press('Home', handle('First layer shown') as HTMLElement);
  expect(handle('First layer shown')?.getAttribute('aria-valuenow')).toBe('1');
});

it('follows the wheel with Ctrl, and leaves the page what is not for it', async () => {
  const axis = document.querySelector('.axis') as HTMLElement;
  const turn = async (options: WheelEventInit) => {
    const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, ...options });
    await act(async () => void axis.dispatchEvent(event));
    return event.defaultPrevented;
  };
  expect(await turn({ deltaY: 100 })).toBe(false);
  expect(inView()).toHaveLength(12);
  expect(await turn({ deltaY: -60, ctrlKey: true, clientX: 99 })).toBe(true);
  expect(inView().length).toBeLessThan(12);
  expect(inView()).toContain('conv5_2');
  expect(await turn({ deltaY: 50 })).toBe(false);
});

it('gives another network all of its layers', async () => {
  await press('+', radio('conv5_2'));
  const layers = analysis.layers.map((layer) => ({ ...layer, name: `other_${layer.name}` }));
  await act(async () => useExplain.setState({ analysis: { ...analysis, layers } }));
  expect(group()).toBeNull();
  await act(async () => useExplain.setState({ analysis }));
});
