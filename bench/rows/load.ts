import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NetworkManifest } from '../../src/network/network-summary';
import type { Part } from '../harness/part';
import { peakMemory } from '../harness/process-memory';
import { type Measured, skipped } from '../harness/row';
import { benchFiles } from '../harness/servers';
import { openUnlistened } from '../harness/unlistened';

interface Watched {
  /** Milliseconds since the navigation at which the status line first said this. */
  said: { text: string; at: number }[];
  longestTask: number;
  longestFrame: number;
}

const networks = [
  { part: 'load', id: 'vgg16', title: 'VGG-16', reach: 1.8 },
  { part: 'load-vit', id: 'vit-b16', title: 'ViT-B/16', reach: 1.8 },
] as const;

/** A network by its address, through the page's own loader: time, freezing, memory. */
export const loadParts: Part[] = networks.map(({ part, id, title, reach }) => ({
  id: part,
  async run(bench) {
    const what = "peak of the browser's memory over the file's size, first analysis included";
    const absent = bench.network(id);
    if (absent) return { rows: [skipped(what, absent, reach)] };
    const manifest: NetworkManifest = JSON.parse(
      readFileSync(path.join(bench.files, id, 'manifest.json'), 'utf8'),
    );
    const { page, processes, close } = await openUnlistened();
    // tsx names functions by a helper of its own, which is absent in a page.
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named;');
    await page.evaluateOnNewDocument(watch);
    const model = encodeURIComponent(`${bench.servers.page}${benchFiles}/${id}/${manifest.model}`);
    const memory = await peakMemory(processes, async () => {
      await page.goto(`${bench.servers.page}/#explain?backend=wasm&model=${model}`);
      await page.waitForFunction(
        () => document.querySelector('[role=status]')?.textContent.includes('Ready'),
        { timeout: 300_000, polling: 100 },
      );
    });
    const { said, longestTask, longestFrame } = await page.evaluate(
      () => (window as unknown as { watched: Watched }).watched,
    );
    await close();
    const at = (words: string) => said.find(({ text }) => text.includes(words))?.at ?? Number.NaN;
    const size = `${(manifest.bytes / 1e6).toFixed(0)} MB`;
    const rows: Measured[] = [
      {
        what: `loading ${title} (${size}) from a local server, until it computes`,
        result: at('Explaining') - at('Loading the network'),
        unit: 'ms',
        note: `first heat map ${(at('Ready') / 1000).toFixed(1)} s after the navigation`,
      },
      {
        what: 'longest task of the page meanwhile',
        result: longestTask,
        unit: 'ms',
        reach: 50,
        note: longestTask === 0 ? 'none over 50 ms' : undefined,
      },
      { what: 'longest interval between frames meanwhile', result: longestFrame, unit: 'ms' },
    ];
    rows.push(
      memory
        ? { what, result: (memory.peak - memory.before) / manifest.bytes, unit: 'ratio', reach }
        : skipped(what, 'read from /proc, on Linux only', reach),
    );
    return { rows };
  },
}));

/** In the page, before its own script: what the status line says, and how long the page does not answer. */
function watch(): void {
  const watched: Watched = { said: [], longestTask: 0, longestFrame: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      watched.longestTask = Math.max(watched.longestTask, duration);
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  requestAnimationFrame(function frame() {
    const now = performance.now();
    watched.longestFrame = Math.max(watched.longestFrame, now - last);
    last = now;
    const text = document.querySelector('[role=status]')?.textContent ?? '';
    if (text && watched.said.at(-1)?.text !== text) watched.said.push({ text, at: now });
    requestAnimationFrame(frame);
  });
}
