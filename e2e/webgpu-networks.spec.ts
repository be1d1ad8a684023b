import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {
  analysisOf,
  openPage,
  quick,
  readAnalysisOf,
  readyText,
  shown,
} from './engines/journeys/explain-steps';
import type { Visitor } from './engines/visitor';
import { type Analysis, floats } from './support/downloads';
import { file, fileFrom, root, shared, type TestFile } from './support/files';
import { expect, type Gpu, test } from './support/gpu-browser';
import { expectOracle, type OracleRun } from './support/oracle';

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

/** Logits by class, and maps by layer, of the analysis on screen. */
async function read(visitor: Visitor) {
  await visitor.text('status', undefined, readyText);
  const analysis = await readAnalysisOf(visitor);
  const logits = [...analysis.predictions].sort((a, b) => a.index - b.index).map(({ logit }) => logit);
  const maps = new Map(analysis.layers.map(({ name, map }) => [name, floats(map.float32)]));
  return { backend: analysis.backend.name, logits, maps };
}

/** The same of the network whose files are dropped. */
async function analysed(visitor: Visitor, files: TestFile[]) {
  await visitor.drop(...files);
  await visitor.until<string>(
    'a network of a file is open',
    `journey.find('combobox', 'Model').value`,
    (id) => id.startsWith('file:'),
  );
  return read(visitor);
}

/** Follows an address on the open page, and waits for what the status line says then. */
async function goTo(visitor: Visitor, fragment: string, said: RegExp): Promise<void> {
  await visitor.ask(`void (location.hash = ${JSON.stringify(fragment)})`);
  await visitor.text('status', undefined, said);
}

/** Goes on the page of the tiny network, which is opened where it is not yet, to the analysis of a picture by it. */
async function goToTiny({ visitor, addresses }: Gpu, picture: string, backend: 'wasm' | 'webgpu') {
  const fragment = `#explain?backend=${backend}&image=${picture.toLowerCase()}&${quick}`;
  const isOpen = await visitor.ask<boolean>(`location.href.startsWith(${JSON.stringify(addresses.tiny)})`);
  if (!isOpen) return openPage(visitor, addresses.tiny + fragment, picture);
  await visitor.ask(`void (location.hash = ${JSON.stringify(fragment)})`);
  await visitor.until<string>(
    'the tiny network is open',
    `journey.find('combobox', 'Model').value`,
    (id) => id === 'photos10',
  );
  await shown(visitor, picture);
}

const onWebGpu = /Ready: \d+ layers in \d+\.\d\d s on WebGPU \(software, .+\)$/;
const onWebAssembly = /Ready: \d+ layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/;

const oracle = path.join(shared, 'oracles/photos10/church');
const hasOracle = existsSync(`${oracle}.json`);

const entropiesIn = ({ layers }: Analysis) => layers.map(({ name, entropy: { value } }) => ({ name, value }));

test(`WebGPU gives what WebAssembly gives${hasOracle ? ', and PyTorch' : ' (PyTorch’s numbers of ../shared are not here)'}`, async ({
  gpu: { visitor, addresses },
}) => {
  await openPage(visitor, `${addresses.whole}#explain?image=parachute&backend=wasm&${quick}`, 'Parachute');
  if (hasOracle) {
    await visitor.drop(fileFrom('church.png', `${oracle}.png`));
    await shown(visitor, 'church.png');
  }
  await visitor.text('status', undefined, onWebAssembly);
  const before = await readAnalysisOf(visitor);
  expect(before.layers).toHaveLength(12);

  await goTo(visitor, `#explain?image=${hasOracle ? '' : 'parachute'}&backend=webgpu&${quick}`, onWebGpu);
  const analysis = await readAnalysisOf(visitor);
  expect(analysis.backend.name).toBe('webgpu');
  await test.step('WebGPU gives the entropies of WebAssembly', () => {
    const entropies = entropiesIn(analysis);
    expect(entropies).toHaveLength(12);
    for (const [i, { name, value }] of entropiesIn(before).entries()) {
      const other = entropies[i];
      expect(other.name).toBe(name);
      expect(other.value === null, name).toBe(value === null);
      if (value !== null) expect(Math.abs((other.value as number) - value), name).toBeLessThan(1e-3);
    }
  });
  if (!hasOracle) return;
  await test.step('WebGPU gives the logits and maps that PyTorch gives', () => {
    expect(analysis.image.name).toBe('church.png');
    const { runs }: { runs: OracleRun[] } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8'));
    expectOracle(analysis, runs[0]);
  });
});

test('a Keras network on WebGPU computes what Keras does', async ({ gpu: browser }) => {
  const { visitor } = browser;
  await goToTiny(browser, 'Church', 'webgpu');
  await visitor.text('status', undefined, onWebGpu);
  await visitor.drop(await numberedPicture());
  await shown(visitor, 'numbers.png');
  const name = 'efficientnet.keras3.keras';
  const { backend, logits, maps } = await analysed(visitor, inFolder('keras/fixtures', name));
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
  test(`${what} computes the same on WebGPU as on WebAssembly`, async ({ gpu: browser }) => {
    const { visitor } = browser;
    await goToTiny(browser, 'Church', 'wasm');
    const wasm = await analysed(visitor, [...files]);
    expect(wasm.backend).toBe('wasm');
    // The address follows within a second.
    const hash = await visitor.until<string>('the network is in the address', 'location.hash', (now) =>
      now.includes('model=file'),
    );
    await goTo(visitor, hash.replace('backend=wasm', 'backend=webgpu'), onWebGpu);
    const gpu = await read(visitor);
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
async function weightsOf(visitor: Visitor): Promise<number[]> {
  const { layers } = await analysisOf(visitor);
  return layers[layers.length - 1].signs.map(({ weight }) => weight ?? Number.NaN);
}

test('signs weigh the same on WebGPU as on WebAssembly', async ({ gpu: browser }) => {
  const { visitor } = browser;
  await goToTiny(browser, 'Parachute', 'wasm');
  await visitor.text('status', undefined, onWebAssembly);
  const expected = await weightsOf(visitor);
  expect(expected.length).toBeGreaterThan(1);
  await goTo(visitor, `#explain?backend=webgpu&image=parachute&${quick}`, onWebGpu);
  const weights = await weightsOf(visitor);
  expect(weights).toHaveLength(expected.length);
  for (const [i, weight] of weights.entries()) expect(Math.abs(weight - expected[i])).toBeLessThan(1e-3);
});

test('a device that is lost on the way is replaced by another backend, with the same numbers', async ({
  gpu: browser,
}) => {
  const { visitor } = browser;
  await goToTiny(browser, 'Parachute', 'wasm');
  await visitor.text('status', undefined, onWebAssembly);
  const wasm = await readAnalysisOf(visitor);
  await goToTiny(browser, 'Church', 'webgpu');
  await visitor.text('status', undefined, onWebGpu);
  await browser.loseDevice('supersign engine', 2);
  await goTo(
    visitor,
    `#explain?backend=webgpu&image=parachute&${quick}`,
    /^WebGPU \(software, .+\) lost its device.*Ready: .* on WebAssembly \(\d+ threads?\)$/,
  );
  await shown(visitor, 'Parachute');
  expect(entropiesIn(await readAnalysisOf(visitor))).toEqual(entropiesIn(wasm));
  expect(await visitor.alertText()).toBe('');
});
