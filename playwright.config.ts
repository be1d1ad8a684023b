import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { quietFlags, testChromium } from './tools/browser.mjs';

// Playwright's workers inherit it from where it was first read.
process.env.SUPERSIGN_RUN ??= String(process.pid) + Date.now().toString(36);

const port = Number(process.env.SUPERSIGN_PORT ?? 4317);

/** The engine without the product around it, for what the product does not show: its memory. */
export const enginePage = `http://localhost:${port + 1}`;

/** Frames without rights have a process of their own in Chromium; without windows it asks for being told so. */
const isolated = ['--site-per-process'];

const chromium = (args: string[] = []) => ({
  browserName: 'chromium' as const,
  launchOptions: { executablePath: testChromium(), args: [...quietFlags, ...isolated, ...args] },
});

/** A moving test pattern in the place of a camera, which is allowed without a question. */
const fakeCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** End-to-end tests run against the production build, served as `npm start` serves it. */
export default defineConfig({
  testDir: 'e2e',
  // What is waited for comes, however busy the machine is.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // One more than there are cores: each waits for a good part of its time, for pages to load and for what is drawn.
  workers: Math.min(availableParallelism() + 1, 6),
  // Repeated once in `npm test`, which says how many passed only then.
  retries: process.env.CI || process.env.SUPERSIGN_E2E_REPORT ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.SUPERSIGN_E2E_REPORT
    ? [['list'], ['json', { outputFile: process.env.SUPERSIGN_E2E_REPORT }]]
    : [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    trace: 'on-first-retry',
  },
  projects: [
    // First, as its files take longest: at the end one of them would go on alone.
    {
      name: 'webgpu',
      use: chromium(['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']),
      testMatch: '**/webgpu*.spec.ts',
      // They share a browser, and what passed of the backend's self-test in it.
      workers: 1,
      // Where no adapter is, WebGPU is computed in software: seconds on a quiet machine, a minute on a busy one.
      expect: { timeout: 120_000 },
    },
    { name: 'page', use: chromium(fakeCamera), testIgnore: '**/webgpu*.spec.ts' },
  ],
  webServer: [
    {
      command: `npx vite preview --port ${port} --strictPort`,
      url: `http://localhost:${port}`,
      reuseExistingServer: !process.env.CI,
    },
    {
      command: `npx vite build -c bench/page/vite.config.ts --logLevel warn && npx vite preview -c bench/page/vite.config.ts --port ${port + 1} --strictPort`,
      url: enginePage,
      reuseExistingServer: !process.env.CI,
    },
  ],
});
