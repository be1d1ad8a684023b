import type { Page } from '@playwright/test';
import {
  alert,
  caption,
  measured,
  openPage,
  prediction,
  quick,
  saliencyCanvas,
  shown,
  status,
  unfoldMeasuring,
  view,
} from './support/explain-page';
import { test } from './support/picture-host';
import { sceneAs } from './support/scene';
import { expect } from './support/shared-page';

const pick = (page: Page, control: string, option: string) =>
  page.getByRole('combobox', { name: control }).selectOption(option);

const parameters = (page: Page): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.replace('#explain?', '')));

async function changeEverything(page: Page): Promise<void> {
  await pick(page, 'Saliency method', 'LayerCAM');
  await pick(page, 'Class to explain', 'parachute');
  await unfoldMeasuring(page);
  await page.getByRole('checkbox', { name: 'Pooling layers' }).check();
  await expect(status(page)).toHaveText(/Ready: 16 layers/);
  await pick(page, 'Entropy measure', 'Co-occurrence matrix (GLCM)');
  await pick(page, 'Levels', '32');
  await pick(page, 'Grid', 'native');
  await pick(page, 'Neighbourhood', 'N8');
  await pick(page, 'Border', 'torus');
  for (const control of ['Persistence', 'Cut-off'])
    await page.getByRole('slider', { name: control }).press('ArrowRight');
  await pick(page, 'Colours', 'Cividis');
  await pick(page, 'Scale', 'all layers');
  await pick(page, 'Smoothing', 'nearest');
  await page.getByRole('slider', { name: 'Opacity' }).press('Home');
  await page.getByRole('slider', { name: 'Opacity' }).press('ArrowRight');
  await page.getByRole('radio', { name: /^conv2_2, / }).click();
}

test('every setting is in the address, which in a new tab gives the same view, also of a picture on another host', async ({
  page,
  context,
  hostOf,
}) => {
  const host = await hostOf((await sceneAs('png')).buffer);
  await openPage(page, `#explain?image=${encodeURIComponent(host.open)}&backend=wasm`);
  await shown(page, 'canopy.png');
  await changeEverything(page);
  await test.step('every setting is in the address', async () => {
    await expect
      .poll(() => parameters(page))
      .toEqual({
        model: 'photos10',
        image: host.open,
        class: '9',
        method: 'layer-cam',
        pooling: '1',
        measure: 'glcm',
        levels: '32',
        grid: 'native',
        neighbourhood: '8',
        torus: '1',
        tau: '0.11',
        theta: '0.21',
        layer: 'conv2_2',
        backend: 'wasm',
        colours: 'cividis',
        opacity: '0.05',
        scale: 'global',
        smoothing: 'nearest',
      });
  });
  await test.step('the address, in a new tab, gives the same view', async () => {
    const before = await view(page);
    const copy = await context.newPage();
    await copy.goto(page.url());
    await expect(status(copy)).toHaveText(/Ready: 16 layers/);
    expect(await view(copy)).toEqual(before);
    await expect(saliencyCanvas(copy)).toHaveAccessibleName('Saliency of conv2_2');
    for (const [control, value] of Object.entries({ Persistence: '0.11', 'Cut-off': '0.21' }))
      await expect(copy.getByRole('slider', { name: control })).toHaveValue(value);
    await expect(copy.getByRole('combobox', { name: 'Saliency method' })).toHaveValue('layer-cam');
  });
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await expect.poll(() => parameters(page).view).toBe('map');
});

test('an address edited in place is followed', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await measured(page);
  await page.evaluate(() => {
    location.hash = '#explain?image=parachute&measure=delentropy&layer=conv4_2&class=2';
  });
  await shown(page, 'Parachute');
  await expect(page.getByRole('combobox', { name: 'Entropy measure' })).toHaveValue('delentropy');
  await expect(saliencyCanvas(page)).toHaveAccessibleName('Saliency of conv4_2');
  await expect(prediction(page, 'cassette player')).toHaveAttribute('aria-pressed', 'true');
  await page.evaluate(() => {
    location.hash = '#explain?image=parachute&measure=delentropy&layer=conv3_1&class=2&levels=17';
  });
  await expect(saliencyCanvas(page)).toHaveAccessibleName('Saliency of conv3_1');
  await expect(alert(page)).toContainText('"levels=17" is not understood; allowed: 2, 4, 8');
});

test('what the address gets wrong is said, and takes its initial value', async ({ page }) => {
  await openPage(
    page,
    '#explain?image=parachute&levels=17&measure=warmth&class=99&colour=red&backend=abacus',
  );
  await shown(page, 'Parachute');
  for (const words of [
    '"levels=17" is not understood; allowed: 2, 4, 8',
    '"measure=warmth" is not understood',
    '"backend=abacus" is not understood; allowed: auto, webgpu',
    'There is no setting "colour".',
    'There is no class 99: photos10 has the classes 0 to 9.',
  ]) {
    await expect(alert(page)).toContainText(words);
  }
  await expect(page.getByRole('combobox', { name: 'Levels' })).toHaveValue('256');
  await expect(page.getByRole('combobox', { name: 'Entropy measure' })).toHaveValue('aura-matrix');
  await expect(page.getByRole('combobox', { name: 'Class to explain' })).toHaveValue('winner');
});

test('an address without a picture of that name says so and leaves the page usable', async ({ page }) => {
  await page.goto('/#explain?image=unicorn');
  await expect(alert(page)).toContainText('unicorn');
  await page.getByRole('button', { name: 'Example: French horn' }).click();
  await shown(page, 'French horn');
  await expect(alert(page)).toBeHidden();
  await expect(caption(page)).toContainText('French horn');
});
