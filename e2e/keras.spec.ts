import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import sentences from '../src/network/keras/fixtures/bad/sentences.json' with { type: 'json' };
import { expect, test } from './support/cleared-page';
import { alert, caption, openPage, predictions, quick, ready, status } from './support/explain-page';
import { shared } from './support/files';
import { serveTinyNetwork } from './support/tiny-network';

const fixtures = path.resolve(import.meta.dirname, '../src/network/keras/fixtures');
const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });

async function openModel(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open model' }).click();
  await (await chooser).setFiles(file);
}

const opened = [
  { file: 'resnet.keras2.h5', layers: 6 },
  { file: 'efficientnet.keras3.keras', layers: 5 },
];

const refused = [
  'weights-only.h5',
  'half.h5',
  'jpeg.keras',
  'bomb-config.keras',
  'lambda.keras',
  'nan.h5',
] as const;

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('networks of Keras explain the picture on screen; those refused say why, and the last one stays (one that reads grey pictures is skipped where ../shared is absent)', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  for (const { file, layers } of opened) {
    await test.step(file, async () => {
      await openModel(page, path.join(fixtures, file));
      await expect(status(page)).toHaveText(new RegExp(`Ready: ${layers} layers`));
      await expect(model(page)).toHaveValue(`file:${file.replace(/\.[a-z0-9]+$/, '')}`);
      await expect(caption(page)).toContainText('Parachute');
      expect((await predictions(page)).map(({ label }) => label).sort()).toEqual(
        [0, 1, 2, 3, 4].map((index) => `class ${index}`),
      );
    });
  }
  for (const file of refused) {
    await test.step(file, async () => {
      await openModel(page, path.join(fixtures, 'bad', file));
      await expect(alert(page)).toContainText(sentences[file]);
      await ready(page);
      await expect(model(page)).toHaveValue('file:efficientnet.keras3');
      await page.getByRole('button', { name: 'Close message' }).click();
      await expect(alert(page)).toBeHidden();
    });
  }
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('class 3');
  await expect(page).toHaveURL(/class=3/);
  await expect(status(page)).toHaveText(/Ready: 5 layers/);
  await expect(caption(page)).toContainText('Parachute');
  if (!existsSync(shared)) return;
  await test.step('mini-XCEPTION reads grey pictures', async () => {
    await openModel(page, path.join(shared, 'models/fer2013_mini_XCEPTION.hdf5'));
    await expect(model(page).locator('option:checked')).toHaveText(/^fer2013_mini_XCEPTION/);
    await expect(status(page)).toHaveText(/Ready: \d+ layers?/);
    expect(await predictions(page)).toHaveLength(5);
    await expect(page.getByRole('combobox', { name: 'Input scaling' })).toContainText('-1 to 1');
  });
});

test('a network of Keras from an address', async ({ page }) => {
  await page.route('**/elsewhere/vgg.keras', (route) =>
    route.fulfill({ path: path.join(fixtures, 'vgg.keras3.keras') }),
  );
  await openPage(page, `#explain?model=elsewhere/vgg.keras&image=church&${quick}`);
  await expect(status(page)).toHaveText(/Ready: 4 layers/);
  await expect(model(page).locator('option:checked')).toHaveText('vgg');
});
