import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analysisIn, saveAnalysis } from './support/downloads';
import { entropies, openPage, shown, status } from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expectOracle, type OracleRun } from './support/oracle';
import { expect, test } from './support/test';
import { workerNamed, workerScripts } from './support/workers';

/** Software WebGPU takes ten seconds and more for what hardware does in a few milliseconds. */
const slow = { timeout: 120_000 };
const onWebGpu = /Ready: 12 layers in \d+\.\d\d s on WebGPU \(software, .+\)$/;
const onWebAssembly = /Ready: 12 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/;

test('backend=auto does not choose software WebGPU, and says why', async ({ page }) => {
  await openPage(page, '#explain?backend=auto');
  await expect(status(page)).toHaveText(/^WebGPU is software only here\. Ready: /);
  await expect(status(page)).toHaveText(onWebAssembly);
});

test('WebGPU gives the entropies of WebAssembly', async ({ page }) => {
  await openPage(page, '#explain?backend=wasm');
  await expect(status(page)).toHaveText(onWebAssembly);
  const wasm = await entropies(page);
  await page.evaluate(() => {
    location.hash = '#explain?backend=webgpu';
  });
  await expect(status(page)).toHaveText(onWebGpu, slow);
  for (const [i, { name, value }] of (await entropies(page)).entries()) {
    expect(Number.isNaN(value), name).toBe(Number.isNaN(wasm[i].value));
    if (!Number.isNaN(value)) expect(Math.abs(value - wasm[i].value), name).toBeLessThan(1e-3);
  }
});

const oracle = path.join(shared, 'oracles/photos10/golf-ball');

test('WebGPU gives the logits and maps that PyTorch gives', async ({ page }) => {
  test.skip(!existsSync(`${oracle}.json`), 'The oracle of ../shared/oracles/photos10 is not here.');
  const { runs }: { runs: OracleRun[] } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8'));
  await openPage(page);
  await drop(page, fileFrom('golf-ball.png', `${oracle}.png`));
  await shown(page, 'golf-ball.png');
  await page.evaluate(() => {
    location.hash = '#explain?backend=webgpu';
  });
  await expect(status(page)).toHaveText(onWebGpu, slow);
  const analysis = analysisIn(await saveAnalysis(page));
  expect(analysis.backend.name).toBe('webgpu');
  expect(analysis.image.name).toBe('golf-ball.png');
  expectOracle(analysis, runs[0]);
});

test('a device that is lost on the way is replaced by another backend, with the same numbers', async ({
  page,
}) => {
  await page.route(workerScripts, async (route) => {
    const response = await route.fetch();
    const keepDevice = `
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...args) {
        return (self.keptDevice = await requestDevice.apply(this, args));
      };`;
    await route.fulfill({ response, body: `${keepDevice}${await response.text()}` });
  });
  await openPage(page, '#explain?backend=wasm');
  const wasm = await entropies(page);
  await page.evaluate(() => {
    location.hash = '#explain?backend=webgpu';
  });
  await expect(status(page)).toHaveText(/Explaining on WebGPU \(software, .+\)/, slow);
  const engine = await workerNamed(page, 'supersign engine');
  await engine.evaluate(() => (self as unknown as { keptDevice: GPUDevice }).keptDevice.destroy());
  await expect(status(page)).toHaveText(/^WebGPU \(software, .+\) lost its device.*Ready: /, slow);
  await expect(status(page)).toHaveText(onWebAssembly);
  expect(await entropies(page)).toEqual(wasm);
});
