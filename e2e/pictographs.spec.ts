import { caption, goTo, openPage, predictions, quick, shown } from './support/explain-page';
import { drop, file } from './support/files';
import { scene } from './support/scene';
import { expect, test } from './support/shared-page';
import { test as ofItsOwn } from './support/test';

test('the network of pictographs comes with examples of its own and reads each of them right', async ({
  page,
}) => {
  await openPage(page, `#explain?${quick}`);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('pictographs');
  await shown(page, 'Face');
  const examples = page.getByRole('button', { name: /^Example: / });
  await expect(examples).toHaveCount(10);
  for (const title of ['House', 'Bicycle', 'Robot']) {
    await page.getByRole('button', { name: `Example: ${title}` }).click();
    await shown(page, title);
    expect((await predictions(page))[0].label).toBe(title.toLowerCase());
  }
  await expect(page).toHaveURL(/model=pictographs.*image=pictograph-robot/);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('photos10');
  await shown(page, 'French horn');
  await expect(caption(page)).toContainText('French horn, ');
  await expect(page.getByRole('button', { name: 'Example: Robot' })).toHaveCount(0);
});

ofItsOwn(
  'an address that names the network opens its first example, or reads the picture of one’s own anew',
  async ({ page }) => {
    await openPage(page, `#explain?model=pictographs&${quick}`);
    await shown(page, 'Face');
    await drop(page, file('canopy.png', await scene().png().toBuffer()));
    await shown(page, 'canopy.png');
    await goTo(page, `#explain?image=church&model=photos10&${quick}`);
    await shown(page, 'Church');
    await goTo(page, `#explain?model=pictographs&${quick}`);
    await shown(page, 'canopy.png');
    await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('pictographs');
  },
);
