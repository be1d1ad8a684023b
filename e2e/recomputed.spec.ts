import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { resizeBilinear, spatialEntropy } from '../src/semiotics';
import { analysisIn, floats, saveAnalysis } from './support/downloads';
import { openPage, quick, ready, shown } from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expectOracle } from './support/oracle';
import { expect, test } from './support/shared-page';

test('the entropies of an exported analysis are those of the maps in it', async ({ page }) => {
  await openPage(page);
  const { layers } = analysisIn(await saveAnalysis(page));
  for (const { name, map, entropy } of layers) {
    const raw = floats(map.float32);
    if (raw.every((value) => value === 0)) {
      expect(entropy, `${name} holds no evidence, so it has no entropy`).toMatchObject({ value: null });
      continue;
    }
    const values = resizeBilinear(raw, map.width, map.height, 112, 112);
    const computed = spatialEntropy(values, 112, 112, { measure: 'aura-matrix', levels: 256 });
    expect(Math.abs(computed - (entropy.value ?? Number.NaN)), name).toBeLessThan(1e-9);
  }
});

const oracle = path.join(shared, 'oracles/photos10/golf-ball');

test('the built page gives the logits and maps that PyTorch gives', async ({ page }) => {
  test.skip(!existsSync(`${oracle}.json`), 'The oracle of ../shared/oracles/photos10 is not here.');
  const { runs } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8'));
  await openPage(page, `#explain?backend=wasm&${quick}`);
  await drop(page, fileFrom('golf-ball.png', `${oracle}.png`));
  await shown(page, 'golf-ball.png');
  for (const run of runs) {
    await page.getByRole('combobox', { name: 'Class to explain' }).selectOption(String(run.class));
    await expect(page).toHaveURL(new RegExp(`[?&]class=${run.class}(&|$)`));
    await ready(page);
    expectOracle(analysisIn(await saveAnalysis(page)), run);
  }
});
