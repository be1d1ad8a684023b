import {
  type Browser,
  test as base,
  expect,
  type Page,
  type WebError,
  type WorkerInfo,
} from '@playwright/test';

interface Uncaught {
  noUncaughtErrors: undefined;
}

/**
 * Both are made where a test asks for them. They stand here together, since Playwright starts another worker, with another browser,
 * for tests of other fixtures of a worker.
 */
interface PagesOfAWorker {
  /** A page for all tests of a worker; `shared-page.ts` gives it to tests that need no start of their own. */
  openedPage: Page;
  /** A tab for all tests of a worker that start the page themselves; `cleared-page.ts` gives it to them. */
  clearedPage: Page;
}

async function ofAWorker(
  { browser }: { browser: Browser },
  use: (page: Page) => Promise<void>,
  { project }: WorkerInfo,
): Promise<void> {
  const { baseURL, viewport, acceptDownloads } = project.use;
  const context = await browser.newContext({ baseURL, viewport, acceptDownloads });
  const page = await context.newPage();
  await use(page);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

/** Every test also asserts that nothing was thrown on the page without being caught. */
export const test = base.extend<Uncaught, PagesOfAWorker>({
  openedPage: [ofAWorker, { scope: 'worker' }],
  clearedPage: [ofAWorker, { scope: 'worker' }],
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
