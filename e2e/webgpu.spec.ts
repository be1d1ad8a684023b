import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analysisIn, saveAnalysis } from './support/downloads';
import { entropies, goTo, openPage, shown, status } from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expectOracle, type OracleRun } from './support/oracle';
import { slow } from './support/software-gpu';
import { expect, test } from './support/test';

const onWebGpu = /Ready: 12 layers in \d+\.\d\d s on WebGPU \(software, .+\)$/;
const onWebAssembly = /Ready: 12 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/;

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
});
