import type { Page } from '@playwright/test';
import { atRest } from './explain-page';
import { desk } from './shared-page';
import { test as base } from './test';

/** Where the engine keeps which backends passed their self-test (`src/backend/trusted.ts`). */
const selfTests = 'supersign-self-tests';

/** All that an origin keeps but for its caches. */
const stored = 'cookies,file_systems,indexeddb,local_storage,service_workers,shader_cache';

/**
 * What an origin keeps in a browser, and what a tab keeps beside it. That backends passed their self-test holds for the next test too,
 * and need not be computed again.
 */
async function forget(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: stored });
  await session.detach();
  await page.evaluate(async (kept) => {
    sessionStorage.clear();
    for (const name of await caches.keys()) if (name !== kept) await caches.delete(name);
  }, selfTests);
}

/** Has the next start test its backend, as a first visit does. */
export const forgetSelfTests = (page: Page): Promise<boolean> =>
  page.evaluate((name) => caches.delete(name), selfTests);

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
