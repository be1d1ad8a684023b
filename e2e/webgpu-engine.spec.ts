import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { enginePage } from '../playwright.config';
import type { BackendName } from '../src/backend/backend-names';
import type { SaliencyMethod } from '../src/saliency/method-names';
import { root } from './support/files';
import { expect, test } from './support/shared-page';
import { serveTinyNetwork } from './support/tiny-network';

const network = `${enginePage}/networks/tiny/manifest.json`;

/** Methods with a map at the input alone. */
const atInput: readonly SaliencyMethod[] = ['integrated-gradients', 'full-grad'];

const methods: SaliencyMethod[] = [
  ...(['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'grad-cam-elementwise', 'xgrad-cam'] as const),
  ...atInput,
  ...(['eigen-cam', 'eigen-grad-cam', 'kpca-cam', 'fem', 'activation'] as const),
  ...(['score-cam', 'ablation-cam', 'shapley-cam'] as const),
];

/** A church as the network reads it, [24, 24, 3] from -1 to 1 in float32. */
async function church(): Promise<Buffer> {
  const bytes = await sharp(path.join(root, 'public/examples/church.jpg'))
    .resize(24, 24)
    .removeAlpha()
    .raw()
    .toBuffer();
  return Buffer.from(Float32Array.from(bytes, (value) => value / 127.5 - 1).buffer);
}

/** Both layers' maps by every method, and the one of the picture itself. */
async function mapsOn(page: Page, backend: BackendName, title: RegExp) {
  const opened = await page.evaluate((request) => window.bench('open', request), {
    backend,
    network,
    input: `${enginePage}/church.f32`,
  });
  expect(opened.backend).toMatch(title);
  const maps = new Map<SaliencyMethod, number[][]>();
  for (const method of methods) {
    const own = await page.evaluate(
      async (asked) => (await window.bench('maps', asked)).map((map) => [...map]),
      { method },
    );
    expect(own, method).toHaveLength(atInput.includes(method) ? 1 : 2);
    maps.set(method, own);
  }
  return maps;
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** The engine without the product around it, with the tiny network at hand; later tests in the same context find WebGPU tested already. */
async function openEngine(page: Page): Promise<void> {
  await serveTinyNetwork(page);
  await page.goto(enginePage);
  await page.waitForFunction(() => 'bench' in window);
}

test('30 analyses on WebGPU leave no tensor and no GPU buffer behind', async ({ page }) => {
  await openEngine(page);
  const { backend } = await page.evaluate((request) => window.bench('open', request), {
    backend: 'webgpu' as const,
    network,
  });
  expect(backend).toMatch(/^WebGPU/);
  const early = await page.evaluate(() => window.bench('soak', { analyses: 5 }));
  const late = await page.evaluate(() => window.bench('soak', { analyses: 25 }));
  expect(early.gpuBytes).toBeGreaterThan(0);
  expect(late).toEqual(early);
});

const reference: { maps?: ReturnType<typeof mapsOn> } = {};

/** What the CPU gives, computed once for both backends. */
function mapsOnCpu(page: Page): ReturnType<typeof mapsOn> {
  reference.maps ??= mapsOn(page, 'cpu', /^CPU/);
  return reference.maps;
}

// On the engine's bare page: null models, weights of signs and trust would be computed beside every map otherwise.
for (const [backend, name] of [
  ['webgpu', 'WebGPU'],
  ['webgl', 'WebGL'],
] as const) {
  test(`every method gives the same maps on ${name} as on the CPU`, async ({ page }) => {
    const body = await church();
    await openEngine(page);
    await page.route('**/church.f32', (route) =>
      route.fulfill({ contentType: 'application/octet-stream', body }),
    );
    const cpu = await mapsOnCpu(page);
    const withEvidence = [...cpu.values()].flat().filter((map) => norm(map) > 0);
    expect(withEvidence.length, 'there is something to compare').toBeGreaterThan(12);
    const gpu = await mapsOn(page, backend, new RegExp(`^${name}`));
    for (const [method, maps] of cpu) {
      for (const [i, expected] of maps.entries()) {
        const actual = gpu.get(method)?.[i] ?? [];
        expect(actual, `${method}, layer ${i}`).toHaveLength(expected.length);
        const difference = norm(actual.map((value, k) => value - expected[k]));
        expect(difference, `${method}, layer ${i}`).toBeLessThanOrEqual(1e-3 * norm(expected));
      }
    }
  });
}
