import type { Page } from '@playwright/test';
import { looks, violations } from './support/axe';
import { caption, layerSlider, openPage, quick, ready } from './support/explain-page';
import { expect, test } from './support/shared-page';
import { test as testAlone } from './support/test';
import { serveTinyNetwork } from './support/tiny-network';

const about = (page: Page) => page.getByRole('article', { name: 'About the method' });
const noise = (page: Page) => page.getByRole('table', { name: 'Entropy of noise by size' });
/** Waits until the demonstration is measured, null models included. */
const measuredNoise = (page: Page) => expect(noise(page)).not.toContainText('…');

test('the page about the method has an address, a title and a way back', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&layer=conv3_1&${quick}`);
  await page.getByRole('link', { name: 'About the method' }).click();
  await expect(about(page)).toBeVisible();
  await expect(page).toHaveURL(/#about$/);
  await expect(page).toHaveTitle('About the method – Supersign');
  await expect(page.getByRole('tablist').getByRole('tab')).toHaveText(['Explain', 'Study', 'Optimise']);
  await expect(layerSlider(page)).toBeHidden();
  await page.goBack();
  await expect(about(page)).toHaveCount(0);
  await expect(caption(page)).toContainText('Parachute, ');
  await expect(page).toHaveTitle('Parachute – Supersign');
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_1/);
  await page.goForward();
  await expect(about(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Explain' }).click();
  await expect(page).toHaveURL(/#explain\?.*image=parachute/);
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_1/);
});

testAlone(
  'opened by its address it shows the section asked for, while the network reads behind it',
  async ({ page }) => {
    await serveTinyNetwork(page, 'photos10');
    await page.goto('/#about/null-model');
    await expect(page.getByRole('heading', { name: /^Why a null model/ })).toBeInViewport();
    await expect(page.getByRole('img', { name: 'Entropy of the open picture by layer' })).toBeAttached();
    await expect(page).toHaveURL(/#about\/null-model$/);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Sources' }).click();
    await expect(page.getByRole('heading', { name: /^Sources/ })).toBeInViewport();
    await page.getByRole('tab', { name: 'Explain' }).click();
    await ready(page);
    await expect(caption(page)).toContainText('448 × 448');
  },
);

test('formulas are set by the browser, and the keys of the workspace are at rest', async ({ page }) => {
  await openPage(page, `#explain?layer=conv3_2&${quick}`);
  await page.getByRole('link', { name: 'About the method' }).click();
  const formulas = about(page).locator('section[aria-label^="Formula"] math');
  await expect(formulas.first()).toBeVisible();
  expect(await formulas.count()).toBeGreaterThanOrEqual(8);
  for (const formula of await formulas.all()) {
    const box = await formula.evaluate((element) => {
      const { width, height } = element.getBoundingClientRect();
      return { width, height, namespace: element.namespaceURI };
    });
    expect(box.namespace).toBe('http://www.w3.org/1998/Math/MathML');
    expect(box.width).toBeGreaterThan(60);
    // A fraction or a sum is higher than a line of text.
    expect(box.height).toBeGreaterThan(14);
  }
  await page.getByRole('heading', { name: 'About the method' }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.goBack();
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_2/);
});

test('Tab goes through sections and demonstration', async ({ page }) => {
  await page.goto('/#about');
  await expect(about(page)).toBeVisible();
  const visited: string[] = [];
  await page.getByRole('link', { name: 'About the method' }).focus();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    visited.push(name);
    if (name === 'Seed of the noise') break;
  }
  expect(visited).toEqual(
    expect.arrayContaining(['What is studied', 'Measure of the demonstration', 'Seed of the noise']),
  );
});

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the text reads well on a ${device}, ${colorScheme}, and axe finds nothing wrong`, async ({
      page,
    }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto('/#about');
      await measuredNoise(page);
      await expect(page.getByRole('img', { name: 'Entropy of the open picture by layer' })).toBeAttached({});
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      const wide = await about(page).evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(wide, 'the text does not scroll sideways').toBeLessThanOrEqual(0);
      const line = await about(page)
        .locator('nav ~ section p:not([class])')
        .first()
        .evaluate((element) => {
          const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
          const { fontSize, fontFamily } = getComputedStyle(element);
          context.font = `${fontSize} ${fontFamily}`;
          return element.clientWidth / context.measureText('0').width;
        });
      expect(line).toBeLessThanOrEqual(69);
      expect(await violations(page, looks[colorScheme])).toEqual([]);
    });
  }
}
