import { expect, forgetSelfTests, test } from './support/cleared-page';
import { openPage, status } from './support/explain-page';
import { serveTinyNetwork } from './support/tiny-network';
import { threadScripts, workerScripts } from './support/workers';

/** The engine's script behind a line that changes what the machine reports of itself. */
const pretend = (cores: number) =>
  `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores}, configurable: true });\n`;

test.beforeEach(async ({ page }) => {
  await forgetSelfTests(page);
  await serveTinyNetwork(page, 'photos10');
});

// Of fewer cores: src/backend/threads.test.ts.
test('32 cores give WebAssembly 16 threads', async ({ page }) => {
  await page.route(workerScripts, async (route) => {
    const script = await (await route.fetch()).text();
    await route.fulfill({
      contentType: 'text/javascript',
      headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: pretend(32) + script,
    });
  });
  await openPage(page);
  await expect(status(page)).toContainText('on WebAssembly (16 threads)');
  const helpers = page.workers().filter((worker) => threadScripts.test(worker.url()));
  expect(helpers.length, 'threads for convolutions beside the engine').toBe(15);
});

test('the status line says why a backend was taken', async ({ page }) => {
  await openPage(page, '#explain?backend=wasm');
  await expect(status(page)).toHaveText(/^As the address asks\. Ready: .* on WebAssembly/);
  await openPage(page);
  await page.reload();
  await expect(status(page)).toHaveText(/^WebGPU finds no adapter here\. Ready: .* on WebAssembly/);
});
