// npm run shots -- FOLDER: pictures of all workspaces over fixed data, from the page built in dist/, at two widths, light and dark.
//   --against OTHER   compares them with those in OTHER, taken before a change, and counts the pixels that differ
//   --only study      those of one workspace
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { preview } from 'vite';
import { quietFlags, systemChromium } from './browser.mjs';
import { root } from './install.mjs';

const { values, positionals } = parseArgs({
  options: { against: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (!folder) {
  console.error('Name the folder for the pictures: npm run shots -- FOLDER.');
  process.exit(1);
}
/** Of 255: by so much the corners of the same page differ from one drawing to the next. */
const rasterNoise = 2;
const port = Number(process.env.SUPERSIGN_PORT ?? 4394);

/** Taller than any screen: what scrolls inside the page is seen as a whole. */
const sizes = [
  { width: 1440, height: 3000 },
  { width: 390, height: 4000 },
];

const study = readFileSync(path.join(root, 'src/study/fixtures/examples.supersign-study.json.gz'));
const studyFile = { name: 'examples.supersign-study.json.gz', mimeType: 'application/gzip', buffer: study };
const isReady = (page) => page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();

const states = {
  about: async (page) => {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(page);
  },
  study: async (page) => {
    await page.getByRole('heading', { name: 'What holds for one picture, tested on many' }).waitFor();
    await settled(page);
  },
  'study-open': async (page) => {
    await page.locator('input[data-picker="Open study"]').setInputFiles(studyFile);
    await page.getByRole('heading', { name: 'Images studied' }).waitFor();
    await page
      .getByRole('region', { name: 'Results' })
      .getByText('Being computed')
      .waitFor({ state: 'hidden' });
    await settled(page);
  },
  'study-images': async (page) => {
    await page.getByRole('button', { name: 'Use the examples' }).first().click();
    await page.getByText('ready to be studied').waitFor();
    await settled(page);
  },
  optimise: async (page) => {
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
    await page.getByRole('img', { name: 'not drawn yet' }).first().waitFor({ state: 'hidden' });
    await settled(page);
  },
  explain: async (page) => {
    await isReady(page);
    await page.getByText('The null is the same map').waitFor();
    await settled(page);
  },
};

/** Nothing changes for a while: what is computed and drawn late is there. */
async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        let timer = setTimeout(resolve, 1500);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, 1500);
        }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
      }),
  );
}

mkdirSync(folder, { recursive: true });
const server = await preview({ root, preview: { port, strictPort: true } });
const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
try {
  for (const [name, prepare] of Object.entries(states)) {
    if (values.only && !name.startsWith(values.only)) continue;
    for (const viewport of sizes) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
        page.setDefaultTimeout(180_000);
        const [workspace] = name.split('-');
        await page.goto(`http://localhost:${port}/${workspace === 'explain' ? '' : `#${workspace}`}`);
        await prepare(page);
        const file = path.join(folder, `${name}-${viewport.width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
if (values.against) {
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.png'))) {
    const before = path.join(values.against, file);
    const differing = existsSync(before)
      ? await differingPixels(before, path.join(folder, file))
      : 'not there before';
    console.log(`${file}: ${differing}`);
    if (differing !== 0) process.exitCode = 1;
  }
}
process.exit();

async function differingPixels(one, other) {
  const [a, b] = await Promise.all(
    [one, other].map((file) => sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) {
    return `${a.info.width} x ${a.info.height} before, ${b.info.width} x ${b.info.height} now`;
  }
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const differs = [0, 1, 2].some((k) => Math.abs(a.data[i + k] - b.data[i + k]) > rasterNoise);
    if (differs) count += 1;
  }
  return count;
}
