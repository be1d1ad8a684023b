// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { LayerMeasurement } from '../../../engine/measure/measure-methods';
import { rootOfEmptyPage } from '../../../ui/root-testing';

/** What the measuring worker was asked; a test lets it report, and fail. */
const asked = vi.hoisted(
  () =>
    [] as { onProgress(part: unknown): void; resolve(whole: unknown): void; reject(error: Error): void }[],
);
vi.mock('../../../engine/engine-client', () => {
  const call = (_: string, __: unknown, { onProgress }: { onProgress(part: unknown): void }) =>
    new Promise((resolve, reject) => asked.push({ onProgress, resolve, reject }));
  return { engine: { call }, measures: { call }, signFinder: { call } };
});

const { useExplain } = await import('../../../state/explain-store');
const { analysis } = await import('../explain-testing');
const { measureMaps } = await import('./measure-layers');
const { Notes } = await import('./Notes');

const layers = analysis.layers.slice(0, 3);
const withNulls = (nulls: number) => ({
  layers: layers.map((_, i) => ({ null: i < nulls ? { mean: 1, sd: 0 } : null }) as LayerMeasurement),
  milliseconds: 1,
});

let root: Root;
const text = () => document.querySelector('p')?.textContent;

beforeAll(async () => {
  root = rootOfEmptyPage();
  useExplain.setState({ analysis: { ...analysis, layers }, manifest: analysis.network });
  await act(async () => root.render(<Notes />));
});
afterAll(() => act(async () => root.unmount()));

it('says how far the null model is, that it failed and what is known, and forgets that when it is measured anew', async () => {
  await act(async () => measureMaps());
  await act(async () => asked[0].onProgress(withNulls(1)));
  await vi.waitFor(() => expect(text()).toContain('Null model: 1 of 3 layers …'));
  await act(async () => asked[0].reject(new Error('the worker ended.')));
  expect(text()).toContain('The null model could not be measured in full: it is known of 1 of 3 layers.');
  expect(text()).not.toContain('…');
  await act(async () => measureMaps());
  expect(text()).toContain('Null model: 1 of 3 layers …');
  await act(async () => asked[1].resolve(withNulls(3)));
  expect(text()).toContain('The null is the same map with its pixels shuffled');
  expect(text()).not.toContain('Null model:');
});
