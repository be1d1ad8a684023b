// @vitest-environment page
import '../../../ui/page-testing';

import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../../rpc/worker-client';

interface Asked {
  name: string;
  report(progress: unknown): void;
  resolve(result: unknown): void;
}

const asked = vi.hoisted(() => [] as Asked[]);

vi.mock('../../../engine/engine-client', () => {
  const call = (name: string, _: unknown, { onProgress }: CallOptions<never>) =>
    new Promise((resolve) =>
      asked.push({ name, resolve, report: (progress) => onProgress?.(progress as never) }),
    );
  return { engine: { call }, measures: { call }, signFinder: { call } };
});

const { useExplain } = await import('../../../state/explain-store');
const { findSigns, measureMaps } = await import('./measure-layers');
const { analysis, picture } = await import('../explain-testing');

let changes = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  useExplain.setState({ analysis, picture, manifest: analysis.network });
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

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
