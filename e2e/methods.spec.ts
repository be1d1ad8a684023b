import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { analysisIn, saveAnalysis, saveFigure } from './support/downloads';
import {
  caption,
  entropies,
  layerSlider,
  measured,
  openPage,
  pixels,
  quick,
  readyText,
  saliencyCanvas,
  seenInStatus,
  shown,
  signsFound,
  status,
} from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expect, test } from './support/shared-page';

const methods = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'hires-cam': 'HiResCAM',
  'layer-cam': 'LayerCAM',
  'grad-cam-elementwise': 'Grad-CAM element-wise',
  'xgrad-cam': 'XGrad-CAM',
  'eigen-cam': 'Eigen-CAM',
  'eigen-grad-cam': 'EigenGrad-CAM',
  'kpca-cam': 'KPCA-CAM',
  fem: 'FEM',
  activation: 'Activation',
  'score-cam': 'Score-CAM',
  'ablation-cam': 'Ablation-CAM',
  'shapley-cam': 'Shapley-CAM',
};
const atInput = {
  'input-x-gradient': 'Input × gradient',
  'integrated-gradients': 'Integrated gradients',
  'full-grad': 'FullGrad',
  'smooth-grad': 'SmoothGrad',
  rise: 'RISE',
};
const onePass = Object.keys(methods).filter(
  (id) => !['score-cam', 'ablation-cam', 'shapley-cam'].includes(id),
);

const methodBox = (page: Page) => page.getByRole('combobox', { name: 'Saliency method' });
const compareButton = (page: Page) => page.getByRole('button', { name: 'Compare methods' });
const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Compare methods' });

/** The analysis on screen once it is there and measured; it must have been made by this method. */
async function analysisBy(page: Page, method: string) {
  await expect(status(page)).toHaveText(readyText);
  await entropies(page);
  const analysis = analysisIn(await saveAnalysis(page));
  expect(analysis.settings.method).toBe(method);
  return analysis;
}

test('every method is listed; the slow ones say how long they take', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const options = await methodBox(page)
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => [(one as HTMLOptionElement).value, one.textContent ?? '']));
  expect(options.map(([id]) => id)).toEqual([...Object.keys(methods), ...Object.keys(atInput)]);
  for (const [id, text] of options) {
    const name = { ...methods, ...atInput }[id as keyof typeof methods];
    if (onePass.includes(id) || id === 'input-x-gradient') expect(text).toBe(name);
    else expect(text).toMatch(new RegExp(`^${name}, (about|up to) \\d+ (s|min)$`));
  }
});

test('a method changes map, numbers and address, and the address brings it back', async ({ page }) => {
  await openPage(page, `#explain?image=church&layer=conv4_1&${quick}`);
  const before = { map: await pixels(saliencyCanvas(page)), values: await entropies(page) };
  await methodBox(page).selectOption('layer-cam');
  await expect(page).toHaveURL(/[?&]method=layer-cam(&|$)/);
  await analysisBy(page, 'layer-cam');
  expect(await pixels(saliencyCanvas(page))).not.toBe(before.map);
  const values = await entropies(page);
  expect(values).not.toEqual(before.values);

  const address = new URL(page.url()).hash;
  await methodBox(page).selectOption('grad-cam');
  await analysisBy(page, 'grad-cam');
  expect(await entropies(page)).toEqual(before.values);
  // In a new tab: address.spec.ts.
  await openPage(page, address);
  await expect(methodBox(page)).toHaveValue('layer-cam');
  await analysisBy(page, 'layer-cam');
  expect(await entropies(page)).toEqual(values);
});

test('a method that does not depend on the class gives every class the same maps', async ({ page }) => {
  await openPage(page, `#explain?image=church&method=eigen-cam&class=0&${quick}`);
  const first = await analysisBy(page, 'eigen-cam');
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('5');
  await expect(page).toHaveURL(/[?&]class=5(&|$)/);
  const second = await analysisBy(page, 'eigen-cam');
  expect(second.target.index).toBe(5);
  expect(second.layers.map(({ map }) => map)).toEqual(first.layers.map(({ map }) => map));
});

const oracle = path.join(shared, 'oracles/photos10/church');

