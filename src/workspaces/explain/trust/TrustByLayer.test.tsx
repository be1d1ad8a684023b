// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TrustRequest, TrustResult } from '../../../faithfulness/trust/trust-questions';
import type { CallOptions } from '../../../rpc/worker-client';
import { rootOfEmptyPage } from '../../../ui/root-testing';

type Call = (
  method: string,
  request: TrustRequest,
  options: CallOptions<{ text: string; fraction: number | null }>,
) => Promise<TrustResult>;

const engine = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  return { engine, measures: measuresHere, signFinder: measuresHere };
});

const { useExplain } = await import('../../../state/explain-store');
const { useTrust } = await import('../../../state/trust-store');
const { analysed, layerNames } = await import('../explain-testing');
const { TrustByLayer } = await import('./TrustByLayer');
const { trustRows } = await import('./trust-view');

const weights = layerNames.map(() => ({ signs: [], others: null, together: null }));
/** Values that grow from layer to layer, whatever is measured. */
const grow: Call = async (_, { layers, measures, methods }) => ({
  methods: methods.map((method) => ({
    method,
    layers: (layers ?? []).map((name, i) => ({
      name,
      values: Object.fromEntries(measures.map((id) => [id, i / 100])),
    })),
  })),
});
let root: Root;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  engine.call.mockImplementation(grow);
  useExplain.setState({ ...(await analysed()), weights });
  root = rootOfEmptyPage();
  await act(async () => root.render(<TrustByLayer />));
});
afterEach(async () => {
  await act(async () => root.unmount());
  useTrust.setState({ values: null, running: null, problem: null });
  engine.call.mockReset();
  vi.useRealTimers();
});

const pass = () => act(async () => vi.advanceTimersByTimeAsync(1000));
const text = () => document.querySelector('section')?.textContent ?? '';
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent === name);
const asked = () => engine.call.mock.calls.map(([method, { measures }]) => [method, measures] as const);

it('measures by itself what is quick, and names the layer that holds best', async () => {
  await pass();
  expect(asked()).toHaveLength(1);
  expect(asked()[0][0]).toBe('trust');
  expect(asked()[0][1]).not.toContain('road');
  // Sensitivity and random logit are better low, efficient MPRT high.
  expect(text()).toContain('conv1_1 holds best: 1st of 12 layers by max-sensitivity');
  expect(text()).toContain('Whether its map is faithful is not measured yet.');
  expect(document.querySelector('svg')?.querySelectorAll('.measure').length).toBeGreaterThan(6);
});

it('measures nothing twice, and shows what a longer measuring yields beside the rest', async () => {
  await pass();
  await act(async () => button('Measure faithfulness')?.click());
  expect(asked()[1][1]).toEqual(['sensitivity-n', 'road']);
  await act(async () => button('All measures')?.click());
  expect(asked()[2][1]).not.toContain('road');
  expect(asked()[2][1]).not.toContain('max-sensitivity');
  expect(asked()[2][1]).toContain('region-perturbation');
  expect(button('All measures')).toBeUndefined();
  expect(text()).not.toContain('not measured yet');
  const rows = trustRows(useExplain.getState(), useTrust.getState());
  expect(rows).toHaveLength(12);
  expect(rows[3]).toMatchObject({ layer: 'conv2_2', road: 0.03, infidelity: 0.03 });
});

it('measures by itself what is quick also when something longer was asked for before, and stopped', async () => {
  engine.call.mockImplementation(((_method, _request, { signal }) => {
    engine.call.mockImplementation(grow);
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  }) as Call);
  await act(async () => button('All measures')?.click());
  // Meanwhile nothing comes by itself.
  await pass();
  expect(asked()).toHaveLength(1);
  await act(async () => button('Stop')?.click());
  await pass();
  expect(asked()).toHaveLength(2);
  expect(asked()[1][1]).not.toContain('road');
  expect(text()).toContain('conv1_1 holds best');
});

it('can be stopped, tells what failed, and forgets with the analysis', async () => {
  await pass();
  let signal: AbortSignal | undefined;
  engine.call.mockImplementation(((_method, _request, options) => {
    signal = options.signal;
    options.onProgress?.({ text: 'Measuring trust', fraction: 0.25 });
    return new Promise((_, reject) => {
      options.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  }) as Call);
  await act(async () => button('All measures')?.click());
  expect(document.querySelector('progress')?.getAttribute('value')).toBe('0.25');
  await act(async () => button('Stop')?.click());
  expect(signal?.aborted).toBe(true);
  expect(document.querySelector('progress')).toBeNull();
  engine.call.mockRejectedValue(new Error('The device was lost.'));
  await act(async () => button('All measures')?.click());
  expect(text()).toContain('The device was lost.');
  const { analysis } = await analysed();
  await act(async () => useExplain.setState({ analysis: analysis && { ...analysis }, weights: null }));
  expect(text()).not.toContain('holds best');
  expect(text()).not.toContain('The device was lost.');
});

it('waits to be asked where passes are slow', async () => {
  const { analysis } = await analysed();
  const slow = analysis && { ...analysis, timings: { forward: 900, saliency: 900 } };
  engine.call.mockReset();
  engine.call.mockImplementation(grow);
  await act(async () => useExplain.setState({ analysis: slow }));
  await act(async () => useTrust.setState({ values: null }));
  await pass();
  expect(asked()).toEqual([]);
  expect(text()).toContain('measured when you ask for it');
});
