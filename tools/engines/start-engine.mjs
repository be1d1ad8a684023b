import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quietFlags, systemChromium } from '../browser.mjs';
import { startWebKit } from './webkit.mjs';

/** Names of the engines that the page is tested in. */
export const engineNames = ['chromium', 'firefox', 'webkit'];

const starters = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

const firefoxPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** Path of a Firefox on this system, undefined where there is none. */
export const systemFirefox = () => process.env.FIREFOX_PATH ?? firefoxPaths.find((file) => existsSync(file));

/** What has Chromium and Firefox compute WebGPU in software: on Mesa's driver Firefox takes a tenth of what the one of Chromium's own takes. */
const softwareGpu = {
  flags: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  preferences: {
    'dom.webgpu.enabled': true,
    'dom.webgpu.workers.enabled': true,
    'gfx.webgpu.ignore-blocklist': true,
  },
};

/** Starts a browser without a window; gives a sentence where there is none. */
export async function startEngine(name, { webGpu = false } = {}) {
  const start = starters[name];
  if (!start) throw new Error(`A browser is one of ${engineNames.join(', ')}, not ${name}.`);
  const downloads = await mkdtemp(path.join(tmpdir(), `supersign-${name}-`));
  const engine = await start(downloads, webGpu ? softwareGpu : { flags: [], preferences: {} });
  if (typeof engine === 'string') {
    await rm(downloads, { recursive: true });
    return engine;
  }
  return {
    ...engine,
    name,
    downloads,
    async close() {
      await engine.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

function startChromium(downloads, { flags }) {
  const executablePath = systemChromium();
  if (!executablePath) return 'There is no Chromium here; CHROMIUM_PATH says where one is.';
  return startPuppeteer({ browser: 'chrome', executablePath, args: [...quietFlags, ...flags] }, downloads);
}

function startFirefox(downloads, { preferences }) {
  const executablePath = systemFirefox();
  if (!executablePath) return 'There is no Firefox here; FIREFOX_PATH says where one is.';
  const extraPrefsFirefox = {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    // Without a graphics card each drawing is computed: ten a second are enough to see what comes.
    'layout.frame_rate': 10,
    ...preferences,
  };
  return startPuppeteer({ browser: 'firefox', executablePath, extraPrefsFirefox });
}

/** @param downloadPath where the browser is to be told by its protocol, which Chromium alone understands */
async function startPuppeteer(options, downloadPath) {
  const { launch } = await import('puppeteer-core');
  const browser = await launch({
    ...options,
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    timeout: 120_000,
    protocolTimeout: 240_000,
  });
  const downloadBehavior = downloadPath && { policy: 'allow', downloadPath };
  return {
    async open() {
      const context = await browser.createBrowserContext({ downloadBehavior });
      const page = await context.newPage();
      page.setDefaultNavigationTimeout(120_000);
      // Where something is just on its way to the disk, the page asks before it is left.
      page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
      const uncaught = [];
      page.on('pageerror', (error) => uncaught.push(String(error)));
      const element = async (expression) => (await page.evaluateHandle(expression)).asElement();
      return {
        uncaught,
        go: async (address) => void (await page.goto(address, { waitUntil: 'domcontentloaded' })),
        reload: async () => void (await page.reload({ waitUntil: 'domcontentloaded' })),
        evaluate: (expression) => page.evaluate(expression),
        click: async (expression) => (await element(expression)).click(),
        press: (key) => page.keyboard.press(key),
        setFiles: async (expression, files) => (await element(expression)).uploadFile(...files),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
