import type { Page } from '@playwright/test';
import {
  chart,
  measured,
  openPage,
  record,
  status,
  tableOfValues,
  trustMeasured,
  unfoldMeasuring,
} from './support/explain-page';
import { expect, test } from './support/shared-page';

const pick = (page: Page, control: string, option: string) =>
  page.getByRole('combobox', { name: control }).selectOption(option);

const entropyColumn = async (page: Page) => (await tableOfValues(page)).map(({ Entropy }) => Entropy);

/** Places of the drawn values, from left to right, in the chart's own pixels. */
const points = (page: Page) =>
  chart(page)
    .locator('circle.value')
    .evaluateAll((circles) =>
      circles
        .map((circle) => ({ x: Number(circle.getAttribute('cx')), y: Number(circle.getAttribute('cy')) }))
        .sort((a, b) => a.x - b.x),
    );

test('another measure, grid and border change the numbers, not the maps', async ({ page }) => {
  await openPage(page);
  await measured(page);
  await trustMeasured(page);
  const ready = await status(page).textContent();
  const statusTexts = await record(status(page));
  const requests: string[] = [];
  page.on('request', (request) => {
    // Chromium asks for the icon anew whenever the address changes.
    if (!request.url().endsWith('/icon.svg')) requests.push(request.url());
  });

  let before = await entropyColumn(page);
  const changes = async (what: string, work: () => Promise<unknown>) => {
    await work();
    await expect.poll(() => entropyColumn(page), what).not.toEqual(before);
    before = await entropyColumn(page);
  };
  await unfoldMeasuring(page);
  await changes('Native', () => page.getByRole('button', { name: 'Native', exact: true }).click());
  await changes('torus', () => pick(page, 'Border', 'torus'));
  await changes('GLCM', () => pick(page, 'Entropy measure', 'Co-occurrence matrix (GLCM)'));
  await measured(page);

  expect(await statusTexts(), 'the network did not run').toEqual([]);
  await expect(status(page)).toHaveText(ready ?? '');
  expect(requests, 'nothing was loaded').toEqual([]);
});

test('the table holds the numbers that the chart draws', async ({ page }) => {
  await openPage(page);
  await measured(page);
  await page.getByText('Table of values').click();
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(13);
  const values = (await tableOfValues(page))
    .filter((row) => row.Entropy !== '')
    .map((row) => Number(row.Entropy));
  const drawn = await points(page);
  // A map without evidence may be drawn as a point on the floor; it stands for no number.
  const floor = Math.max(...drawn.map(({ y }) => y));
  const heights = (drawn.length > values.length ? drawn.filter(({ y }) => y < floor) : drawn).map(
    ({ y }) => y,
  );
  expect(heights).toHaveLength(values.length);

  // The scale from the tick labels of the axis: pixels of one unit of entropy.
  const tickAt = async (text: string) => {
    const tick = chart(page)
      .locator('text')
      .filter({ hasText: new RegExp(`^${text}$`) })
      .first();
    return Number(await tick.getAttribute('y'));
  };
  const unit = (await tickAt('0\\.0')) - (await tickAt('1\\.0'));
  expect(unit).toBeGreaterThan(20);
  for (let i = 1; i < values.length; i++) {
    const expected = (values[0] - values[i]) * unit;
    expect(Math.abs(heights[i] - heights[0] - expected), `point ${i + 1}`).toBeLessThan(0.1);
  }
});

test('the null band appears beside the values, and what it says is in the table', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const band = await chart(page).locator('.null-band').boundingBox();
  expect(band?.width).toBeGreaterThan(300);
  const rows = (await tableOfValues(page)).filter((row) => row['Null mean'] !== '');
  expect(rows.length).toBeGreaterThanOrEqual(11);
  for (const row of rows) {
    const [entropy, mean, structure] = [row.Entropy, row['Null mean'], row.Structure].map(Number);
    expect(Number(row['Null sd'])).toBeGreaterThanOrEqual(0);
    expect(Math.abs(structure - (1 - entropy / mean)), row.Layer).toBeLessThan(0.001);
  }
});

test('the tooltip tells the numbers of the layer under the pointer', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const [, second] = await points(page);
  const [, row] = await tableOfValues(page);
  const plot = await chart(page).boundingBox();
  if (!plot) throw new Error('The chart is not on screen.');
  await page.mouse.move(plot.x + second.x, plot.y + second.y);
  const tooltip = page.getByRole('figure').filter({ has: chart(page) });
  for (const number of [row.Entropy, row['Null mean'], row['Null sd'], row.Structure]) {
    await expect(tooltip).toContainText(Number(number).toFixed(3).slice(0, -1));
  }
});

test('the values are copied as a table that other programs read', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
  await openPage(page);
  await measured(page);
  await page.getByText('Table of values').click();
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const [head, ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  expect(head).toContain('entropy');
  const copied = lines.map((line) => line[head.indexOf('entropy')]);
  const shown = await entropyColumn(page);
  expect(copied.map((number) => (number === '' ? '' : Number(number).toFixed(4)))).toEqual(shown);
});
