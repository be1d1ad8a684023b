import { existsSync } from 'node:fs';
import { quietFlags, systemChromium } from '../browser.mjs';
import { startWebKit } from './webkit.mjs';

/**
 * A browser without a window. `open` gives a page of a visitor who was never here before.
 * @typedef {{ go(address: string): Promise<void>, evaluate(expression: string): Promise<unknown>, close(): Promise<void> }} Page
 * @typedef {{ open(): Promise<Page>, close(): Promise<void> }} Browser
 */

const starters = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

const firefoxPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** @returns {Promise<Browser | string>} the browser, or a sentence that says why there is none */
export async function startBrowser(name) {
  const start = starters[name];
  if (!start) throw new Error(`--browser is one of ${Object.keys(starters).join(', ')}, not ${name}.`);
  return start();
}

function startChromium() {
  const executablePath = systemChromium();
  if (!executablePath) return 'There is no Chromium here; CHROMIUM_PATH says where one is.';
  return startPuppeteer({ browser: 'chrome', executablePath, args: quietFlags });
}

function startFirefox() {
  const executablePath = process.env.FIREFOX_PATH ?? firefoxPaths.find((file) => existsSync(file));
  if (!executablePath) return 'There is no Firefox here; FIREFOX_PATH says where one is.';
  return startPuppeteer({ browser: 'firefox', executablePath });
}

async function startPuppeteer(options) {
  const { launch } = await import('puppeteer-core');
  const browser = await launch({ ...options, headless: true });
  return {
    async open() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      return {
        go: async (address) => void (await page.goto(address, { waitUntil: 'domcontentloaded' })),
        evaluate: (expression) => page.evaluate(expression),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
