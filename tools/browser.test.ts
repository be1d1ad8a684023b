import { chromium } from '@playwright/test';
import { expect, test } from 'vitest';
import { quietFlags } from './browser.mjs';

const switchedOff = (text: string) => /--disable-features=(\S+)/.exec(text)?.[1].split(',') ?? [];

test('what Playwright switches off in Chromium stays so: of two lists Chromium takes the last', async () => {
  // An executable that is no browser: what it was started with is in the error.
  const error = await chromium.launch({ executablePath: process.execPath }).catch(String);
  const byPlaywright = switchedOff(String(error));
  expect(byPlaywright).not.toEqual([]);
  expect(switchedOff(quietFlags.join(' '))).toEqual(expect.arrayContaining(byPlaywright));
});
