import sharp from 'sharp';
import { caption, openExample, openPage, saliencyCanvas, shown } from './support/explain-page';
import { drop, file } from './support/files';
import { expect, test } from './support/shared-page';

test('back and forward return to the pictures before, a file of one’s own included', async ({ page }) => {
  await openPage(page);
  const first = (await caption(page).textContent())?.split(',')[0] ?? '';
  const grey = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  await drop(page, file('grey.png', grey));
  await shown(page, 'grey.png');
  await openExample(page, 'Parachute');
  await expect(page).toHaveTitle('Parachute – Supersign');
  await page.goBack();
  await shown(page, 'grey.png');
  await page.goBack();
  await shown(page, first);
  await page.goForward();
  await shown(page, 'grey.png');
});

test('the pointer reads the map’s own value', async ({ page }) => {
  await openPage(page);
  const canvas = saliencyCanvas(page);
  const { x, y, width } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await page.mouse.move(x + width * 0.01, y + width * 0.99);
  await expect(caption(page)).toContainText(/^\d[\d.e-]* at column 1, row 7 of 7 × 7/);
  await page.mouse.move(x + width * 0.5, y + width + 20);
  await expect(caption(page)).not.toContainText('column');
});
