import sharp from 'sharp';
import { caption, openExample, openPage, quick, shown } from './support/explain-page';
import { drop, file } from './support/files';
import { expect, test } from './support/shared-page';

test('back and forward return to the pictures before, a file of one’s own included; the title names them', async ({
  page,
}) => {
  await openPage(page, `#explain?${quick}`);
  const first = (await caption(page).textContent())?.split(',')[0] ?? '';
  const grey = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  await drop(page, file('grey.png', grey));
  await shown(page, 'grey.png');
  await openExample(page, 'Parachute');
  await expect(page).toHaveTitle('Parachute – Supersign');
  await expect(page).toHaveURL(/[?&]image=parachute(&|$)/);
  await page.goBack();
  await shown(page, 'grey.png');
  await page.goBack();
  await shown(page, first);
  await expect(page).toHaveTitle(`${first} – Supersign`);
  await page.goForward();
  await shown(page, 'grey.png');
});