test('the built page gives the maps that PyTorch gives, by every method of one pass', async ({ page }) => {
  test.skip(!existsSync(`${oracle}.json`), 'The oracle of ../shared/oracles/photos10 is not here.');
  const { runs } = JSON.parse(readFileSync(`${oracle}.json`, 'utf8'));
  const [run] = runs;
  await openPage(page, `#explain?backend=wasm&class=${run.class}&${quick}`);
  await drop(page, fileFrom('church.png', `${oracle}.png`));
  await shown(page, 'church.png');
  // All methods at once; what is explained by one of them is the same (the test below, explain-layers.test.ts).
  await compareButton(page).click();
  const asked = onePass.filter((id) => id in run.layers[0].sums);
  expect(asked.length).toBeGreaterThan(6);
  const names = onePass.map((id) => methods[id as keyof typeof methods].replaceAll('+', '\\+'));
  for (const name of names)
    await expect(panel(page).getByRole('button', { name: new RegExp(`^conv1_1: ${name}, `) })).toBeVisible();
  const csv = await saveFigure(page, 'Saliency methods by layer', 'CSV');
  const [head, ...rows] = csv.buffer
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  const told = rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i]])));
  for (const method of asked) {
    const own = told.filter((row) => row.method === method);
    expect(own.map(({ name }) => name)).toEqual(run.layers.map(({ name }: { name: string }) => name));
    for (const [i, { name, sum }] of own.entries()) {
      const expected = run.layers[i].sums[method];
      expect(Math.abs(Number(sum) - expected), `${method} of ${name}`).toBeLessThanOrEqual(1e-3 * expected);
    }
  }
  await page.keyboard.press('Escape');
});

test('Score-CAM says how far it is; cancelled half-way it leaves the last analysis, and a new one works', async ({
  page,
}) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  // What is drawn on the picture as it is found is there before it is taken down.
  await measured(page);
  await signsFound(page);
  const before = {
    caption: await caption(page).textContent(),
    map: await pixels(saliencyCanvas(page)),
    values: await entropies(page),
  };
  await methodBox(page).selectOption('score-cam');
  await seenInStatus(page, /^Score-CAM of conv\d_\d, layer \d+ of 12, about \d+ s left, \d+ % …$/);
  await expect(page.getByRole('progressbar', { name: 'Progress', exact: true })).toBeVisible();
  // Well into the work, where batches are running.
  await seenInStatus(page, /layer ([4-9]|1\d) of 12/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(status(page)).toHaveText(/^Cancelled\. .*Ready: 12 layers in .* s on /);
  await expect(methodBox(page)).toHaveValue('grad-cam');
  await expect(page).toHaveURL(/[?&]method=grad-cam(&|$)/);
  expect(await caption(page).textContent()).toBe(before.caption);
  await expect.poll(() => pixels(saliencyCanvas(page))).toBe(before.map);
  expect(await entropies(page)).toEqual(before.values);
  expect(analysisIn(await saveAnalysis(page)).settings.method).toBe('grad-cam');

  await methodBox(page).selectOption('hires-cam');
  await analysisBy(page, 'hires-cam');
  await expect(status(page)).not.toContainText('Cancelled');
});

