import { layerSlider, openPage } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('the tabs lead to each workspace by pointer and keys, and back to it as it was left', async ({
  page,
}) => {
  await openPage(page, '#explain?image=parachute&layer=conv3_1');
  await page.getByRole('tab', { name: 'Study' }).click();
  await expect(page).toHaveURL(/#study/);
  await expect(page).toHaveTitle('Study – Supersign');
  await expect(page.getByRole('tabpanel', { name: 'Study' })).toBeVisible();
  await expect(layerSlider(page)).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Optimise', selected: true })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Optimise' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/#explain\?.*image=parachute/);
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_1/);
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Optimise', selected: true })).toBeVisible();
});
