import { expect, type Gpu, test } from './support/gpu-browser';
import { church, expectSameMaps, mapsOn } from './support/maps-by-method';

/** The engine without the product around it: null models, weights of signs and trust would be computed beside every map otherwise. */
async function openEngine({ visitor, addresses }: Gpu): Promise<void> {
  await visitor.go(addresses.bench);
  await visitor.until('the engine is there', `'bench' in window`, Boolean);
}

test('30 analyses on WebGPU leave no tensor and no GPU buffer behind', async ({ gpu }) => {
  await openEngine(gpu);
  const { backend } = await gpu.evaluate(
    (network) => window.bench('open', { backend: 'webgpu', network }),
    `${gpu.addresses.bench}networks/tiny/manifest.json`,
  );
  expect(backend).toMatch(/^WebGPU/);
  const soaked = (analyses: number) => gpu.evaluate((asked) => window.bench('soak', asked), { analyses });
  const early = await soaked(5);
  const late = await soaked(25);
  expect(early.gpuBytes).toBeGreaterThan(0);
  expect(late).toEqual(early);
});

test('every method gives the same maps on WebGPU as on the CPU', async ({ gpu }) => {
  gpu.give({ 'church.f32': await church() });
  await openEngine(gpu);
  expectSameMaps(await mapsOn(gpu.evaluate, 'webgpu', /^WebGPU/), await mapsOn(gpu.evaluate, 'cpu', /^CPU/));
});
