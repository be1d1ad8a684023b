import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { analysisIn, saveAnalysis } from './support/downloads';
import { entropies, goTo, measured, openPage, shown, status, weighed } from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expectOracle, type OracleRun } from './support/oracle';
import { expect, test } from './support/test';
import { workerNamed, workerScripts } from './support/workers';

/** Software WebGPU takes ten seconds and more for what hardware does in a few milliseconds. */
const slow = { timeout: 120_000 };
const onWebGpu = /Ready: 12 layers in \d+\.\d\d s on WebGPU \(software, .+\)$/;
const onWebAssembly = /Ready: 12 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/;

/** Weights of the last layer's signs, by id. */
async function weightsOf(page: Page): Promise<number[]> {
  await measured(page);
  await weighed(page);
  const { layers } = analysisIn(await saveAnalysis(page));
  return layers[layers.length - 1].signs.map(({ weight }) => weight ?? Number.NaN);
}

const oracle = path.join(shared, 'oracles/photos10/church');
const hasOracle = existsSync(`${oracle}.json`);

test(`WebGPU gives what WebAssembly gives${hasOracle ? ', and PyTorch' : ' (PyTorch’s numbers of ../shared are not here)'}`, async ({
  page,
}) => {
  await test.step('backend=auto does not choose software WebGPU, and says why', async () => {
    await openPage(page, '#explain?image=parachute&backend=auto');
    await expect(status(page)).toHaveText(/^WebGPU is software only here\. Ready: /);
    await expect(status(page)).toHaveText(onWebAssembly);
  });
  if (hasOracle) {
    await drop(page, fileFrom('church.png', `${oracle}.png`));
    await shown(page, 'church.png');
  }
  const entropiesBefore = await entropies(page);
  const weightsBefore = await weightsOf(page);
  expect(weightsBefore.length).toBeGreaterThan(1);

  const image = hasOracle ? '' : 'parachute';
  await goTo(page, `#explain?image=${image}&backend=webgpu`);
  await expect(status(page)).toHaveText(onWebGpu, slow);
  await test.step('WebGPU gives the entropies of WebAssembly', async () => {
    for (const [i, { name, value }] of (await entropies(page)).entries()) {
      expect(Number.isNaN(value), name).toBe(Number.isNaN(entropiesBefore[i].value));
      if (!Number.isNaN(value)) expect(Math.abs(value - entropiesBefore[i].value), name).toBeLessThan(1e-3);
    }
  });
  await test.step('WebGPU gives the logits and maps that PyTorch gives', async () => {
    const analysis = analysisIn(await saveAnalysis(page));
    expect(analysis.backend.name).toBe('webgpu');
    if (!hasOracle) return;
    expect(analysis.image.name).toBe('church.png');
    const { runs }: { runs: OracleRun[] } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8'));
    expectOracle(analysis, runs[0]);
  });
  await test.step('WebGPU gives the weights of WebAssembly', async () => {
    await expect(page.getByRole('region', { name: 'What carries it' })).toContainText(/logits\./, slow);
    const weights = await weightsOf(page);
    expect(weights).toHaveLength(weightsBefore.length);
    for (const [i, weight] of weights.entries())
      expect(Math.abs(weight - weightsBefore[i])).toBeLessThan(1e-3);
  });
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
