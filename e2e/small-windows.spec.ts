import type { Page } from '@playwright/test';
import { measured, openPage } from './support/explain-page';
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
  await openPage(page);
  expect(await covered(page)).toBe(0);
});

test('on a phone the transport bar stays at hand, and covers nothing where scrolling ends', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page);
  await measured(page);
  expect(await covered(page)).toBeGreaterThan(40);
  // What carries the decision comes a moment later, and makes the page longer.
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByText('Table of values')).toBeInViewport({ ratio: 1, timeout: 500 });
  }).toPass();
  const bar = (await transport(page).boundingBox()) as { y: number };
  const ends = await page
    .getByRole('region', { name: 'Layers', exact: true })
    .evaluate((region) => region.getBoundingClientRect().bottom);
  expect(ends).toBeLessThanOrEqual(bar.y + 0.5);
});

test('on a desk the page itself never scrolls, whatever its columns hold', async ({ page }) => {
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Decision card' })).toBeEnabled();
  const longer = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(await longer()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(longer).toBe(0);
});
