import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import {
  alert,
  atRest,
  caption,
  openPage,
  predictions,
  quick,
  ready,
  shown,
  status,
} from './support/explain-page';
import { shared, type TestFile } from './support/files';
import { expect, test } from './support/shared-page';
import { tinyNetworkFiles } from './support/tiny-network';

async function openModel(page: Page, files: TestFile[] | string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open model' }).click();
  await (await chooser).setFiles(files as TestFile[]);
}

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });

test('a network of files explains the picture on screen, and the first one comes back', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&class=2&${quick}`);
  await openModel(page, tinyNetworkFiles());
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  await expect(model(page)).toHaveValue(/^file:model( \(\d+\))?$/);
  await expect(caption(page)).toContainText('Parachute');
  expect((await predictions(page)).map(({ label }) => label).sort()).toEqual(
    [0, 1, 2, 3].map((index) => `class ${index}`),
  );
  await page.getByRole('combobox', { name: 'Input scaling' }).selectOption('Caffe BGR');
  await ready(page);
  await expect(page).toHaveURL(/[?&]scaling=caffe(&|$)/);
  await model(page).selectOption('photos10');
  await expect(status(page)).toHaveText(/Ready: 12 layers/);
  expect((await predictions(page))[0].label).toBe('parachute');
});

const [description, weights] = tinyNetworkFiles();
const cut = { ...weights, buffer: weights.buffer.subarray(0, 100) };
const broken = { ...description, buffer: description.buffer.subarray(0, 900) };

// What else is refused: network-files.test.ts, stored-bytes.test.ts, build.test.ts and layers-model.test.ts in src/network.
const refusals = [
  { what: 'with weights cut off', files: [description, cut], says: 'are only 100 bytes long instead of' },
  { what: 'that is no JSON', files: [broken, weights], says: 'is no JSON' },
];

test('a network that is not sound is refused with a reason, and the last one stays', async ({ page }) => {
  await openPage(page, `#explain?image=church&${quick}`);
  for (const [i, { what, files, says }] of refusals.entries()) {
    await test.step(what, async () => {
      await openModel(page, files);
      await expect(alert(page)).toContainText(says);
      await ready(page);
      await expect(model(page)).toHaveValue('photos10');
      const other = ['golf ball', 'parachute'][i % 2];
      await page.getByRole('combobox', { name: 'Class to explain' }).selectOption(other);
      await expect(alert(page)).toBeHidden();
      await expect(status(page)).toHaveText(/Ready: 12 layers/);
      await expect(caption(page)).toContainText('Church');
    });
  }
});

test('a network from an address, and one that is not there', async ({ page }) => {
  await page.route('**/elsewhere/two/model.json', (route) => route.fulfill({ body: description.buffer }));
  await page.route('**/elsewhere/two/weights.bin', (route) => route.fulfill({ body: weights.buffer }));
  await openPage(page, `#explain?model=elsewhere/two/model.json&image=church&${quick}`);
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  await expect(model(page).locator('option:checked')).toHaveText('two');
  await atRest(page);
  await openPage(page, `#explain?model=elsewhere/none/model.json&image=church&${quick}`);
  await expect(alert(page)).toContainText('elsewhere/none/model.json');
  await expect(status(page)).toHaveText(/Ready: 12 layers/);
});

test('MobileNet of 27 convolutions names photographs (skipped where ../shared is absent)', async ({
  page,
}) => {
  test.skip(!existsSync(shared), 'no ../shared beside the checkout');
  test.slow();
  const folder = path.join(shared, 'models/mobilenet_v1_0.75_224');
  await openPage(page, `#explain?${quick}`);
  const photo = readdirSync(path.join(shared, 'photos')).find((file) => /tench/.test(file)) ?? '';
  await page.locator('input[type=file]:not([data-picker])').setInputFiles(path.join(shared, 'photos', photo));
  await shown(page, photo);
  await openModel(
    page,
    readdirSync(folder).map((file) => path.join(folder, file)),
  );
  await expect(status(page)).toHaveText(/Ready: 27 layers/, { timeout: 60_000 });
  await expect(caption(page)).toContainText(photo);
  expect((await predictions(page))[0].label).toBe('tench');
});
