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

/** Debian's Chromium without any window beside its own: it takes some less of the processor to show the same page. */
const windowless = '/usr/bin/chromium-headless-shell';

/** Path of the Chromium that end-to-end tests go through: one without any window where there is one. */
export const testChromium = (exists = existsSync) =>
  process.env.CHROMIUM_PATH ?? (exists(windowless) ? windowless : systemChromium());

/** Finds a Chromium or installs one: the system's package where that is allowed, else Playwright's download. */
export function ensureChromium() {
  const isHere = Boolean(systemChromium() ?? downloadedChromium()) || installChromium();
  if (isHere && testChromium() !== windowless && mayInstall()) installWindowless();
  return isHere;
}

const mayInstall = () => process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;

function installChromium() {
  console.log('Installing a browser for the end-to-end tests …');
  if (mayInstall()) {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', 'chromium'], quiet);
    if (systemChromium()) return true;
  }
  return run('npx', ['playwright', 'install', 'chromium'], { shell: process.platform === 'win32' }) === 0;
}

/** How long a package may take to come, in milliseconds. */
const patience = 90_000;

/**
 * Installs the Chromium without windows of the very version of the system's own, so that nothing else changes. Where it does not come,
 * tests go through the system's own. What may take long, the network, is waited for before anything is installed.
 * @param ask runs a command and gives how it ended, as `spawnSync` does
 */
export function installWindowless(ask = spawnSync) {
  const own = String(ask('dpkg', ['--status', 'chromium']).stdout);
  const version = /^Version: (\S+)$/m.exec(own)?.[1];
  if (process.env.CHROMIUM_PATH || !version || !/^Status: .* installed$/m.test(own)) return;
  console.log('Installing a browser without windows for the end-to-end tests …');
  const end = performance.now() + patience;
  const get = (...args) => {
    const timeout = Math.max(1, Math.ceil(end - performance.now()));
    return ask('apt-get', ['-qq', ...args], { stdio: 'ignore', timeout }).status === 0;
  };
  const wanted = ['install', '-y', '--no-install-recommends', '--no-remove'];
  const named = `chromium-headless-shell=${version}`;
  const download = () => get(...wanted, '--download-only', named);
  if (download() || (get('update') && download()))
    ask('apt-get', ['-qq', ...wanted, '--no-download', named], { stdio: 'ignore' });
}
