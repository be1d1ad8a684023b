// @vitest-environment page
import '../../../ui/page-testing';

import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../../rpc/worker-client';

interface Asked {
  name: string;
  report(progress: unknown): void;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const asked = vi.hoisted(() => [] as Asked[]);

vi.mock('../../../engine/engine-client', () => {
  const call = (name: string, _: unknown, { onProgress }: CallOptions<never>) =>
    new Promise((resolve, reject) =>
      asked.push({ name, resolve, reject, report: (progress) => onProgress?.(progress as never) }),
    );
  return { engine: { call }, measures: { call }, signFinder: { call } };
});

const { asMeasured, useExplain } = await import('../../../state/explain-store');
const { initialSettings } = await import('../../../state/settings');
const { findSigns, measureMaps } = await import('./measure-layers');
const { analysis, picture } = await import('../explain-testing');

let changes = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  useExplain.setState({
    analysis,
    picture,
    manifest: analysis.network,
    settings: initialSettings,
    measuredBy: {},
  });
  changes = 0;
  stop = useExplain.subscribe(() => changes++);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const oneAsked = (name: string) => asked.find((each) => each.name === name) as Asked;

it('reports of null models, however many, draw the page at most every 150 ms', async () => {
  measureMaps();
  const { report, resolve } = oneAsked('measure');
  // Two seconds of reports, one every 2 ms.
  for (let i = 0; i < 1000; i++) {
    report({ layers: [], milliseconds: i });
    await vi.advanceTimersByTimeAsync(2);
  }
  expect(changes).toBeGreaterThan(5);
  expect(changes).toBeLessThanOrEqual(1 + Math.ceil(2000 / 150));
  const before = changes;
  resolve({ layers: [], milliseconds: -1 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(changes).toBe(before + 1);
  expect(useExplain.getState().measurement?.milliseconds).toBe(-1);
});

it('so do those of what chance gives of signs', async () => {
  void findSigns();
  oneAsked('signs').resolve(null);
  await vi.advanceTimersByTimeAsync(0);
  const { report, resolve } = oneAsked('nullSigns');
  changes = 0;
  for (let i = 0; i < 1000; i++) {
    report([]);
    await vi.advanceTimersByTimeAsync(2);
  }
  expect(changes).toBeGreaterThan(5);
  expect(changes).toBeLessThanOrEqual(1 + Math.ceil(2000 / 150));
  resolve([null]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(useExplain.getState().nullSigns).toEqual([null]);
});

const latest = (name: string) => asked.findLast((each) => each.name === name) as Asked;
const change = (settings: Partial<typeof initialSettings>) =>
  useExplain.setState((before) => ({ settings: { ...before.settings, ...settings } }));

it('until new values are there, what leaves the page calls the old ones by the measure and the thresholds they came by', async () => {
  measureMaps();
  void findSigns();
  latest('measure').resolve({ layers: [], milliseconds: 1 });
  latest('signs').resolve({ layers: [] });
  await vi.advanceTimersByTimeAsync(1);
  change({ measure: 'shannon', tau: 0.5 });
  measureMaps();
  void findSigns();
  const { measure, tau } = initialSettings;
  expect(asMeasured()).toMatchObject({ settings: { measure, tau }, measurement: { milliseconds: 1 } });
  latest('measure').resolve({ layers: [], milliseconds: 2 });
  await vi.advanceTimersByTimeAsync(1);
  expect(asMeasured()).toMatchObject({
    settings: { measure: 'shannon', tau },
    measurement: { milliseconds: 2 },
  });
  latest('signs').resolve({ layers: [] });
  await vi.advanceTimersByTimeAsync(1);
  expect(asMeasured().settings).toEqual(useExplain.getState().settings);
});

it('values of another measure do not stand where those of this one could not be measured', async () => {
  measureMaps();
  latest('measure').resolve({ layers: [], milliseconds: 1 });
  await vi.advanceTimersByTimeAsync(1);
  measureMaps();
  latest('measure').reject(new Error('once'));
  await vi.advanceTimersByTimeAsync(1);
  expect(useExplain.getState().measurement).toMatchObject({ milliseconds: 1 });
  change({ levels: 16 });
  measureMaps();
  latest('measure').reject(new Error('again'));
  await vi.advanceTimersByTimeAsync(1);
  expect(useExplain.getState()).toMatchObject({ measurement: null, failed: ['maps'] });
});

it('signs by other thresholds do not take the weights of those before, which came while they were looked for', async () => {
  const weights = analysis.layers.map(() => ({ signs: [], together: null, others: null }));
  // From a file.
  useExplain.setState({ signs: null, weights });
  void findSigns();
  latest('signs').resolve({ layers: [] });
  await vi.advanceTimersByTimeAsync(1);
  expect(useExplain.getState().weights).toBe(weights);
  change({ tau: 0.5 });
  useExplain.setState({ weights: null });
  void findSigns();
  useExplain.setState({ weights });
  latest('signs').resolve({ layers: [] });
  await vi.advanceTimersByTimeAsync(1);
  expect(useExplain.getState().weights).toBe(null);
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
