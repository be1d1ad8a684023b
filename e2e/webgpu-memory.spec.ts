import { expect, test } from '@playwright/test';
import { enginePage } from '../playwright.config';
import { serveTinyNetwork } from './support/tiny-network';

test('100 analyses on WebGPU leave no tensor and no GPU buffer behind', async ({ page }) => {
  await serveTinyNetwork(page);
  await page.goto(enginePage);
  await page.waitForFunction(() => 'benchEngine' in window);
  const { backend, memory } = await page.evaluate(
    (network) => window.benchEngine({ backend: 'webgpu', network, runs: 1, soak: [10, 100] }),
    `${enginePage}/networks/tiny/manifest.json`,
  );
  expect(backend).toMatch(/^WebGPU/);
  const [early, late] = memory;
  expect(early.gpuBytes).toBeGreaterThan(0);
  expect(late).toEqual(early);
});
