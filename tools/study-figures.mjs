// node tools/study-figures.mjs STUDY [OTHER] FOLDER: the figures and findings of a saved study, exported by the built page as a reader
// would export them; OTHER is set against it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { build, preview } from 'vite';
import { quietFlags, systemChromium } from './browser.mjs';
import { root } from './install.mjs';

const [study, ...rest] = process.argv.slice(2);
const folder = rest.at(-1);
if (!folder) {
  console.error(
    'Say which study, and where the figures go: node tools/study-figures.mjs STUDY [OTHER] FOLDER',
  );
  process.exit(2);
}
const other = rest.length > 1 ? rest[0] : null;
const port = 4395;

await build({ root, logLevel: 'warn' });
await mkdir(folder, { recursive: true });
const server = await preview({ root, preview: { port, strictPort: true } });
const browser = await chromium.launch({
  executablePath: systemChromium(),
  args: quietFlags,
});

async function pick(page, button, file) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await chooser).setFiles(file);
}

/** Colours of a figure are few: a palette makes the file a third as large. */
async function save(page, name) {
  const file = `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.png`;
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Export ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'PNG', exact: true }).click();
  const bytes = await readFile(await (await download).path());
  await writeFile(path.join(folder, file), await sharp(bytes).png({ palette: true, quality: 90 }).toBuffer());
  console.log(file);
}

const figureNames = (page) =>
  page
    .getByRole('button', { name: /^Export .*(layer|step|against|right|Distribution)/ })
    .evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute('aria-label').slice('Export '.length)),
    );

try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  await page.goto(`http://localhost:${port}/#study`);
  await pick(page, 'Open study', study);
  await page
    .getByRole('status')
    .filter({ hasText: /^Ready: \d/ })
    .waitFor();
  if (other) {
    await pick(page, 'Against a study file', other);
    await page
      .getByRole('button', { name: /^Export .*against/ })
      .first()
      .waitFor();
  }
  await page.getByText('Being computed').first().waitFor({ state: 'hidden', timeout: 120_000 });
  for (const name of await figureNames(page)) await save(page, name);
  await writeFile(
    path.join(folder, 'findings.txt'),
    await page.getByRole('region', { name: 'Findings' }).innerText(),
  );
} finally {
  await browser.close();
  await server.close();
}
