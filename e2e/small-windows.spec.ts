import type { Page } from '@playwright/test';
import { measured, openPage, quick } from './support/explain-page';
import { expect, test } from './support/shared-page';

const transport = (page: Page) => page.locator('footer');

/** Pixels of the window that the transport bar takes while the page is at its top. */
async function covered(page: Page): Promise<number> {
  await page.evaluate(() => scrollTo(0, 0));
  const { height } = page.viewportSize() as { height: number };
  const { y } = (await transport(page).boundingBox()) as { y: number };
  return Math.max(0, height - y);
}

test('in a desktop’s window enlarged four times the transport bar covers nothing', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await openPage(page, `#explain?${quick}`);
  expect(await covered(page)).toBe(0);
});

test('on a phone the transport bar stays at hand, and covers nothing where scrolling ends', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, `#explain?${quick}`);
  await measured(page);
  expect(await covered(page)).toBeGreaterThan(40);
  // What carries the decision, and how far it can be trusted, come a moment later and make the page longer.
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const bar = (await transport(page).boundingBox()) as { y: number };
    for (const name of ['Layers', 'Examples']) {
      const end = page.getByRole('region', { name, exact: true });
      const bottom = await end.evaluate((element) => element.getBoundingClientRect().bottom);
      expect(bottom, name).toBeLessThanOrEqual(bar.y + 0.5);
    }
  }).toPass({ timeout: 60_000 });
});

test('on a desk the page itself never scrolls, whatever its columns hold', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await expect(page.getByRole('button', { name: 'Decision card' })).toBeEnabled();
  const longer = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(await longer()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(longer).toBe(0);
});
