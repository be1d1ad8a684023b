import type { Page } from '@playwright/test';
import { layerSlider, measured, openPage, quick, saliencyCanvas } from './support/explain-page';
import { expect, test } from './support/shared-page';

const names = [
  ...['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2', 'conv3_1', 'conv3_2'],
  ...['conv3_3', 'conv4_1', 'conv4_2', 'conv4_3', 'conv5_1', 'conv5_2'],
];

const strip = (page: Page) => page.getByRole('radiogroup', { name: 'Layers' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Slider, film strip, large picture and, after a while, the address agree on the layer. */
async function expectLayer(page: Page, name: string): Promise<void> {
  const text = `${name}, layer ${names.indexOf(name) + 1} of 12`;
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', text);
  await expect(layerSlider(page)).toHaveValue(String(names.indexOf(name)));
  await expect(saliencyCanvas(page)).toHaveAccessibleName(`Saliency of ${name}`);
  await expect(strip(page).getByRole('radio', { checked: true })).toHaveAccessibleName(
    new RegExp(`^${name}, `),
  );
}

test('a layer is selected by a click, and by the arrow keys of the film strip', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await expectLayer(page, 'conv5_2');
  await strip(page)
    .getByRole('radio', { name: /^conv3_2, / })
    .click();
  await expectLayer(page, 'conv3_2');
  await expect(page).toHaveURL(/[?&]layer=conv3_2(&|$)/);
  await page.keyboard.press('ArrowRight');
  await expectLayer(page, 'conv3_3');
  await expect(strip(page).getByRole('radio', { checked: true })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expectLayer(page, 'conv3_1');
  await page.keyboard.press('Home');
  await expectLayer(page, 'conv1_1');
  await page.keyboard.press('ArrowLeft');
  await expectLayer(page, 'conv1_1');
  await page.keyboard.press('End');
  await expectLayer(page, 'conv5_2');
});

test('the slider says layer and place, and moves by its keys', async ({ page }) => {
  await openPage(page, `#explain?layer=conv3_2&${quick}`);
  await expectLayer(page, 'conv3_2');
  await layerSlider(page).focus();
  await page.keyboard.press('ArrowRight');
  await expectLayer(page, 'conv3_3');
  await page.keyboard.press('ArrowLeft');
  await expectLayer(page, 'conv3_2');
  await page.keyboard.press('Home');
  await expectLayer(page, 'conv1_1');
  await page.keyboard.press('End');
  await expectLayer(page, 'conv5_2');
});

test('a click in the chart selects a layer; its cursor follows the slider', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await measured(page);
  const chart = page.getByRole('img', { name: 'Spatial entropy by layer' });
  const radio = strip(page).getByRole('radio', { name: /^conv2_2, / });
  const [plot, column] = [await chart.boundingBox(), await radio.boundingBox()];
  if (!plot || !column) throw new Error('Chart or film strip is not on screen.');
  // Strip and chart share one axis: the middle of a thumbnail is the layer's place in the chart.
  const middle = column.x + column.width / 2;
  await page.mouse.click(middle, plot.y + plot.height / 3);
  await expectLayer(page, 'conv2_2');
  // Charts mark the layer after the picture has changed.
  const beside = async () => Math.abs(((await chart.locator('.cursor').boundingBox())?.x ?? 0) - middle);
  await expect.poll(beside).toBeLessThan(3);
});

test('who asks for less motion gets none but what Play shows', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, `#explain?${quick}`);
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1)
        .map((animation) => animation.id || animation.constructor.name),
    );
  await button(page, 'Play').hover();
  await button(page, 'Play').click();
  await expect(button(page, 'Pause')).toBeVisible();
  expect(await moving()).toEqual([]);
  await page.getByRole('button', { name: 'Export All layers' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await moving()).toEqual([]);
});
