import type { Page } from '@playwright/test';
import { layerSlider, measured, openPage, saliencyCanvas } from './support/explain-page';
import { expect, test } from './support/test';

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

test('the figures carry their names, and the strip holds every layer in order', async ({ page }) => {
  await openPage(page);
  for (const name of ['Saliency of conv5_2', 'All layers', 'Spatial entropy by layer']) {
    await expect(page.getByRole('img', { name, exact: true })).toBeVisible();
  }
  const radios = await strip(page)
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.split(',')[0]));
  expect(radios).toEqual(names);
});

test('a layer is selected by a click, and by the arrow keys of the film strip', async ({ page }) => {
  await openPage(page);
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
  await openPage(page, '#explain?layer=conv3_2');
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

test('arrows, Home and End work on the page as a whole', async ({ page }) => {
  await openPage(page);
  await page.keyboard.press('Home');
  await expectLayer(page, 'conv1_1');
  await page.keyboard.press('ArrowRight');
  await expectLayer(page, 'conv1_2');
  await page.keyboard.press('End');
  await expectLayer(page, 'conv5_2');
  await page.keyboard.press('ArrowLeft');
  await expectLayer(page, 'conv5_1');
});

test('Previous and Next step, and stop at the ends', async ({ page }) => {
  await openPage(page, '#explain?layer=conv1_2');
  await button(page, 'Previous layer').click();
  await expectLayer(page, 'conv1_1');
  await expect(button(page, 'Previous layer')).toBeDisabled();
  await button(page, 'Next layer').click();
  await expectLayer(page, 'conv1_2');
  await page.keyboard.press('End');
});

test('a click in the chart selects a layer; its cursor follows the slider', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const chart = page.getByRole('img', { name: 'Spatial entropy by layer' });
  const radio = strip(page).getByRole('radio', { name: /^conv2_2, / });
  const [plot, column] = [await chart.boundingBox(), await radio.boundingBox()];
  if (!plot || !column) throw new Error('Chart or film strip is not on screen.');
  // Strip and chart share one axis: the middle of a thumbnail is the layer's place in the chart.
  const middle = column.x + column.width / 2;
  await page.mouse.click(middle, plot.y + plot.height / 3);
  await expectLayer(page, 'conv2_2');
  const cursor = await chart.locator('.cursor').boundingBox();
  expect(Math.abs((cursor?.x ?? 0) - middle)).toBeLessThan(3);
});

test.describe('playback', () => {
  test.beforeEach(async ({ page }) => {
    await openPage(page);
    // The page's own time from here on, so that playback does not depend on how busy the machine is.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
  });

  const speed = (page: Page) => page.getByRole('combobox', { name: 'Speed' });

  test('Play starts over from the first layer, goes through all of them and ends', async ({ page }) => {
    await speed(page).selectOption('4 ×');
    await button(page, 'Play').click();
    await expect(button(page, 'Pause')).toBeVisible();
    await expectLayer(page, 'conv1_1');
    // Eight layers a second; a frame later than that, since layers change on frames.
    await page.clock.runFor(20);
    for (const name of names.slice(1)) {
      await page.clock.runFor(125);
      await expectLayer(page, name);
    }
    await expect(button(page, 'Play')).toBeVisible();
    await page.clock.runFor(2000);
    await expectLayer(page, 'conv5_2');
  });

  test('Pause holds the layer, and Play goes on from there', async ({ page }) => {
    await button(page, 'Play').click();
    await page.clock.runFor(1100);
    await expectLayer(page, 'conv2_1');
    await button(page, 'Pause').click();
    await page.clock.runFor(5000);
    await expectLayer(page, 'conv2_1');
    await button(page, 'Play').click();
    await page.clock.runFor(600);
    await expectLayer(page, 'conv2_2');
  });

  test('Space plays and pauses; a step by hand ends playback', async ({ page }) => {
    await page.keyboard.press('Space');
    await expect(button(page, 'Pause')).toBeVisible();
    await page.clock.runFor(600);
    await expectLayer(page, 'conv1_2');
    await page.keyboard.press('Space');
    await expect(button(page, 'Play')).toBeVisible();
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await expect(button(page, 'Play')).toBeVisible();
    await page.clock.runFor(3000);
    await expectLayer(page, 'conv5_2');
  });

  test('a layer picked from the strip while it plays ends playback there', async ({ page }) => {
    await button(page, 'Play').click();
    await page.clock.runFor(600);
    await expectLayer(page, 'conv1_2');
    await strip(page)
      .getByRole('radio', { name: /^conv4_1/ })
      .click();
    await page.clock.runFor(3000);
    await expect(button(page, 'Play')).toBeVisible();
    await expectLayer(page, 'conv4_1');
  });
});

test('who asks for less motion gets none but what Play shows', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
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
