import { test as base, expect, type Page, type WebError } from '@playwright/test';

interface Uncaught {
  noUncaughtErrors: undefined;
}

/** Every test also asserts that nothing was thrown on the page without being caught. */
export const test = base.extend<Uncaught, { openedPage: Page }>({
  /** A page for all tests of a worker; `shared-page.ts` gives it to tests that need no start of their own. */
  openedPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, acceptDownloads } = project.use;
      const context = await browser.newContext({ baseURL, viewport, acceptDownloads });
      const page = await context.newPage();
      await use(page);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    },
    { scope: 'worker' },
  ],
  /** Routes that are still answering when a test ends, scripts of workers for one, must not fail what comes after it. */
  page: async ({ page }, use) => {
    await use(page);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
  noUncaughtErrors: [
    async ({ context }, use) => {
      const thrown: string[] = [];
      const note = (event: WebError) => thrown.push(String(event.error()));
      context.on('weberror', note);
      await use(undefined);
      context.off('weberror', note);
      expect(thrown, 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
