// npm run gallery: the figures of docs/gallery.md, exported by the built page as a reader would export them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { build, preview } from 'vite';
import { quietFlags, systemChromium } from './browser.mjs';
import { root } from './install.mjs';

const port = 4394;
const folder = path.join(root, 'docs', 'gallery');
const figures = {
  'superization-flow': 'Superization flow',
  'change-by-step': 'Change by step',
  'superization-tree': 'Superization tree',
  entropy: 'Spatial entropy by layer',
  'all-layers': 'All layers',
};

await build({ root, logLevel: 'warn' });
await mkdir(folder, { recursive: true });
const server = await preview({ root, preview: { port, strictPort: true } });
const browser = await chromium.launch({
  executablePath: systemChromium(),
  args: quietFlags,
});

/** Colours of a figure are few: a palette makes the file a third as large. */
const keep = async (name, bytes) =>
  writeFile(
    path.join(folder, `${name}.png`),
    await sharp(bytes).png({ palette: true, quality: 90 }).toBuffer(),
  );

async function exported(page, figure, within = page) {
  const download = page.waitForEvent('download');
  await within.getByRole('button', { name: `Export ${figure}` }).click();
  await page.getByRole('menuitem', { name: 'PNG', exact: true }).click();
  return readFile(await (await download).path());
}

try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  await page.goto(`http://localhost:${port}/#explain?image=parachute`);
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
  await page.getByRole('region', { name: 'What carries it' }).getByText('logits.').waitFor();
  // Null models come one by one: until then the table has empty cells and the flow an ellipsis.
  await page.waitForFunction(() => {
    const [head, ...rows] = [...document.querySelectorAll('section[aria-label="Values by layer"] tr')].map(
      (row) => [...row.children].map((cell) => cell.textContent),
    );
    const [evidence, mean] = [head.indexOf('Evidence'), head.indexOf('Null mean')];
    const flow = document.querySelector('svg[aria-label="Superization flow"]');
    return rows.every((row) => row[evidence] === 'none' || row[mean]) && !flow.textContent.includes('…');
  });
  for (const [name, figure] of Object.entries(figures)) await keep(name, await exported(page, figure));

  await page.getByRole('button', { name: 'Decision card', exact: true }).click();
  await keep('decision-card', await exported(page, 'Decision card', page.getByRole('dialog')));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Figure sheet', exact: true }).click();
  await keep('figure-sheet', await exported(page, 'Figure sheet', page.getByRole('dialog')));
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'About the method' }).click();
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /^Why a null model/ })
    .click();
  await page.getByText(/^Noise falls .* nothing is left to explain/).waitFor();
  await keep('about', await page.screenshot());
} finally {
  await browser.close();
  await server.close();
}
