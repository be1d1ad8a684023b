import type { Locator, Page } from '@playwright/test';
import { openPage, ready } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('on a phone: one row at the top, a picture that is swiped, charts within the width, and the rest behind two buttons', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await ready(page);
  const header = page.getByRole('banner');
  expect((await header.boundingBox())?.height).toBeLessThan(60);

  await test.step('nothing but the charts scrolls sideways', async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  await test.step('the menu holds what the top bar holds elsewhere', async () => {
    await expect(header.getByRole('button', { name: 'Open image' })).toBeHidden();
    await header.getByRole('button', { name: 'Menu' }).click();
    await expect(header.getByRole('button', { name: 'Open image' })).toBeVisible();
    await expect(header.getByRole('combobox', { name: 'Model' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(header.getByRole('button', { name: 'Open image' })).toBeHidden();
  });

  await test.step('a finger swiped to the right goes back a layer', async () => {
    const where = page.getByText('layer 12 of 12');
    await expect(where).toBeVisible();
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: x === undefined ? [] : [{ x, y: 220 }],
      });
    await send('touchStart', 120);
    for (const x of [140, 160, 180, 200, 215]) await send('touchMove', x);
    await send('touchEnd');
    await expect(page.getByText('layer 11 of 12')).toBeVisible();
    await touch.detach();
  });

  await test.step('settings fold behind a sentence', async () => {
    await expect(page.getByText('Measured as Grad-CAM, Aura matrix (AME), 256 levels')).toBeVisible();
    await expect(page.getByLabel('Saliency method')).toBeHidden();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Settings' });
    await expect(sheet.getByLabel('Saliency method')).toBeVisible();
    await expectFromBelow(page, sheet);
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeFocused();
  });

  await test.step('what is saved is chosen on a sheet from below', async () => {
    await page.getByRole('button', { name: 'Export Spatial entropy by layer' }).click();
    await expectFromBelow(page, page.getByRole('menu'));
    await page.getByRole('menuitem', { name: 'Print size …' }).click();
    await expectFromBelow(page, page.getByRole('dialog', { name: 'Print size' }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('what a finger meets is large enough', async () => {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, input[type=range]')]
        .map((element) => ({ name: element.textContent, ...element.getBoundingClientRect().toJSON() }))
        .filter(({ width, height }) => height > 0 && (height < 44 || width < 24)),
    );
    expect(small).toEqual([]);
  });
});

/** Over the lower part of the window, as wide as it, and not wider inside. */
async function expectFromBelow(page: Page, sheet: Locator): Promise<void> {
  await expect(sheet).toBeVisible();
  const { width, height } = page.viewportSize() as { width: number; height: number };
  await expect
    .poll(() =>
      sheet.evaluate((element) => {
        const { left, right, bottom } = element.getBoundingClientRect();
        return [left, right, Math.round(bottom), element.scrollWidth - element.clientWidth];
      }),
    )
    .toEqual([0, width, height, 0]);
}
