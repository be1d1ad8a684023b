import type { Page } from '@playwright/test';
import { atRest } from './explain-page';
import { desk } from './shared-page';
import { test as base } from './test';

/** What an origin keeps in a browser, and what a tab keeps beside it. */
async function forget(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.detach();
  await page.evaluate(() => sessionStorage.clear());
}

/**
 * Tests that start the page themselves, as on a first visit, one after the other in one tab a Playwright worker, which keeps nothing of
 * the test before. A tab of its own would cost a process, a window and compiled scripts: some tenths of a second of the processor.
 */
export const test = base.extend({
  context: async ({ clearedPage }, use) => {
    await use(clearedPage.context());
  },
  page: async ({ clearedPage, context }, use) => {
    if (clearedPage.url() === 'about:blank') await atRest(clearedPage);
    await use(clearedPage);
    for (const other of context.pages()) if (other !== clearedPage) await other.close();
    await clearedPage.unrouteAll({ behavior: 'ignoreErrors' });
    // Ends what computes.
    await atRest(clearedPage);
    await forget(clearedPage);
    clearedPage.removeAllListeners('dialog');
    await context.clearPermissions();
    await clearedPage.setViewportSize(desk);
    await clearedPage.emulateMedia({
      colorScheme: null,
      reducedMotion: null,
      contrast: null,
      forcedColors: null,
    });
  },
});

export { expect } from './test';
