import path from 'node:path';
import { expect, test } from './support/cleared-page';
import { analysisIn, saveAnalysis } from './support/downloads';
import { measured, openPage, quick, status } from './support/explain-page';
import { drop, file, fileFrom } from './support/files';
import { serveTinyNetwork } from './support/tiny-network';

const fixtures = path.resolve(import.meta.dirname, '../src/network/targets/fixtures');
const network = (name: string) => fileFrom(`${name}.onnx`, path.join(fixtures, `${name}.onnx`));

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('of a segmenter a region is explained that is clicked, or chosen by keyboard', async ({ page }) => {
  await openPage(page, `#explain?backend=wasm&image=parachute&${quick}`);
  await drop(page, network('fcn'));
  const regions = page.getByRole('region', { name: 'Regions' });
  await expect(regions).toBeVisible();
  await measured(page);
  await page.getByRole('img', { name: /^Regions of/ }).click({ position: { x: 40, y: 40 }, force: true });
  await expect(page).toHaveURL(/region=\d+%2C\d+/);
  await measured(page);
  await expect(status(page)).toContainText('Ready');
  const { target } = analysisIn(await saveAnalysis(page));
  expect(target).toMatchObject({ kind: 'region', index: expect.any(Number), value: expect.any(Number) });
  expect(target.place).toHaveLength(2);
  const whole = regions.getByRole('button', { name: /^channel \d/ }).first();
  await whole.focus();
  await page.keyboard.press('Enter');
  await expect(whole).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/region=class/);
});

test('of a detector a box is explained that is chosen by keyboard; one that is not there is said', async ({
  page,
}) => {
  await openPage(page, `#explain?backend=wasm&image=parachute&${quick}`);
  await drop(page, network('yolo8'), file('labels.txt', 'ant\nbee\ncat\ndog\neel\n'));
  const boxes = page.getByRole('region', { name: 'Boxes' });
  const first = boxes.getByRole('button').first();
  await expect(first).toContainText('%');
  await measured(page);
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/box=\d+/);
  await measured(page);
  const { target } = analysisIn(await saveAnalysis(page));
  expect(target).toMatchObject({ kind: 'box', box: expect.any(Number) });
  await page.getByLabel('Of this box').selectOption('place');
  await expect(page).toHaveURL(/part=place/);
  await measured(page);
  const placed = analysisIn(await saveAnalysis(page)).target;
  expect(placed).toMatchObject({ kind: 'box', box: target.box, part: 'place', value: expect.any(Number) });
  await page.goto(page.url().replace(/box=\d+/, 'box=999'));
  await expect(page.getByRole('alert')).toContainText('This picture has no box 999.');
});
