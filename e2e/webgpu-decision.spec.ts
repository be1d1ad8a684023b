import type { Page } from '@playwright/test';
import { analysisIn, saveAnalysis } from './support/downloads';
import { measured, openPage, shown, weighed } from './support/explain-page';
import { expect, test } from './support/test';

/** Weights of the last layer's signs, by id. */
async function weightsOn(page: Page, backend: string): Promise<number[]> {
  await openPage(page, `#explain?image=parachute&backend=${backend}`);
  await shown(page, 'Parachute');
  await measured(page);
  await weighed(page);
  const analysis = analysisIn(await saveAnalysis(page));
  expect(analysis.backend.name).toBe(backend);
  return analysis.layers[analysis.layers.length - 1].signs.map(({ weight }) => weight ?? Number.NaN);
}

test('WebGPU gives the weights of WebAssembly', async ({ page, context }) => {
  const wasm = await weightsOn(page, 'wasm');
  expect(wasm.length).toBeGreaterThan(1);
  const fresh = await context.newPage();
  fresh.setDefaultTimeout(120_000);
  const webgpu = await weightsOn(fresh, 'webgpu');
  expect(webgpu).toHaveLength(wasm.length);
  for (const [i, weight] of webgpu.entries()) expect(Math.abs(weight - wasm[i])).toBeLessThan(1e-3);
});
