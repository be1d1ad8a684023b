import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { analysisIn, floats, saveAnalysis } from './support/downloads';
import {
  alert,
  entropies,
  goTo,
  measured,
  openPage,
  ready,
  shown,
  signsFound,
  status,
  weighed,
} from './support/explain-page';
import { drop, file, fileFrom, root, shared, type TestFile } from './support/files';
import { expectOracle, type OracleRun } from './support/oracle';
import { expect, loseDevice, slow, test } from './support/software-gpu';

const fixtures = path.join(root, 'src/network');
const inFolder = (folder: string, ...names: string[]): TestFile[] =>
  names.map((name) => fileFrom(name, path.join(fixtures, folder, name)));

/** The picture of the Keras fixtures, byte for byte: 7919 i mod 251 at place i. */
async function numberedPicture(): Promise<TestFile> {
  const pixels = Buffer.from(Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (7919 * i) % 251));
  const png = sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } }).png();
  return file('numbers.png', await png.toBuffer());
}

const difference = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(actual[i] - value))) / scale;
};

/** Logits by class, and maps by layer, of the network whose files are dropped. */
async function analysed(page: Page, files: TestFile[]) {
  await drop(page, ...files);
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/^file:/);
  return read(page);
}

async function read(page: Page) {
  await ready(page);
  await signsFound(page);
  const analysis = analysisIn(await saveAnalysis(page));
  const logits = [...analysis.predictions].sort((a, b) => a.index - b.index).map(({ logit }) => logit);
  const maps = new Map(analysis.layers.map(({ name, map }) => [name, floats(map.float32)]));
  return { backend: analysis.backend.name, logits, maps };
}

const onWebGpu = /Ready: 12 layers in \d+\.\d\d s on WebGPU \(software, .+\)$/;
const onWebAssembly = /Ready: 12 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/;

const oracle = path.join(shared, 'oracles/photos10/church');
const hasOracle = existsSync(`${oracle}.json`);

test(`WebGPU gives what WebAssembly gives${hasOracle ? ', and PyTorch' : ' (PyTorch’s numbers of ../shared are not here)'}`, async ({
  context,
}) => {
  // In a tab of its own, which has the bundled network: what the backend passes of its self-test, it is trusted with in those below.
  const page = await context.newPage();
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
  await page.close();
});

test('a Keras network on WebGPU computes what Keras does', async ({ page }) => {
  await openPage(page, '#explain?backend=webgpu&image=church');
  await drop(page, await numberedPicture());
  await expect(page.getByRole('figure').locator('figcaption').first()).toContainText('numbers.png');
  const name = 'efficientnet.keras3.keras';
  const { backend, logits, maps } = await analysed(page, inFolder('keras/fixtures', name));
  expect(backend).toBe('webgpu');
  const references = JSON.parse(readFileSync(path.join(fixtures, 'keras/fixtures/references3.json'), 'utf8'));
  const reference = references[name];
  expect(difference(logits, reference.logits)).toBeLessThan(1e-4);
  const expected = Object.entries<{ values: number[] }>(reference.gradCam);
  expect(expected).toHaveLength(3);
  for (const [layer, { values }] of expected) {
    expect(difference(maps.get(layer) ?? [], values), layer).toBeLessThan(1e-3);
  }
});

for (const [what, files] of [
  ['a Keras 2 HDF5 file', inFolder('keras/fixtures', 'resnet.keras2.h5')],
  ['an ONNX file', inFolder('onnx/fixtures', 'mobilenet_v2.onnx')],
  ['a graph model', inFolder('graph-model/fixtures/mixed', 'model.json', 'group1-shard1of1.bin')],
] as const) {
  test(`${what} computes the same on WebGPU as on WebAssembly`, async ({ page }) => {
    await openPage(page, '#explain?backend=wasm&image=church');
    const wasm = await analysed(page, [...files]);
    expect(wasm.backend).toBe('wasm');
    // The address follows within a second.
    await expect(page).toHaveURL(/model=file/);
    const address = new URL(page.url()).hash;
    await goTo(page, address.replace('backend=wasm', 'backend=webgpu'));
    await expect(status(page)).toHaveText(/Ready: .* on WebGPU/, slow);
    const gpu = await read(page);
    expect(gpu.backend).toBe('webgpu');
    expect(difference(gpu.logits, wasm.logits)).toBeLessThan(1e-4);
    const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    // Before them, single gates hang on the last digits of the forward pass, and one that flips moves a map by per cents.
    for (const [layer, map] of [...wasm.maps].slice(-3)) {
      const other = gpu.maps.get(layer) ?? new Float32Array(map.length);
      expect(norm(other.map((value, i) => value - map[i])), layer).toBeLessThanOrEqual(2e-3 * norm(map));
    }
  });
}

/** Weights of the last layer's signs, by id. */
async function weightsOf(page: Page): Promise<number[]> {
  await measured(page);
  await weighed(page);
  const { layers } = analysisIn(await saveAnalysis(page));
  return layers[layers.length - 1].signs.map(({ weight }) => weight ?? Number.NaN);
}

test('signs weigh the same on WebGPU as on WebAssembly', async ({ page }) => {
  await openPage(page, '#explain?backend=wasm&image=parachute');
  await expect(status(page)).toHaveText(/on WebAssembly/);
  const expected = await weightsOf(page);
  expect(expected.length).toBeGreaterThan(1);
  await goTo(page, '#explain?backend=webgpu&image=parachute');
  await expect(status(page)).toHaveText(/Ready: .* on WebGPU/, slow);
  const weights = await weightsOf(page);
  expect(weights).toHaveLength(expected.length);
  for (const [i, weight] of weights.entries()) expect(Math.abs(weight - expected[i])).toBeLessThan(1e-3);
});

test('a device that is lost on the way is replaced by another backend, with the same numbers', async ({
  page,
}) => {
  await openPage(page, '#explain?backend=wasm&image=parachute');
  await expect(status(page)).toHaveText(/on WebAssembly/);
  const wasm = await entropies(page);
  await openPage(page, '#explain?backend=webgpu&image=church');
  await expect(status(page)).toHaveText(/Ready: .* on WebGPU/, slow);
  await loseDevice(page, 'supersign engine', 2);
  await goTo(page, '#explain?backend=webgpu&image=parachute');
  await expect(status(page)).toHaveText(/^WebGPU \(software, .+\) lost its device.*Ready: /, slow);
  await expect(status(page)).toHaveText(/ on WebAssembly \(\d+ threads?\)$/);
  expect(await entropies(page)).toEqual(wasm);
  await expect(alert(page)).toHaveCount(0);
  // Other tests on this page need a device.
  await page.reload();
  await ready(page);
});
