import type { Page } from '@playwright/test';
import { alert, caption, openPage, predictions, quick, ready, shown } from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import { scene } from './support/scene';
import { expect, test } from './support/shared-page';
import { openStudyPage } from './support/study-page';
import { openNetworkFiles, tinyNetworkFiles } from './support/tiny-network';

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
/** Its number tells it from networks of the same name that were opened before. */
const tinyModel = /^file:model( \(\d+\))?$/;
const picture = async (name: string): Promise<TestFile> => file(name, await scene().png().toBuffer());
const within = (folder: string, files: TestFile[]) =>
  files.map((each) => ({ ...each, name: `${folder}-${each.name}` }));

test('a picture and a network in one drop are both opened', async ({ page }) => {
  await openPage(page, `#explain?image=church&${quick}`);
  await drop(page, await picture('canopy.png'), ...tinyNetworkFiles());
  await shown(page, 'canopy.png');
  await expect(model(page)).toHaveValue(tinyModel);
  expect((await predictions(page)).map(({ label }) => label).sort()).toEqual(
    [0, 1, 2, 3].map((index) => `class ${index}`),
  );
});

test('of two networks in one drop the page asks which, by keys too', async ({ page }) => {
  await openPage(page, `#explain?image=church&${quick}`);
  const [description, weights] = tinyNetworkFiles();
  const dialog = page.getByRole('dialog', { name: 'Which network?' });
  const both = [description, { ...within('open', openNetworkFiles())[0] }, weights];
  await drop(page, ...both);
  await expect(dialog).toContainText('2 networks came together');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(model(page)).toHaveValue('photos10');
  await drop(page, ...both);
  await dialog.getByRole('button', { name: 'model.json', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(model(page)).toHaveValue(tinyModel);
  await ready(page);
});

test('a drop outside the page’s own box is taken, and none replaces the page', async ({ page }) => {
  await openPage(page, `#explain?image=church&${quick}`);
  const dropOn = (selector: string, dataTransfer: unknown) =>
    page.evaluate(
      ([selector, dataTransfer]) => {
        const target = document.querySelector(selector as string) as Element;
        const event = (type: string) =>
          new DragEvent(type, {
            dataTransfer: dataTransfer as DataTransfer,
            bubbles: true,
            cancelable: true,
          });
        // What is not prevented the browser would open in place of the page.
        return ['dragover', 'drop'].map((type) => !target.dispatchEvent(event(type)));
      },
      [selector, dataTransfer],
    );
  const carried = await page.evaluateHandle(
    async (base64) => {
      const dataTransfer = new DataTransfer();
      const bytes = await (await fetch(`data:;base64,${base64}`)).blob();
      dataTransfer.items.add(new File([bytes], 'canopy.png', { type: 'image/png' }));
      return dataTransfer;
    },
    (await picture('canopy.png')).buffer.toString('base64'),
  );
  expect(await dropOn('html', carried)).toEqual([true, true]);
  await shown(page, 'canopy.png');
  await page.getByRole('button', { name: 'Example: Church' }).click();
  await expect(caption(page)).toContainText('Church');
  await ready(page);
  await page.getByRole('button', { name: 'Figure sheet' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await dropOn('dialog', carried)).toEqual([true, true]);
  await page.keyboard.press('Escape');
  await expect(caption(page)).toContainText('Church');
});

test('a file of another kind is told in the same words in every workspace', async ({ page }) => {
  const model = file(
    'model.tflite',
    Buffer.concat([Buffer.from([28, 0, 0, 0]), Buffer.from('TFL3'), Buffer.alloc(64)]),
  );
  const says = /^model\.tflite is a TensorFlow Lite model.*model\.save\('model\.keras'\)/;
  await openPage(page, `#explain?${quick}`);
  await drop(page, model);
  await expect(alert(page).getByText(says)).toBeVisible();
  await page.getByRole('button', { name: 'Close message' }).click();
  await page.getByRole('tab', { name: 'Optimise' }).click();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeVisible();
  await drop(page, model);
  await expect(alert(page).getByText(says)).toBeVisible();
  await page.getByRole('button', { name: 'Close message' }).click();
  await openStudyPage(page);
  await drop(page, model);
  await expect(alert(page).getByText(says)).toBeVisible();
});
