import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { fileFrom, shared } from '../../support/files';
import type { Journeys } from '../setting';
import { analysisOf, openPage, quick, readAnalysisOf, readyText, shown } from './explain-steps';
import { expectPyTorch, type OracleRun } from './oracle-numbers';

const oracle = path.join(shared, 'oracles/photos10/golf-ball');
const photograph = existsSync(`${oracle}.png`)
  ? `${oracle}.png`
  : path.resolve(import.meta.dirname, '../../../public/examples/golf-ball.jpg');

export const explaining: Journeys = {
  async 'a dropped photograph is read, with the numbers of PyTorch'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?backend=wasm`);
    await visitor.drop(fileFrom(path.basename(photograph), photograph));
    await shown(visitor, path.basename(photograph));
    await visitor.sees('button', /^golf ball [<\d]/);
    if (!existsSync(`${oracle}.json`)) return;
    const { runs } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8')) as { runs: OracleRun[] };
    for (const run of runs) {
      await visitor.choose('Class to explain', String(run.class));
      await visitor.until('the class is in the address', 'location.hash', (hash: string) =>
        hash.includes(`class=${run.class}`),
      );
      await visitor.text('status', undefined, readyText);
      expectPyTorch(await readAnalysisOf(visitor), run);
    }
  },

  async 'layers are stepped through and played'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?${quick}`);
    const layer = (fits: RegExp) =>
      visitor.until<string>(
        `the layer is ${fits}`,
        `journey.find('slider', 'Layer').getAttribute('aria-valuetext')`,
        (text) => fits.test(text),
      );
    await visitor.focus('slider', 'Layer');
    await visitor.press('Home');
    await layer(/^conv1_1, /);
    await visitor.press('ArrowRight');
    await layer(/^conv1_2, /);
    await visitor.press('ArrowLeft');
    await layer(/^conv1_1, /);
    await visitor.sees('img', /^Saliency of conv1_1/);
    await visitor.press('End');
    for (let i = 0; i < 3; i++) await visitor.press('ArrowLeft');
    await layer(/^conv4_2, /);
    await visitor.click('button', 'Play');
    await layer(/^conv5_2, /);
    await visitor.sees('button', 'Play');
  },

  async 'another method and another measure give other numbers'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?image=church&${quick}`, 'Church');
    const first = await readAnalysisOf(visitor);
    await visitor.choose('Saliency method', 'layer-cam');
    await visitor.until('the method is in the address', 'location.hash', (hash: string) =>
      hash.includes('method=layer-cam'),
    );
    await visitor.text('status', undefined, readyText);
    await visitor.choose('Entropy measure', 'shannon');
    const second = await analysisOf(visitor);
    expect(second.settings).toMatchObject({ method: 'layer-cam', entropy: { measure: 'shannon' } });
    expect(second.predictions).toEqual(first.predictions);
    for (const [i, { name, map, entropy }] of second.layers.entries()) {
      expect(map.float32, name).not.toBe(first.layers[i].map.float32);
      expect(entropy.value, name).not.toBe(first.layers[i].entropy.value);
    }
  },
};
