// node tools/findings/parts.mjs --address URL --name after --into docs/findings [--figure FILE]: parts of Explain that docs/findings.md shows by themselves, as
// small WebP files, and the entropy chart as it is exported for a column. `--name before` for a build that has only some of them.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { quietFlags, systemChromium } from '../browser.mjs';

const { values } = parseArgs({
  options: {
    address: { type: 'string' },
    name: { type: 'string' },
    into: { type: 'string' },
    /** Where the exported chart goes; left out, it is not exported. */
    figure: { type: 'string' },
  },
});
const { address, name, into, figure } = values;
if (!address || !name || !into) throw new Error('Say --address, --name and --into.');
const patience = 600_000;

const save = (png, file) =>
  sharp(png)
    .resize({ width: 1000, withoutEnlargement: true })
    .webp({ quality: 66 })
    .toFile(path.join(into, `${file}-${name}.webp`));

/** The page with a picture analysed and measured. */
async function open(browser, hash, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  page.setDefaultTimeout(patience);
  await page.goto(`${address}${hash}`);
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
  await page.getByText('The null is the same map').waitFor({ state: 'attached' });
  return page;
}

const shot = async (part, file) => {
  await part.scrollIntoViewIfNeeded();
  // What is drawn late is drawn when it is seen.
  await part.page().waitForTimeout(1500);
  await save(await part.screenshot({ timeout: patience }), file);
};

/** The chart as a file for a column of 8.5 cm; of builds without print sizes their PNG of 300 dpi. */
async function exported(page) {
  await page.getByRole('button', { name: 'Export Spatial entropy by layer' }).click();
  await page.getByRole('menuitem', { name: 'SVG' }).waitFor();
  const print = page.getByRole('menuitem', { name: 'Print size …' });
  const saved = page.waitForEvent('download');
  if ((await print.count()) === 0) {
    await page.getByRole('menuitem', { name: 'PNG, 300 dpi' }).click();
  } else {
    await print.click();
    const dialog = page.getByRole('dialog', { name: 'Print size' });
    await dialog.locator('select:has(option[value=png])').selectOption('png');
    await dialog.getByRole('button', { name: 'Save figure' }).click();
  }
  return saved;
}

const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
try {
  const page = await open(browser, '#explain?image=french-horn');
  await shot(
    page
      .getByRole('figure')
      .filter({ has: page.getByLabel('Signs by layer') })
      .last(),
    'flow',
  );
  if (figure) await (await exported(page)).saveAs(figure);
  await page.close();
  if (name !== 'before') {
    const tour = await open(browser, '#explain?image=french-horn&tour=3');
    await tour.getByRole('region', { name: /^Tour, step 3/ }).waitFor();
    await tour.waitForTimeout(1500);
    await save(await tour.screenshot({ timeout: patience }), 'tour');
    await tour.close();
    const versus = await open(browser, '#explain?image=church&versus=class:1', {
      viewport: { width: 1440, height: 1500 },
    });
    const both = versus.getByRole('region', { name: 'A against B' });
    await both.getByRole('img').first().waitFor();
    await shot(both, 'versus');
    await versus.close();
    const phone = await open(browser, '#explain?image=french-horn', {
      viewport: { width: 390, height: 844 },
    });
    await phone.getByRole('button', { name: 'Change', exact: true }).click();
    await phone.getByRole('dialog', { name: 'Settings' }).waitFor();
    await save(await phone.screenshot({ timeout: patience }), 'settings');
    await phone.keyboard.press('Escape');
    await phone.getByRole('button', { name: 'Export Spatial entropy by layer' }).click();
    await phone.getByRole('menu').waitFor();
    await save(await phone.screenshot({ timeout: patience }), 'export');
  }
} finally {
  await browser.close();
}
