// npm run screenshots: the pictures of the page in docs/, taken from the built page; `-- doubt phone` takes only those.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { quietFlags, systemChromium } from './browser.mjs';
import { root } from './install.mjs';

const desktop = { width: 1440, height: 900 };
const shots = [
  { file: 'screenshot-light.png', viewport: desktop, colorScheme: 'light', hash: '' },
  {
    file: 'screenshot-dark.png',
    viewport: desktop,
    colorScheme: 'dark',
    hash: '#explain?image=parachute&layer=conv3_1&colours=viridis',
  },
  {
    file: 'screenshot-table.png',
    viewport: desktop,
    colorScheme: 'light',
    hash: '#explain?image=church&measure=conditional&levels=16&grid=native&layer=conv4_2',
    open: 'Table of values',
  },
  {
    file: 'screenshot-study.png',
    viewport: desktop,
    colorScheme: 'light',
    hash: '#study',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Use the examples' }).click();
      await page.getByRole('button', { name: 'Run study' }).click();
      await page.getByRole('status').filter({ hasText: 'Ready: 9' }).waitFor({ timeout: 120_000 });
      await page.getByText('Being computed').first().waitFor({ state: 'hidden' });
    },
  },
  {
    file: 'screenshot-optimise.png',
    viewport: desktop,
    colorScheme: 'light',
    hash: '#optimise?train=400&heldout=200&epochs=3',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page
        .getByRole('status')
        .filter({ hasText: /^Finished/ })
        .waitFor({ timeout: 240_000 });
    },
  },
  {
    // A network whose file does not tell how pictures are scaled: the name it has here leads the page astray.
    file: 'screenshot-doubt.png',
    viewport: desktop,
    colorScheme: 'light',
    hash: '#explain?image=church',
    prepare: async (page) => {
      await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
      await page.locator('[data-picker="model"]').setInputFiles(networkNamed('vgg-photos'));
      const doubt = page.getByRole('note', { name: 'Input scaling' });
      await doubt.getByRole('listitem').filter({ hasText: '%' }).nth(4).waitFor();
      await page.getByText('The null is the same map').waitFor();
    },
  },
  { file: 'screenshot-phone.png', viewport: { width: 390, height: 844 }, colorScheme: 'dark', hash: '' },
];

/** The bundled network's files as those of somebody's own network, without what the page knows of it. */
function networkNamed(name) {
  const folder = path.join(root, 'public/networks/photos10');
  const { model, labels } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  const file = (as, buffer) => ({ name: as, mimeType: 'application/octet-stream', buffer });
  const weights = readdirSync(folder).filter((each) => each.endsWith('.bin'));
  return [
    file(`${name}.json`, readFileSync(path.join(folder, model))),
    ...weights.map((each) => file(each, readFileSync(path.join(folder, each)))),
    file('labels.txt', Buffer.from(labels.join('\n'))),
  ];
}

const wanted = process.argv.slice(2);
const chosen = shots.filter(
  ({ file }) => wanted.length === 0 || wanted.some((name) => file === `screenshot-${name}.png`),
);

await build({ root, logLevel: 'warn' });
const server = await preview({ root, preview: { port: 4393, strictPort: true } });
const browser = await chromium.launch({
  executablePath: systemChromium(),
  args: quietFlags,
});
try {
  for (const { file, hash, open, prepare, ...context } of chosen) {
    const page = await browser.newPage({ ...context, deviceScaleFactor: 1 });
    await page.goto(`http://localhost:4393/${hash}`);
    if (prepare) await prepare(page);
    else {
      await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
      await page.getByText('The null is the same map').waitFor();
      // What is told last: what the signs are worth, and how far that can be trusted.
      await page.getByText(/; masking /).waitFor();
      await page
        .getByRole('region', { name: 'How far can this be trusted?' })
        .getByText(/: /)
        .first()
        .waitFor();
    }
    if (open) {
      await page.getByText(open).click();
      await page.getByRole('table').last().scrollIntoViewIfNeeded();
    }
    await page.screenshot({ path: path.join(root, 'docs', file) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
