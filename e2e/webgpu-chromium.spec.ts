import { entropies, goTo, openPage, status } from './support/explain-page';
import { expect, test } from './support/test';
import { serveTinyNetwork } from './support/tiny-network';

/** Software WebGPU takes seconds and more for what hardware does in a few milliseconds. */
const slow = { timeout: 120_000 };

test('Chromium computes on WebGPU where the address asks for it, and by itself leaves a GPU of software alone', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await openPage(page, '#explain?image=parachute&backend=auto');
  await expect(status(page)).toHaveText(
    /^WebGPU is software only here\. Ready: 2 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/,
  );
  const before = await entropies(page);
  await goTo(page, '#explain?image=parachute&backend=webgpu');
  await expect(status(page)).toHaveText(/Ready: 2 layers in \d+\.\d\d s on WebGPU \(software, .+\)$/, slow);
  for (const [i, { name, value }] of (await entropies(page)).entries()) {
    expect(Number.isNaN(value), name).toBe(Number.isNaN(before[i].value));
    if (!Number.isNaN(value)) expect(Math.abs(value - before[i].value), name).toBeLessThan(1e-3);
  }
});
