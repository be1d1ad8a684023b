import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/cleared-page';
import { saveAnalysis } from './support/downloads';
import { alert, openPage, quick, signsFound, status } from './support/explain-page';
import { serveTinyNetwork } from './support/tiny-network';

const fixtures = path.resolve(import.meta.dirname, '../src/saliency/attention/fixtures');

async function openModel(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open model' }).click();
  await (await chooser).setFiles(file);
}

const method = (page: Page) => page.getByRole('combobox', { name: 'Saliency method' });

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('a transformer shows where a patch looks that is pointed at, by mouse and by keyboard, head by head', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await expect(method(page).getByRole('option', { name: 'LeGrad' })).toHaveCount(0);
  await openModel(page, path.join(fixtures, 'class-token.onnx'));
  await expect(status(page)).toHaveText(/Ready: \d layers/);
  await method(page).selectOption('LeGrad');
  await expect(status(page)).toHaveText(/Ready: 3 layers/);
  await expect(page.getByText('Attention says where tokens look, not what decides.')).toBeVisible();
  await method(page).selectOption('Attention');
  const picker = page.getByRole('button', { name: 'Patch that looks' });
  await expect(picker).toHaveAccessibleName('Patch that looks: none, the class token');
  await picker.click({ position: { x: 5, y: 5 } });
  await expect(picker).toHaveAccessibleName('Patch that looks: column 1, row 1 of 3 × 2');
  // Under the pointer the value of a place is told.
  await page.mouse.move(700, 5);
  await picker.press('ArrowRight');
  await expect(picker).toHaveAccessibleName('Patch that looks: column 2, row 1 of 3 × 2');
  await expect(page).toHaveURL(/token=0.5(,|%2C)0.25/);
  await page.getByRole('combobox', { name: 'Head' }).selectOption('Head 2');
  await expect(page).toHaveURL(/head=2/);
  await expect(status(page)).toHaveText(/Ready: 3 layers/);
  await signsFound(page);
  const analysis = JSON.parse((await saveAnalysis(page)).buffer.toString('utf8'));
  expect(analysis.settings).toMatchObject({
    method: 'attention',
    attention: { token: [0.5, 0.25], head: 2 },
  });
  expect(analysis.layers).toHaveLength(3);
  await picker.press('Escape');
  await expect(picker).toHaveAccessibleName('Patch that looks: none, the class token');
  await page.getByRole('combobox', { name: 'Model' }).selectOption('photos10');
  await expect(alert(page)).toContainText('photos10 has no Attention. Here Grad-CAM is shown.');
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  await expect(method(page)).toHaveValue('grad-cam');
  await expect(page).toHaveURL(/method=grad-cam&/);
});
