import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Journeys through the built page in other engines than Chromium. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: {
    include: ['e2e/engines/*.journeys.ts'],
    // Each wait has an end of its own; how many there are one after the other hangs on how busy the machine is.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // Once more, in a browser of its own: one that hangs or does not start is no fault of the page.
    retry: 1,
    // A machine of two cores has none for a third browser.
    maxWorkers: 2,
  },
});
