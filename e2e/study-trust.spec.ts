import type { Page } from '@playwright/test';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { parseStudy } from '../src/study/file/study-file';
import { expect, test } from './support/cleared-page';
import { saved } from './support/downloads';
import { status } from './support/explain-page';
import { drop, file } from './support/files';
import { pngOfSize } from './support/png';
import { example, openStudyPage, rows } from './support/study-page';

const trust = (page: Page) => page.getByRole('region', { name: 'Trust', exact: true });

/** A mask of so many pixels, its upper half inside, or nothing. */
function mask(width: number, height: number, { empty = false } = {}): Uint8Array {
  const lines = Buffer.alloc(height * (1 + width));
  for (let y = 0; y < height / 2 && !empty; y++) lines.fill(255, y * (1 + width) + 1, (y + 1) * (1 + width));
  return new Uint8Array(pngOfSize(width, height, lines));
}

/** Pictures of 448 x 448 with masks of every kind. */
const pictures = Buffer.from(
  zipOf([
    ...['church', 'golf ball', 'tench', 'gas pump'].map((name) => ({
      name: `${name}/one.jpg`,
      content: new Uint8Array(example(name.replace(' ', '-'))),
    })),
    { name: 'masks/church/one.png', content: mask(448, 448) },
    { name: 'masks/golf ball/one.png', content: mask(64, 64) },
    { name: 'masks/tench/one.png', content: mask(300, 200) },
    { name: 'masks/gas pump/one.png', content: mask(448, 448, { empty: true }) },
    { name: 'masks/gas pump/two.png', content: mask(448, 448) },
  ]),
);

test('trust over pictures with masks of every kind: begun, paused, gone on with, saved and opened again', async ({
  page,
}) => {
  await openStudyPage(page, '#study?backend=wasm&levels=16&grid=native&shuffles=2');
  await drop(page, file('masked.zip', pictures));
  await expect(status(page)).toHaveText('4 images in 4 folders, ready to be studied');
  await page.getByText('1 cannot be read').click();
  await expect(page.getByText('is a mask, but no picture has its name.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Trust of the maps' }).selectOption('quick measures');

  await page.getByRole('button', { name: 'Run study' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveText(/^Paused at [0-3] of 4 images$/);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(status(page)).toHaveText(/^Ready: 4 images in /, { timeout: 60_000 });

  const told = async () => {
    await expect(trust(page)).toContainText(
      '3 images of 4 have masks; 1 of them is empty, where nothing can be found; localisation is measured on those only.',
    );
    await trust(page).getByText('1 mask not used, 1 mask of another size than the image').click();
    await trust(page).getByText('3 maps are zero everywhere, with no trust to measure').click();
    await expect(trust(page).getByRole('listitem')).toHaveText([
      'The mask of golf ball/one.jpg is 64 × 64 pixels, its image 448 × 448: it is scaled.',
      'The mask of tench/one.jpg is 300 × 200 pixels, its image 448 × 448: of another shape, it is not used.',
      'Grad-CAM at conv4_2: of 1 image',
      'Grad-CAM at conv5_1: of 2 images',
    ]);
    const table = trust(page).getByRole('table', { name: 'Methods by measures' });
    await expect(table.getByRole('row', { name: /^Pointing game/ })).toContainText('2 images');
    await expect(table.getByRole('row', { name: /^Max-sensitivity/ })).not.toContainText('images');
    return table.innerText();
  };
  const shown = await told();
  const whole = await saved(page, async () => {
    await page.getByRole('button', { name: 'Export study' }).click();
    await page.getByRole('menuitem', { name: 'Study file', exact: true }).click();
  });
  const study = await parseStudy(new Blob([new Uint8Array(whole.buffer)]));
  expect(study.settings.trust?.methods).toEqual(['grad-cam']);
  expect(study.images).toHaveLength(4);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Open study' })).toBeEnabled();
  await drop(page, whole);
  await expect(rows(page)).toHaveCount(4);
  expect(await told()).toBe(shown);
});
