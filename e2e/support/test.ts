import { test as base, expect } from '@playwright/test';

/** Every test also asserts that nothing was thrown on the page without being caught. */
export const test = base.extend<{ noUncaughtErrors: undefined }>({
  noUncaughtErrors: [
    async ({ context }, use) => {
      const thrown: string[] = [];
      context.on('weberror', (event) => thrown.push(String(event.error())));
      await use(undefined);
      expect(thrown, 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
