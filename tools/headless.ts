import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { quietFlags, systemChromium } from './browser.mjs';
import { isClone, root } from './bundled';
import { installs } from './optional-package';
import { type Served, servePage } from './page-server';

/** Folder of the built page. */
export const dist = path.join(root, 'dist');

/** The one of the built pages that programs drive. */
const START = 'headless.html';

/** The built page in a browser without a window. */
export interface Headless {
  page: Page;
  /** Where it is served, without a slash at the end. */
  address: string;
  /** Seconds of processor time that the browser has taken so far, all of its processes together. */
  processorSeconds(): Promise<number>;
  /** Ends browser and server. */
  close(): Promise<void>;
}

export interface HeadlessOptions extends Served {
  /** Whether the page is built first, so that it is what the source says; else only where it is not there. */
  build?: boolean;
}

/** The page cannot be opened; a sentence. */
export class HeadlessError extends Error {
  override name = 'HeadlessError';
}

/** WebGPU where there is a GPU; the engine refuses one that is only emulated. */
const flags = [
  ...quietFlags,
  '--enable-unsafe-webgpu',
  // A page that nobody sees must not be slowed down.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** On Linux a browser without a window reaches a GPU by Vulkan, off the screen. */
const gpuFlags = ['--enable-features=Vulkan', '--use-angle=vulkan', '--disable-vulkan-surface'];
const hasGpu = () => ['/dev/nvidia0', '/dev/dri/renderD128', '/dev/dxg'].some((device) => existsSync(device));

/**
 * Serves the built page on a free port of this machine and opens it in Chromium without a window.
 * @throws HeadlessError where there is no browser, or the page cannot be built
 */
export async function openHeadless({
  build = false,
  folders = {},
  routes = {},
}: HeadlessOptions = {}): Promise<Headless> {
  ensureBuilt(START, build);
  const { address, close } = await servePage(dist, { folders, routes });
  const browser = await launch().catch(async (error) => {
    await close();
    throw error;
  });
  try {
    const page = await openPage(browser, `${address}/${START}`);
    return {
      page,
      address,
      async processorSeconds() {
        const session = await browser.newBrowserCDPSession();
        const { processInfo } = await session.send('SystemInfo.getProcessInfo');
        await session.detach();
        return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
      },
      async close() {
        await browser.close();
        await close();
      },
    };
  } catch (error) {
    await browser.close();
    await close();
    throw error;
  }
}

/** @throws HeadlessError saying what was not loaded */
async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  // tsx names functions by a helper of its own, which is absent where a function of a tool is sent to the page.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  const failures: string[] = [];
  page.on('requestfailed', (request) => failures.push(`${request.url()} was not loaded.`));
  page.on('response', (answer) => {
    const isScript = answer.request().resourceType() === 'script';
    if (isScript && !answer.ok()) failures.push(`${answer.url()} answered ${answer.status()}.`);
  });
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(address);
  if (await page.evaluate(() => 'supersign' in window)) return page;
  throw new HeadlessError(`The built page did not start. ${failures[0] ?? 'Its script was not run.'}`);
}

async function launch(): Promise<Browser> {
  // Commands that need no browser need no library for one.
  const { chromium } = await import('playwright-core').catch(() => {
    throw new HeadlessError(
      `A browser without a window is driven by the package playwright-core, which is not here. One command installs it: ${installs('playwright-core')}`,
    );
  });
  try {
    return await chromium.launch({
      executablePath: systemChromium(),
      args: hasGpu() ? [...flags, ...gpuFlags] : flags,
      // Whoever drives the page ends it, and may have to keep something first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new HeadlessError(
      `No browser could be started: ${error instanceof Error ? error.message.split('\n')[0] : error}. Install Chromium, or run "npx ${isClone ? '' : `--prefix "${root}" `}playwright-core install chromium"; CHROMIUM_PATH names another one.`,
    );
  }
}

/** Builds the page where it is not there, or anew; a package holds it. */
export function ensureBuilt(start = 'index.html', anew = false): void {
  if (!(anew && isClone) && existsSync(path.join(dist, start))) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  // What the build says belongs to the messages, not to the results on standard output.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0 || !existsSync(path.join(dist, start))) {
    throw new HeadlessError('The page could not be built; the messages above say why.');
  }
}
