import { saveFigure } from './support/downloads';
import { layerSlider, openPage, quick } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('concepts are colours over the picture, as many as are asked for, and go into files', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&view=concepts&concepts=3&layer=conv4_3&${quick}`);
  const legend = (layer: string) => page.getByRole('list', { name: `Concepts of ${layer}` });
  await expect(legend('conv4_3').getByRole('listitem')).toHaveCount(3);
  await expect(legend('conv4_3')).not.toContainText('by itself');
  await expect(page.getByRole('img', { name: 'Concepts of conv4_3' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Concepts' }).selectOption('6');
  await expect(page).toHaveURL(/[?&]concepts=6(&|$)/);
  await expect(legend('conv4_3').getByRole('listitem')).toHaveCount(6);
  await layerSlider(page).press('End');
  // Behind the last layer come a mean and a linear end: what that makes of each is told.
  await expect(legend('conv5_2').getByRole('listitem').first()).toContainText(/by itself: .+ %$/);
  const csv = (await saveFigure(page, 'Concepts of conv5_2', 'CSV')).buffer.toString('utf8');
  const [head, ...rows] = csv.trim().split('\r\n');
  expect(head).toContain('layer,name,concept,colour,share,worth,layer_worth,explained,class_1,probability_1');
  const last = rows.filter((row) => row.startsWith('12,conv5_2,')).map((row) => row.split(','));
  expect(last).toHaveLength(6);
  expect(last.reduce((sum, [, , , , share]) => sum + Number(share), 0)).toBeCloseTo(1, 5);
  const svg = (await saveFigure(page, 'Concepts of conv5_2', 'SVG')).buffer.toString('utf8');
  expect(svg).toContain('6 concepts of conv5_2');
});
