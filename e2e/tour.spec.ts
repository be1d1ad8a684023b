import { openPage, quick, ready } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('the tour is walked by keyboard alone: every step lights what it speaks of, and the page goes on to work', async ({
  page,
}) => {
  await openPage(page, `#explain?${quick}`);
  await ready(page);
  await page.getByRole('button', { name: 'Tour', exact: true }).focus();
  await page.keyboard.press('Enter');
  const step = (number: number) => page.getByRole('region', { name: `Tour, step ${number} of 7` });
  const lit = [
    '[data-part=saliency]',
    '[data-part=film-strip]',
    '[data-part=saliency]',
    '[data-part=flow]',
    '[data-part=entropy]',
    '[data-part=carries]',
    '.top .actions',
  ];
  for (const [i, selector] of lit.entries()) {
    await expect(step(i + 1).getByRole('heading')).toBeFocused();
    await expect(async () => {
      const target = await page.locator(selector).boundingBox();
      const light = await page.locator('[class*="light"][aria-hidden]').boundingBox();
      if (!target || !light) throw new Error('nothing is lit');
      expect(Math.abs(target.x - light.x - 6) + Math.abs(target.y - light.y - 6)).toBeLessThan(2);
      await expect(page.locator(selector)).toBeInViewport();
    }).toPass();
    if (i === 1) {
      await page.keyboard.press('ArrowLeft');
      await expect(page.getByText('layer 11 of 12')).toBeVisible();
    }
    if (i < lit.length - 1) {
      const next = step(i + 1).getByRole('button', { name: 'Next' });
      for (let tabs = 0; tabs < 5 && !(await next.evaluate((own) => own === document.activeElement)); tabs++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
  }
  await expect.poll(() => page.url()).toContain('tour=7');
  await page.keyboard.press('Escape');
  await expect(step(7)).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('tour=');
});

test('layers and settings are found by typing, and chosen by Enter', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await ready(page);
  const choose = async (words: string) => {
    await page.keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('combobox', { name: /^Setting, layer, class/ })).toBeFocused();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Find' })).toBeHidden();
  };
  await choose('conv4_2');
  await expect(page.getByText('layer 9 of 12')).toBeVisible();
  await choose('colours viridis');
  await expect(page.getByRole('combobox', { name: 'Colours' })).toHaveValue('viridis');
});
