// npm run soak -- --frames n: one page explains a moving test pattern live, and its process must not grow.
import { launch } from 'puppeteer-core';
import { quietFlags, systemChromium } from '../browser.mjs';
import { privateMemory, slope } from './changes.mjs';

/** Frames between two measurements. */
const EVERY = 100;
/** Frames after which caches, compiled code and the allocators' pools have their size. */
const WARM = 300;
/** Fewer than these say nothing of growth. */
export const fewestFrames = WARM + 5 * EVERY;
/** Growth in MB a frame that fails: far less than a frame (3.5), the square that is seen of it (2) or the input (0.06) that is never given back. */
export const mostGrowthAFrame = 0.02;
/** Longest time in milliseconds for the frames between two measurements. */
const PATIENCE = 300_000;

/**
 * @param {string} address the built page
 * @param {number} frames how many
 * @returns {Promise<{ slope: number, measured: [number, number][] } | string>} growth in MB a frame, with frames and MB from which it is known;
 *   or a sentence that says why it cannot be measured
 */
export async function growthByFrames(address, frames) {
  if (process.platform !== 'linux') return 'Memory of a process is read from /proc, which Linux alone has.';
  const executablePath = systemChromium();
  if (!executablePath) return 'There is no Chromium here; CHROMIUM_PATH says where one is.';
  const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const args = [...quietFlags, ...camera];
  const browser = await launch({ executablePath, args, headless: true, networkEnabled: false });
  try {
    const [page] = await browser.pages();
    await page.goto(address);
    await page.waitForFunction(() => /Ready: /.test(document.querySelector('[role=status]')?.textContent), {
      timeout: PATIENCE,
      polling: 100,
    });
    await press(page, 'Camera');
    await press(page, 'Explain live');
    const measured = [];
    for (let count = EVERY; count <= frames; count += EVERY) {
      await framesPassed(page, count);
      // What is held is counted while no frame is under way.
      await press(page, 'Freeze');
      const held = await privateMemory(browser, page);
      await press(page, 'Go on');
      console.log(`${count} of ${frames} frames: ${held.toFixed(1)} MB`);
      if (count >= WARM) measured.push([count, held]);
    }
    return { slope: slope(measured), measured };
  } finally {
    await browser.close();
  }
}

/** Presses a button as soon as it is there. */
async function press(page, name) {
  const found = await page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('button:enabled')].find(
        (button) => (button.getAttribute('aria-label') ?? button.textContent) === name,
      ),
    { timeout: PATIENCE, polling: 50 },
    name,
  );
  await found.evaluate((button) => button.click());
}

/** Waits until so many frames are explained, as the page counts them. */
const framesPassed = (page, count) =>
  page.waitForFunction(
    (count) =>
      [...document.querySelectorAll('dialog span')].some(({ textContent }) => {
        const [, frames] = /^([\d,]+) frames$/.exec(textContent) ?? [];
        return Number(frames?.replaceAll(',', '')) >= count;
      }),
    { timeout: PATIENCE, polling: 50 },
    count,
  );
