// node tools/findings/page.mjs BEFORE.png AFTER.png OUT.webp: two pages of two columns, with text of docs/method.md and an exported chart set 8.5 cm wide in each.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { quietFlags, systemChromium } from '../browser.mjs';
import { root } from '../install.mjs';

const [before, after, out] = process.argv.slice(2);
if (!out) throw new Error('Name both charts and the picture to write.');

/** Paragraphs without formulas, links and marks. */
const paragraphs = readFileSync(path.join(root, 'docs/method.md'), 'utf8')
  .split('\n')
  .filter((line) => /^[A-Z][^|`$]{120,}/.test(line))
  .map((line) => line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[_*`<>]/g, ''))
  .slice(0, 13);

const page = (chart, caption) => {
  const set = (texts) => texts.map((text) => `<p>${text}</p>`).join('');
  const picture = `data:image/png;base64,${readFileSync(chart).toString('base64')}`;
  return `<section><div>${set(paragraphs.slice(0, 3))}<figure><img src="${picture}"><figcaption>${caption}</figcaption></figure>${set(paragraphs.slice(3))}</div></section>`;
};
const style = `
  body { margin: 0; display: flex; gap: 6mm; background: #999; padding: 4mm }
  section { width: 178mm; height: 140mm; background: #fff; padding: 12mm 10mm; overflow: hidden }
  div { columns: 2; column-gap: 8mm; font: 10pt/1.25 serif; height: 100%; overflow: hidden; text-align: justify }
  p { margin: 0 0 2mm }
  figure { margin: 2mm 0; break-inside: avoid }
  img { width: 85mm }
  figcaption { font-size: 9pt; margin-top: 1mm }`;

const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
try {
  const sheet = await browser.newPage({ viewport: { width: 1546, height: 660 }, deviceScaleFactor: 1.25 });
  await sheet.setContent(
    `<style>${style}</style>${page(before, 'Before: the PNG of 300 dpi, set in a column.')}${page(after, 'After: the same chart, exported for 8.5 cm.')}`,
  );
  await sheet.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await sharp(await sheet.screenshot())
    .webp({ quality: 55 })
    .toFile(out);
} finally {
  await browser.close();
}
