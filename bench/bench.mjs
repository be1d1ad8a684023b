// npm run bench: a table on screen and bench/results.json. Medians over interleaved runs, with ratios.
//   --webgpu     also WebGPU, on whatever adapter there is (software adapters take minutes)
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { systemChromium } from '../tools/browser.mjs';
import { root } from '../tools/install.mjs';

const { values } = parseArgs({ options: { webgpu: { type: 'boolean', default: false } } });
const network = 'networks/photos10/manifest.json';
const benchConfig = path.join(root, 'bench/page/vite.config.ts');

await build({ root, logLevel: 'warn' });
await build({ configFile: benchConfig, logLevel: 'warn' });
const page = await preview({ root, preview: { port: 4391, strictPort: true } });
const engine = await preview({ configFile: benchConfig, preview: { port: 4392, strictPort: true } });
const browser = await chromium.launch({
  executablePath: systemChromium(),
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    ...(values.webgpu ? ['--enable-unsafe-webgpu'] : []),
  ],
});

const rows = [];
try {
  await engineRows('wasm', 25, [10, 100]);
  await engineRows('cpu', 3, [1, 3]);
  if (values.webgpu) await engineRows('webgpu', 10, [10, 100]);
  await pageRows();
} finally {
  await browser.close();
  await page.close();
  await engine.close();
}

console.table(rows.map(({ what, result, unit, reach }) => ({ what, result, unit, reach: reach ?? '' })));
const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${os.platform()} ${os.arch()}`,
  node: process.version,
  browser: browser.version(),
  rows,
};
writeFileSync(path.join(root, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);

/** Forward pass, all-layer Grad-CAM, their ratio, and what stays in memory. */
async function engineRows(backend, runs, soak) {
  const tab = await browser.newPage();
  await tab.goto('http://localhost:4392/');
  await tab.waitForFunction(() => 'benchEngine' in window);
  const result = await tab.evaluate((request) => window.benchEngine(request), {
    backend,
    network: `http://localhost:4392/${network}`,
    runs,
    soak,
  });
  await tab.close();
  const on = `photos10 on ${result.backend}`;
  const [early, late] = result.memory;
  const ratios = result.analysis.map((analysis, run) => analysis / result.forward[run]);
  add(`forward pass, ${on}`, quantile(result.forward, 0.5), 'ms');
  add(`Grad-CAM at all 12 layers, ${on}`, quantile(result.analysis, 0.5), 'ms');
  add(`Grad-CAM at all layers over forward, ${on}`, quantile(ratios, 0.5), 'ratio', 'at most 3');
  add(
    `tensors after ${soak[1]} analyses less those after ${soak[0]}, ${on}`,
    late.tensors - early.tensors,
    '',
    '0',
  );
  add(
    `bytes after ${soak[1]} analyses less those after ${soak[0]}, ${on}`,
    late.bytes - early.bytes,
    'B',
    '0',
  );
  if (late.gpuBytes !== null) {
    add(
      `GPU bytes after ${soak[1]} less those after ${soak[0]}, ${on}`,
      late.gpuBytes - early.gpuBytes,
      'B',
      '0',
    );
  }
}

/** Cold time to the first heat map, and how long a step of the slider takes to reach the screen. */
async function pageRows() {
  const cold = [];
  for (let run = 0; run < 5; run++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const tab = await context.newPage();
    await tab.goto('http://localhost:4391/');
    const ready = await tab.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent?.includes('Ready') && performance.now(),
      undefined,
      { polling: 'raf' },
    );
    cold.push(await ready.jsonValue());
    if (run === 4) await stepRows(tab);
    await context.close();
  }
  add(
    'cold page, empty cache, local server, to the first heat map',
    quantile(cold, 0.5),
    'ms',
    'at most 2000',
  );
}

async function stepRows(tab) {
  const steps = await tab.evaluate(async () => {
    const slider = document.querySelector('input[aria-label=Layer]');
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const times = [];
    for (let step = 0; step < 120; step++) {
      await new Promise(requestAnimationFrame);
      const started = performance.now();
      setValue.call(slider, step % 12);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      // A message sent in the frame's callback arrives after that frame was painted.
      await new Promise((painted) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = painted;
          channel.port2.postMessage(null);
        }),
      );
      times.push(performance.now() - started);
    }
    return times;
  });
  add(
    'slider step to paint, 95th percentile',
    quantile(steps, 0.95),
    'ms',
    'at most 16 beyond the wait for the frame',
  );
}

function add(what, result, unit, reach) {
  rows.push({ what, result: Number(result.toPrecision(3)), unit, ...(reach ? { reach } : {}) });
}

function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))];
}
