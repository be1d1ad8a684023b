// node tools/findings/pictures.mjs --address URL --name after --into docs/findings [--network NAME=FILE,FILE …]: the Explain workspace over the first example, at
// four widths, light and dark, with each network, as small WebP files; what docs/findings.md shows. `--name before` for an older build.
import { mkdirSync, readdirSync, statSync } from 'node:fs';
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
    /** `mobilenet=FOLDER` or `densenet=FILE`; the bundled network is always there. */
    network: { type: 'string', multiple: true, default: [] },
  },
});
const { address, name, into } = values;
if (!address || !name || !into) throw new Error('Say --address, --name and --into.');
mkdirSync(into, { recursive: true });

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
/** Wider pictures are made smaller, in pixels. */
const widest = 1000;
const patience = 600_000;

const filesIn = (place) =>
  statSync(place).isDirectory() ? readdirSync(place).map((file) => path.join(place, file)) : [place];
const networks = [
  { network: '12', files: null },
  ...values.network.map((each) => {
    const [network, place] = each.split('=');
    return { network, files: filesIn(place) };
  }),
];

const save = async (page, file, clip) => {
  const png = await page.screenshot({ clip, timeout: patience });
  await sharp(png)
    .resize({ width: widest, withoutEnlargement: true })
    .webp({ quality: 62 })
    .toFile(path.join(into, `${file}-${name}.webp`));
};

const browser = await chromium.launch({ executablePath: systemChromium(), args: quietFlags });
try {
  for (const { network, files } of networks) {
    const page = await browser.newPage({ viewport: sizes[2], colorScheme: 'light' });
    page.setDefaultTimeout(patience);
    await page.goto(`${address}#explain?image=church`);
    const ready = () => page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
    await ready();
    if (files) {
      await page.locator('input[data-picker="model"], header input[multiple]').first().setInputFiles(files);
      await page
        .getByRole('status')
        .filter({ hasText: `Ready: ${network} layers` })
        .waitFor();
    }
    await page.getByText('The null is the same map').waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const size of sizes) {
        await page.setViewportSize(size);
        // Two frames: charts are drawn anew after they have learnt their width.
        await page.evaluate(
          () =>
            new Promise((done) =>
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 1200))),
            ),
        );
        await save(page, `${network}-${size.width}-${colorScheme}`);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
