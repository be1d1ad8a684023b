import type { Page } from '@playwright/test';
import { analysisIn, saveAnalysis } from './support/downloads';
import { measured, openPage, status, weighed } from './support/explain-page';
import { expect, test } from './support/test';

/** Software WebGPU takes ten seconds and more for what hardware does in a few milliseconds. */
const slow = { timeout: 120_000 };

/** Weights of the last layer's signs, by id. */
async function weightsOf(page: Page, backend: string): Promise<number[]> {
  const analysis = analysisIn(await saveAnalysis(page));
  expect(analysis.backend.name).toBe(backend);
  return analysis.layers[analysis.layers.length - 1].signs.map(({ weight }) => weight ?? Number.NaN);
}

test('WebGPU gives the weights of WebAssembly', async ({ page }) => {
  await openPage(page, '#explain?image=parachute&backend=wasm');
  await measured(page);
  await weighed(page);
  const wasm = await weightsOf(page, 'wasm');
  expect(wasm.length).toBeGreaterThan(1);

  await page.evaluate(() => {
    location.hash = '#explain?image=parachute&backend=webgpu';
  });
  await expect(status(page)).toHaveText(/Ready: 12 layers in \d+\.\d\d s on WebGPU/, slow);
  const carries = page.getByRole('region', { name: 'What carries it' });
  await expect(carries).toContainText(/logits\./, slow);
  await measured(page);
  const webgpu = await weightsOf(page, 'webgpu');
  expect(webgpu).toHaveLength(wasm.length);
  for (const [i, weight] of webgpu.entries()) expect(Math.abs(weight - wasm[i])).toBeLessThan(1e-3);
});
