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
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
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