test.describe('the comparison of methods', () => {
  test.beforeEach(async ({ page }) => {
    await openPage(page, `#explain?image=church&layer=conv4_1&${quick}`);
  });

  test('shows every method at one layer and at all, with the numbers of the workspace', async ({ page }) => {
    const grad = await entropies(page);
    await compareButton(page).click();
    await expect(
      panel(page).getByRole('img', { name: 'Saliency methods of conv4_1', exact: true }),
    ).toBeVisible();
    await expect(
      panel(page).getByRole('img', { name: 'Saliency methods by layer', exact: true }),
    ).toBeVisible();
    for (const id of onePass) {
      const name = methods[id as keyof typeof methods].replaceAll('+', '\\+');
      const likeness =
        id === 'grad-cam' ? '' : ', linear correlation -?[01]\\.\\d\\d, rank correlation -?[01]\\.\\d\\d';
      await expect(
        panel(page).getByRole('button', { name: new RegExp(`^${name}, entropy -?\\d\\.\\d{3}${likeness}$`) }),
      ).toBeVisible();
    }
    for (const { name, value } of grad) {
      const cell = panel(page).getByRole('button', { name: new RegExp(`^${name}: Grad-CAM, `) });
      const text = await cell.getAttribute('aria-label');
      if (Number.isNaN(value)) expect(text).toContain('no positive evidence');
      else expect(Number(/entropy (-?[\d.]+)/.exec(text ?? '')?.[1])).toBeCloseTo(value, 3);
    }
    // Before a mean and a linear head these are one method.
    for (const name of ['HiResCAM', 'XGrad-CAM']) {
      await expect(
        panel(page).getByRole('button', {
          name: new RegExp(`^conv5_2: ${name}, .*linear correlation 1\\.00, rank correlation 1\\.00$`),
        }),
      ).toBeVisible();
    }
  });

  test('can be walked through by keys; Escape closes it and gives the focus back', async ({ page }) => {
    await compareButton(page).focus();
    await page.keyboard.press('Enter');
    const slider = panel(page).getByRole('slider', { name: 'Layer to compare' });
    await expect(slider).toBeFocused();
    await expect(slider).toHaveAttribute('aria-valuetext', 'conv4_1, layer 8 of 12');
    await page.keyboard.press('ArrowLeft');
    await expect(
      panel(page).getByRole('img', { name: 'Saliency methods of conv3_3', exact: true }),
    ).toBeVisible();
    const cell = panel(page).getByRole('button', { name: /^conv3_3: Grad-CAM, / });
    await cell.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(panel(page).getByRole('button', { name: /^conv4_1: Grad-CAM\+\+, / })).toBeFocused();
    await expect(slider).toHaveAttribute('aria-valuetext', 'conv4_1, layer 8 of 12');
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(compareButton(page)).toBeFocused();
    await expect(methodBox(page)).toHaveValue('grad-cam');
  });

  test('a cell takes method and layer over to the workspace', async ({ page }) => {
    await compareButton(page).click();
    await panel(page)
      .getByRole('button', { name: /^conv3_1: Eigen-CAM, / })
      .click();
    await expect(panel(page)).toBeHidden();
    await expect(page).toHaveURL(/[?&]method=eigen-cam(&|$)/);
    await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', 'conv3_1, layer 5 of 12');
    const { layers } = await analysisBy(page, 'eigen-cam');
    expect(layers).toHaveLength(12);
  });

  test('leaves as PNG and CSV, with the analysis inside', async ({ page }) => {
    await compareButton(page).click();
    await expect(panel(page).getByRole('button', { name: /^HiResCAM, entropy / })).toBeVisible();
    const csv = await saveFigure(page, 'Saliency methods of conv4_1', 'CSV');
    expect(csv.name).toBe('supersign-Church-grad-cam-methods-conv4_1.csv');
    const [head, ...rows] = csv.buffer.toString('utf8').trim().split('\r\n');
    expect(head).toBe(
      'method,layer,name,height,width,evidence,maximum,sum,entropy,linear_correlation,rank_correlation',
    );
    expect(rows.map((row) => row.split(',')[0])).toEqual(onePass);
    expect(rows.every((row) => row.split(',')[2] === 'conv4_1')).toBe(true);
    const all = await saveFigure(page, 'Saliency methods by layer', 'CSV');
    expect(all.buffer.toString('utf8').trim().split('\r\n')).toHaveLength(1 + 12 * onePass.length);
    for (const kind of ['PNG', 'PNG, 2x', 'PNG, 300 dpi']) {
      const png = await saveFigure(page, 'Saliency methods by layer', kind);
      const scale = { PNG: 1, 'PNG, 2x': 2, 'PNG, 300 dpi': 3.125 }[kind] ?? 0;
      expect(png.buffer.readUInt32BE(16), kind).toBe(Math.round(1120 * scale));
      expect(png.buffer.includes('supersign'), 'the analysis is in it').toBe(true);
    }
    await expect(panel(page), 'the menu did not close the panel').toBeVisible();
  });

  // At last: what it adds stays in the comparison.
  test('Score-CAM comes on request for the selected layer, and can be cancelled', async ({ page }) => {
    await compareButton(page).click();
    const add = panel(page).getByRole('button', { name: 'Add Score-CAM' });
    await add.click();
    await expect(panel(page).getByRole('progressbar', { name: 'Progress of the comparison' })).toBeVisible();
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(add).toBeEnabled();
    await expect(panel(page).getByRole('progressbar')).toBeHidden();

    await panel(page).getByRole('slider', { name: 'Layer to compare' }).fill('0');
    await add.click();
    await expect(panel(page).getByRole('button', { name: /^conv1_1: Score-CAM, entropy / })).toBeVisible();
    await expect(panel(page).getByRole('button', { name: /^conv1_2: Score-CAM/ })).toHaveCount(0);
    await panel(page).getByRole('button', { name: 'Add Ablation-CAM' }).click();
    await expect(panel(page).getByRole('button', { name: /^conv1_1: Ablation-CAM, / })).toBeVisible();
  });
});
