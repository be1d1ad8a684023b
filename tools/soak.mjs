// npm run soak: opens the built page again and again in a browser, each time as a new visitor, and counts the loads that hang.
//   --browser a   chromium, firefox or webkit (chromium)
//   --loads n     how often (20)
//   --changes n   instead, opens it once, changes the network so often, and measures whether the page's process grows (Chromium on Linux)
//   --frames n    instead, explains so many frames of a moving test pattern live, and measures the same
//   --address a   a page that is served already; the build in dist/ otherwise
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { startEngine } from './engines/start-engine.mjs';
import { fewestChanges, growthByChanges, mostGrowth } from './soak/changes.mjs';
import { fewestFrames, growthByFrames, mostGrowthAFrame } from './soak/frames.mjs';

/** Longest time in milliseconds until the first analysis is on screen. */
const PATIENCE = 30_000;

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    loads: { type: 'string', default: '20' },
    changes: { type: 'string', default: '0' },
    frames: { type: 'string', default: '0' },
    address: { type: 'string' },
  },
});
const loads = Number(values.loads);
if (!(Number.isInteger(loads) && loads > 0)) {
  throw new Error(`--loads is a whole number above 0, not ${values.loads}.`);
}
const changes = Number(values.changes);
if (!Number.isInteger(changes) || (changes !== 0 && changes < fewestChanges)) {
  throw new Error(`--changes is a whole number from ${fewestChanges} on, not ${values.changes}.`);
}
const frames = Number(values.frames);
if (!Number.isInteger(frames) || (frames !== 0 && frames < fewestFrames)) {
  throw new Error(`--frames is a whole number from ${fewestFrames} on, not ${values.frames}.`);
}

/** What the page says of itself once the analysis is there, without its time; null before. */
const readiness = `
  document.querySelector('[role=status]')?.textContent.match(/.*Ready:.*/)?.[0].replace(/ in [\\d.]+ s/, '') ?? null`;

const server = values.address
  ? null
  : await preview({ preview: { port: Number(process.env.SUPERSIGN_PORT ?? 4395) } });
const address = values.address ?? server.resolvedUrls.local[0];

if (changes > 0) {
  const growth = await growthByChanges(address, changes);
  await server?.close();
  if (typeof growth === 'string') {
    console.log(`Skipped: ${growth}`);
    process.exit(0);
  }
  console.log(`${growth.toFixed(2)} MB more with each change of network, at most ${mostGrowth} is sound`);
  process.exit(growth <= mostGrowth ? 0 : 1);
}

if (frames > 0) {
  const growth = await growthByFrames(address, frames);
  await server?.close();
  if (typeof growth === 'string') {
    console.log(`Skipped: ${growth}`);
    process.exit(0);
  }
  console.log(`${growth.slope.toFixed(4)} MB more with each frame, at most ${mostGrowthAFrame} is sound`);
  process.exit(growth.slope <= mostGrowthAFrame ? 0 : 1);
}

const browser = await startEngine(values.browser);
if (typeof browser === 'string') {
  console.log(`Skipped: ${browser}`);
  await server?.close();
  process.exit(0);
}

const times = [];
const outcomes = new Map();
let hangs = 0;
for (let load = 1; load <= loads; load++) {
  // That a browser does not start is no fault of the page: WebKitGTK's driver fails at it now and then.
  const page = await browser
    .open()
    .catch((error) => console.log(`${load} of ${loads}: ${error.message}`) ?? browser.open());
  const { outcome, milliseconds } = await visit(page);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (milliseconds === null) hangs += 1;
  else times.push(milliseconds);
  if (milliseconds === null || load % 10 === 0) console.log(`${load} of ${loads}: ${hangs} hung`);
}
await browser.close();
await server?.close();

times.sort((a, b) => a - b);
for (const [outcome, count] of outcomes) console.log(`${count} x ${outcome}`);
if (times.length > 0) {
  console.log(`Until the first analysis: median ${times[times.length >> 1]} ms, longest ${times.at(-1)} ms`);
}
console.log(`${loads} loads in ${values.browser}, ${hangs} hung`);
process.exit(hangs === 0 ? 0 : 1);

async function visit(page) {
  try {
    const started = Date.now();
    await page.go(address);
    while (Date.now() - started < PATIENCE) {
      const outcome = await page.evaluate(readiness);
      if (outcome) return { outcome, milliseconds: Date.now() - started };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { outcome: 'hung', milliseconds: null };
  } catch (error) {
    return { outcome: `failed: ${error.message}`, milliseconds: null };
  } finally {
    await page.close().catch(() => {});
  }
}
