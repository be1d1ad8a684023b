import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { saveAnalysis, saveFigure } from './support/downloads';
import { alert, caption, saliencyCanvas, status } from './support/explain-page';
import { drop, file, fileFrom, root } from './support/files';
import { anotherBuild, quickBuild, type StaticHost, staticHost } from './support/static-host';
import { expect, test } from './support/test';
import { openNetworkFiles } from './support/tiny-network';

const ready = (page: Page) => page.getByRole('status').filter({ hasText: /Ready: 2 layers/ });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });
const script = (page: Page) => page.locator('script[type=module][src]');

/** The three other places, each with something that only its own code shows. */
async function visitAll(page: Page): Promise<void> {
  await tab(page, 'Study').click();
  await expect(page.getByRole('button', { name: 'Run study' })).toBeVisible();
  await tab(page, 'Optimise').click();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'About the method' }).click();
  await expect(page.getByRole('heading', { name: 'About the method' })).toBeVisible();
  await tab(page, 'Explain').click();
}

let host: StaticHost;
let folder: string;
let first: string;
let other: string;

test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'builds-'));
  first = quickBuild(path.join(folder, 'first'));
  other = anotherBuild(first, path.join(folder, 'other'));
});
test.afterAll(() => rmSync(folder, { recursive: true }));
test.afterEach(() => host.stop());

test.describe('on a static host without headers', () => {
  test.beforeEach(async () => {
    host = await staticHost({ isolates: false, build: first });
  });

  test('the page isolates itself, computes on all threads, and works offline afterwards', async ({
    page,
  }) => {
    await page.goto(host.address);
    await expect(ready(page)).toBeVisible();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await expect(ready(page)).toHaveText(new RegExp(`WebAssembly \\(${cores} thread`));

    await host.stop();
    await page.reload();
    await expect(ready(page)).toBeVisible();
  });

  test('where the browser has no more room the page is there, also when it is loaded again, and says once what is not kept', async ({
    page,
  }) => {
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(host.address);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
    await page.goto(host.address);
    await expect(ready(page)).toBeVisible();
    await expect(alert(page)).toContainText(
      'Not everything this page can do is kept for use without a network: this browser gives the page no more room to keep things in.',
    );
    await page.reload();
    await expect(ready(page)).toBeVisible();
    await expect(saliencyCanvas(page)).toBeVisible();
    await page.getByRole('tab', { name: 'Study' }).click();
    await expect(page.getByRole('button', { name: 'Run study' })).toBeVisible();
    await expect(alert(page)).toBeHidden();
  });

  test('after the first visit everything works without a network, and an open page over a new build', async ({
    page,
  }) => {
    // Some 17 MB are fetched, many files at a time, when the page has nothing better to do.
    await page.goto(`${host.address}#about`);
    await expect(
      page.getByText(/^Everything this page can do is kept in this browser: \d+\.\d MB\./),
    ).toBeVisible({
      timeout: 90_000,
    });
    // Nothing but Explain and About was ever opened.
    host.serve(other);
    await tab(page, 'Study').click();
    await expect(page.getByRole('button', { name: 'Run study' })).toBeVisible();
    await expect(alert(page)).toBeHidden();

    await host.stop();
    await page.goto(`${host.address}#explain`);
    await page.reload();
    await expect(ready(page)).toBeVisible();
    await visitAll(page);
    expect(JSON.parse((await saveAnalysis(page)).buffer.toString()).schema).toBe('supersign/analysis');
    const { format } = await sharp((await saveFigure(page, 'All layers', 'PNG')).buffer).metadata();
    expect(format).toBe('png');
    await page.getByRole('button', { name: 'Figure sheet' }).click();
    await expect(page.getByRole('dialog', { name: 'Figure sheet' })).toBeVisible();
    await page.keyboard.press('Escape');
    const keras = 'src/network/keras/fixtures/resnet.keras2.h5';
    await drop(page, fileFrom('resnet.h5', path.join(root, keras)));
    await expect(status(page)).toHaveText(/Ready: 6 layers/);
    await page.getByRole('combobox', { name: 'Model' }).selectOption('pictographs');
    await expect(ready(page).or(status(page).filter({ hasText: /Ready: \d+ layers?/ }))).toBeVisible();
    await expect(alert(page)).toBeHidden();
  });
});

test('a new build under an open page costs nothing that is on screen, and what is the reader’s own goes through the loading', async ({
  page,
}) => {
  host = await staticHost({ isolates: true, build: first });
  await page.goto(host.address);
  await expect(ready(page)).toBeVisible();
  await drop(page, ...openNetworkFiles());
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('file:model');
  const own = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#5a3' } })
    .png()
    .toBuffer();
  await drop(page, file('leaf.png', own));
  await expect(caption(page)).toContainText('leaf.png, 64 × 48');
  const before = (await script(page).getAttribute('src')) ?? '';

  host.serve(other);
  await tab(page, 'Study').click();
  await expect(page.getByText('This part of the page could not be loaded.')).toBeVisible();
  await expect(alert(page)).toContainText('A newer version of this page is there.');
  await tab(page, 'Explain').click();
  await expect(saliencyCanvas(page)).toBeVisible();
  await page.getByRole('button', { name: 'Export analysis' }).click();
  // A sound file is not called damaged.
  await drop(page, fileFrom('resnet.h5', path.join(root, 'src/network/keras/fixtures/resnet.keras2.h5')));
  await expect(alert(page).filter({ hasText: 'resnet' })).toHaveText(
    /^resnet\.h5 could not be opened: a part of the page could not be loaded\./,
  );

  await page.getByRole('button', { name: 'Load the page again' }).click();
  // Until the page has laid down what goes through the loading, it is the one before, with the same things on screen.
  await expect(script(page)).not.toHaveAttribute('src', before);
  await expect(caption(page)).toContainText('leaf.png, 64 × 48');
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('file:model');
  await visitAll(page);
  await expect(alert(page)).toBeHidden();
});
