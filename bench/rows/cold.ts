import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { openPage } from '../harness/browser';
import type { Part } from '../harness/part';
import { median } from '../harness/statistics';

/** How long the page is watched after its first heat map, in milliseconds: null models and weights of signs come within. */
const afterwards = 3000;

/** A first visit with an empty cache: what it fetches to start, when what is seen comes, and how much of it moves. */
export const coldPart: Part = {
  id: 'cold',
  async run({ browser, servers, quick }) {
    const runs = quick ? 2 : 9;
    const visits: Visit[] = [];
    for (let run = 0; run < runs; run++) visits.push(await firstVisit(browser, servers.page));
    const kilobytes = await startScripts(servers.page);
    const engine = await engineLoaded(browser, servers.page);
    return {
      rows: [
        {
          what: 'cold page: scripts that start it, gzipped',
          result: kilobytes,
          unit: 'kB',
          reach: 200,
        },
        {
          what: 'engine that a first analysis loads, gzipped',
          result: engine,
          unit: 'kB',
          reach: 203,
          note: 'scripts of the worker and its threads and their WebAssembly, as asked for until the first heat map',
        },
        {
          what: 'cold page, empty cache, local server, to the first picture',
          result: median(visits.map(({ picture }) => picture)),
          unit: 'ms',
          reach: 2000,
          runs,
        },
        {
          what: 'cold page, empty cache, local server, to the first heat map',
          result: median(visits.map(({ heatMap }) => heatMap)),
          unit: 'ms',
          reach: 2000,
          runs,
        },
        {
          what: 'cold page, empty cache, local server, until all figures are drawn',
          result: median(visits.map(({ ready }) => ready)),
          unit: 'ms',
          runs,
        },
        {
          what: 'cold page: cumulative layout shift, until three seconds after the first heat map, the largest',
          result: Math.max(...visits.map(({ shift }) => shift)),
          unit: 'share',
          reach: 0,
          note: 'browsers call less than 0.1 good',
          runs,
        },
      ],
    };
  },
};

interface Visit {
  /** When the first picture, the first heat map and all figures were on screen, milliseconds after the navigation. */
  picture: number;
  heatMap: number;
  ready: number;
  /** Sum of the layout shifts (Layout Instability API), each the share of the window that moved times how far it moved. */
  shift: number;
}

async function firstVisit(browser: Browser, address: string): Promise<Visit> {
  const page = await openPage(browser);
  await page.addInitScript(() => {
    const seen = { shift: 0, picture: 0, heatMap: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    // A picture has many colours, an empty canvas one.
    const look = () => {
      const canvas = document.querySelector<HTMLCanvasElement>('figure canvas');
      const row = canvas?.width ? canvas.getContext('2d')?.getImageData(0, 40, canvas.width, 1).data : [];
      if (!seen.picture && new Set(row).size > 16) seen.picture = performance.now();
      // Its name is that of its layer once it has one.
      if (/^Saliency of (?!the last)/.test(canvas?.ariaLabel ?? '')) seen.heatMap = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${address}/`, { waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    () => document.querySelector('[role=status]')?.textContent?.includes('Ready') && performance.now(),
    undefined,
    { polling: 'raf' },
  );
  const ready = (await shown.jsonValue()) as number;
  await page.waitForTimeout(afterwards);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Omit<Visit, 'ready'> }).seen);
  await page.context().close();
  return { ...seen, ready };
}

/** Kilobytes, gzipped, of the scripts that the page links. */
async function startScripts(address: string): Promise<number> {
  const html = await (await fetch(`${address}/`)).text();
  const scripts = new Set(html.match(/assets\/[\w-]+\.js/g));
  let bytes = 0;
  for (const script of scripts) bytes += gzipSync(await (await fetch(`${address}/${script}`)).text()).length;
  return bytes / 1000;
}

/** Kilobytes, gzipped, of all scripts and modules that the engine's worker and its threads ask for until the first heat map. */
async function engineLoaded(browser: Browser, address: string): Promise<number> {
  const page = await openPage(browser);
  const asked = new Set<string>();
  const fileOf = (url = '') => new URL(url, address).pathname.split('/').at(-1) as string;
  page.context().on('request', (request) => {
    const file = fileOf(request.url());
    const by = fileOf(request.headers().referer);
    if (/^(engine-worker|kernel-thread)-/.test(file) || asked.has(by)) {
      if (/\.(js|wasm)$/.test(file)) asked.add(file);
    }
  });
  await page.goto(`${address}/`);
  await page.waitForFunction(() =>
    /^Saliency of (?!the last)/.test(document.querySelector('figure canvas')?.ariaLabel ?? ''),
  );
  const files = [...asked];
  await page.context().close();
  let bytes = 0;
  for (const file of files) {
    const content = await (await fetch(`${address}/assets/${file}`)).arrayBuffer();
    bytes += gzipSync(Buffer.from(content)).length;
  }
  return bytes / 1000;
}
