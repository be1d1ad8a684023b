// npm run soak -- --changes n: one page changes its network again and again, and its process must not grow.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from 'puppeteer-core';
import { quietFlags, systemChromium } from '../browser.mjs';

/** The networks that come with the page, in turn. */
const networks = ['pictographs', 'photos10'];
/** Changes between two measurements. */
const EVERY = 5;
/** Changes after which caches, compiled code and the allocators' pools have their size. */
const WARM = 10;
/** Fewer than these say nothing of growth. */
export const fewestChanges = WARM + 6 * EVERY;
/** Growth in MB a change that fails. Less than the smaller network (1.2), or a picture to look at (2), that is never given back. */
export const mostGrowth = 0.4;
/** Longest time in milliseconds for a change. */
const PATIENCE = 60_000;

const MEBIBYTE = 2 ** 20;

/**
 * @param {string} address the built page
 * @param {number} changes how many
 * @returns {Promise<number | string>} growth in MB a change, or a sentence that says why it cannot be measured
 */
export async function growthByChanges(address, changes) {
  if (process.platform !== 'linux') return 'Memory of a process is read from /proc, which Linux alone has.';
  const executablePath = systemChromium();
  if (!executablePath) return 'There is no Chromium here; CHROMIUM_PATH says where one is.';
  // A page whose network is listened to keeps every answer in its process, in base64 and up to 200 MB in each worker:
  // about 5 MB a change of network that the page has nothing to do with. Playwright listens always.
  const browser = await launch({ executablePath, args: quietFlags, headless: true, networkEnabled: false });
  try {
    const [page] = await browser.pages();
    await page.goto(address);
    let shown = await otherNetwork(page, null);
    const measured = [];
    for (let change = 1; change <= changes; change++) {
      const network = networks[(change - 1) % networks.length];
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#explain?model=${network}`);
      shown = await otherNetwork(page, shown);
      if (change % EVERY > 0) continue;
      const held = await privateMemory(browser, page);
      console.log(`${change} of ${changes} changes: ${held.toFixed(1)} MB`);
      if (change >= WARM) measured.push([change, held]);
    }
    return slope(measured);
  } finally {
    await browser.close();
  }
}

/** Waits for another network's analysis. @returns what the status line says of it: the two differ in their layers */
async function otherNetwork(page, before) {
  const found = await page.waitForFunction(
    (known) => {
      const said = document.querySelector('[role=status]')?.textContent.match(/Ready: \d+ layers/)?.[0];
      return said !== known && said;
    },
    { timeout: PATIENCE, polling: 100 },
    before ?? undefined,
  );
  return found.jsonValue();
}

/** Memory in MB that the page's process has for itself, workers included, once all rubbish is collected. */
export async function privateMemory(browser, page) {
  await sleep(2000);
  const session = await page.createCDPSession();
  const collectors = [session, ...page.workers().map((worker) => worker.client)];
  for (let time = 0; time < 2; time++) {
    // A thread that waits for its next task does not answer; it has no rubbish either.
    const collected = collectors.map((each) => each.send('HeapProfiler.collectGarbage').catch(() => {}));
    await Promise.race([Promise.all(collected), sleep(1000)]);
    await sleep(300);
  }
  await session.detach();
  return Math.max(...(await renderers(browser)).map(privateBytes)) / MEBIBYTE;
}

/** Numbers of the processes that pages run in; those without a page are far smaller. */
async function renderers(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function privateBytes(id) {
  const [, kibibytes] = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').match(/^Private_Dirty:\s+(\d+) kB/m);
  return Number(kibibytes) * 1024;
}

/** Slope of the straight line through points, by least squares. */
export function slope(points) {
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  return (
    mean(points.map(([at, value]) => (at - x) * (value - y))) / mean(points.map(([at]) => (at - x) ** 2))
  );
}
