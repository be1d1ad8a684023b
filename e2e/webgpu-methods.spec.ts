import type { Page } from '@playwright/test';
import { analysisIn, floats, saveAnalysis } from './support/downloads';
import { entropies, goTo, openPage, status } from './support/explain-page';
import { expect, slow, test } from './support/software-gpu';

const methods = [
  ...['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'grad-cam-elementwise', 'xgrad-cam'],
  ...['integrated-gradients', 'full-grad'],
  ...[
    'eigen-cam',
    'eigen-grad-cam',
    'kpca-cam',
    'fem',
    'activation',
    'score-cam',
    'ablation-cam',
    'shapley-cam',
  ],
];

/** Both layers' maps by every method, and the one of the picture itself. */
async function mapsOn(page: Page, backend: string, ready: RegExp) {
  const maps: Record<string, Float32Array[]> = {};
  for (const method of methods) {
    await goTo(page, `#explain?backend=${backend}&method=${method}&image=church`);
    await expect(page.getByRole('combobox', { name: 'Saliency method' })).toHaveValue(method);
    await expect(status(page)).toHaveText(ready, slow);
    await entropies(page);
    const analysis = analysisIn(await saveAnalysis(page));
    expect(analysis.settings.method).toBe(method);
    expect(analysis.backend.name).toBe(backend);
    maps[method] = analysis.layers.map(({ map }) => floats(map.float32));
  }
  return maps;
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test('every method gives the same maps on WebGPU and WebGL as on the CPU', async ({ page }) => {
  await openPage(page, '#explain?backend=cpu&image=church');
  const cpu = await mapsOn(page, 'cpu', /Ready: (2 layers|1 layer) in .* on CPU/);
  const withEvidence = Object.values(cpu)
    .flat()
    .filter((map) => norm(map) > 0);
  expect(withEvidence.length, 'there is something to compare').toBeGreaterThan(12);
  for (const [backend, ready] of [
    ['webgpu', /Ready: (2 layers|1 layer) in .* on WebGPU/],
    ['webgl', /Ready: (2 layers|1 layer) in .* on WebGL/],
  ] as const) {
    const gpu = await mapsOn(page, backend, ready);
    for (const method of methods) {
      for (const [i, map] of gpu[method].entries()) {
        const expected = cpu[method][i];
        const difference = norm(map.map((value, k) => value - expected[k]));
        expect(difference, `${backend}: ${method}, layer ${i}`).toBeLessThanOrEqual(1e-3 * norm(expected));
      }
    }
  }
});
