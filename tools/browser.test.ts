import { chromium } from '@playwright/test';
import { afterEach, expect, test, vi } from 'vitest';
import { installWindowless, quietFlags, systemChromium, testChromium } from './browser.mjs';

afterEach(() => vi.unstubAllEnvs());

const switchedOff = (text: string) => /--disable-features=(\S+)/.exec(text)?.[1].split(',') ?? [];

test('what Playwright switches off in Chromium stays so: of two lists Chromium takes the last', async () => {
  // An executable that is no browser: what it was started with is in the error.
  const error = await chromium.launch({ executablePath: process.execPath }).catch(String);
  const byPlaywright = switchedOff(String(error));
  expect(byPlaywright).not.toEqual([]);
  expect(switchedOff(quietFlags.join(' '))).toEqual(expect.arrayContaining(byPlaywright));
});

test('end-to-end tests go through a Chromium without windows where there is one, or through the one that is named', () => {
  vi.stubEnv('CHROMIUM_PATH', undefined);
  expect(testChromium((file) => file === '/usr/bin/chromium-headless-shell')).toBe(
    '/usr/bin/chromium-headless-shell',
  );
  expect(testChromium(() => false)).toBe(systemChromium());
  vi.stubEnv('CHROMIUM_PATH', '/opt/chromium');
  expect(testChromium(() => true)).toBe('/opt/chromium');
});

/** Answers commands by what they begin with, and keeps them. */
function system(answers: Record<string, { status: number | null; stdout?: string }[]>) {
  const asked: string[] = [];
  const ask = (command: string, args: string[]) => {
    const line = [command, ...args].join(' ');
    asked.push(line);
    const begun = Object.keys(answers).find((begin) => line.startsWith(begin));
    return (begun === undefined ? undefined : answers[begun].shift()) ?? { status: 0 };
  };
  return { asked, ask };
}

const installed = {
  status: 0,
  stdout: 'Package: chromium\nStatus: install ok installed\nVersion: 156.0.8078.114-1~deb12u1\n',
};
const packageOfIt = 'chromium-headless-shell=156.0.8078.114-1~deb12u1';
const aptGet = (asked: string[]) => asked.filter((line) => line.startsWith('apt-get'));

test('the Chromium without windows is installed in the version of the system’s own, and given up where it does not come', () => {
  vi.stubEnv('CHROMIUM_PATH', undefined);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const install = 'apt-get -qq install -y --no-install-recommends --no-remove';

  const known = system({ dpkg: [installed] });
  installWindowless(known.ask);
  expect(aptGet(known.asked)).toEqual([
    `${install} --download-only ${packageOfIt}`,
    `${install} --no-download ${packageOfIt}`,
  ]);

  const lists = system({ dpkg: [installed], [install]: [{ status: 100 }] });
  installWindowless(lists.ask);
  expect(aptGet(lists.asked)).toEqual([
    `${install} --download-only ${packageOfIt}`,
    'apt-get -qq update',
    `${install} --download-only ${packageOfIt}`,
    `${install} --no-download ${packageOfIt}`,
  ]);

  const offline = system({
    dpkg: [installed],
    [install]: [{ status: 100 }],
    'apt-get -qq update': [{ status: null }],
  });
  installWindowless(offline.ask);
  expect(aptGet(offline.asked)).toHaveLength(2);

  for (const stdout of ['', 'Status: deinstall ok config-files\nVersion: 156.0\n']) {
    const elsewhere = system({ dpkg: [{ status: 1, stdout }] });
    installWindowless(elsewhere.ask);
    expect(aptGet(elsewhere.asked)).toEqual([]);
  }
});
