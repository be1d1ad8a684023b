import { expect, test } from '@playwright/test';
import { enginePage } from '../playwright.config';
import { serveTinyNetwork } from './support/tiny-network';

test('100 analyses on WebGPU leave no tensor and no GPU buffer behind', async ({ page }) => {
  await serveTinyNetwork(page);
  await page.goto(enginePage);
  await page.waitForFunction(() => 'bench' in window);
  const { backend } = await page.evaluate(
    (network) => window.bench('open', { backend: 'webgpu', network }),
    `${enginePage}/networks/tiny/manifest.json`,
  );
  expect(backend).toMatch(/^WebGPU/);
  const early = await page.evaluate(() => window.bench('soak', { analyses: 10 }));
  const late = await page.evaluate(() => window.bench('soak', { analyses: 90 }));
  expect(early.gpuBytes).toBeGreaterThan(0);
  expect(late).toEqual(early);
});
