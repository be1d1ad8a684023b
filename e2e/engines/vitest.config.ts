import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Journeys through the built page in other engines than Chromium. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: {
    include: ['e2e/engines/*.journeys.ts'],
    testTimeout: 240_000,
    hookTimeout: 300_000,
    // Once more, in a browser of its own: one that hangs or does not start is no fault of the page.
    retry: 1,
    // A machine of two cores has none for a third browser.
    maxWorkers: 2,
  },
});
