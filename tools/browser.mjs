import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { run } from './install.mjs';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * What Playwright switches off: of two lists Chromium takes the last, so ours holds its own (`browser.test.ts`).
 */
const switchedOffByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** The list below the address bar, a page of its own that every window would load in a process of its own: a fifth of what a start of our page costs. */
const addressBarPages = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** What keeps Chromium quiet and able to run as root in a container. */
export const quietFlags = [
  `--disable-features=${[...switchedOffByPlaywright, ...addressBarPages].join(',')}`,
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Path of a Chromium on this system, undefined where there is none. */
export const systemChromium = () => process.env.CHROMIUM_PATH ?? systemPaths.find((file) => existsSync(file));

/** Path of the Chromium that Playwright downloaded; undefined where it did not. */
function downloadedChromium() {
  const { chromium } = createRequire(import.meta.url)('@playwright/test');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** Finds a Chromium or installs one: the system's package where that is allowed, else Playwright's download. */
export function ensureChromium() {
  if (systemChromium() ?? downloadedChromium()) return true;
  console.log('Installing a browser for the end-to-end tests …');
  const isRoot = process.getuid?.() === 0;
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', 'chromium'], quiet);
    if (systemChromium()) return true;
  }
  return run('npx', ['playwright', 'install', 'chromium'], { shell: process.platform === 'win32' }) === 0;
}
