import type { Locator, Page } from '@playwright/test';
import { violations } from './support/axe';
import { expect, test } from './support/cleared-page';
import { saved } from './support/downloads';
import { alert, atRest, readyText, status } from './support/explain-page';
import { drop, file } from './support/files';

/** Three blocks, two of which can be taken out, and one order beside that of superization. */
const tiny =
  'preset=own&architecture=relu-same-norm-average_c8-c8-c8-max_c8-none&side=16&batch=16&train=160&heldout=60' +
  '&profiled=6&levels=16&first=2&each=1&trainings=2&tolerance=40&l1=0&largest=0';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const figure = (page: Page, name: string): Locator => page.getByRole('img', { name, exact: true });
const steps = (page: Page): Locator =>
  page.getByRole('list', { name: 'Steps of the search' }).getByRole('listitem');
const over = /^The search is over\./;

test('a search tells its steps, ends with a verdict, and is exported and opened again; one that cannot be made is said, and a file that holds none refused', async ({
  page,
}) => {
  await page.goto(`/#optimise?${tiny}`);
  await button(page, 'Search').click();
  await expect(status(page)).toContainText('as the reference');
  await expect(steps(page).first()).toContainText('The whole architecture, 4 blocks, as the reference.');
  await expect(status(page)).toHaveText(over);

  // The reference, and two networks of each of two orders.
  await expect(steps(page)).toHaveCount(5);
  await expect(steps(page).nth(1)).toContainText(
    /least superization.*Take out conv1_\d, .+ least superization; its entropy/,
  );
  await expect(steps(page).nth(1)).toContainText(
    /of the validation pictures are named right, .+ against the reference/,
  );
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText(
    'Against random order: only one seed (1), so that chance cannot be told',
  );
  await expect(verdict).toContainText(/parameters, \d+ % fewer than the whole one|whole network is the best/);
  await expect(figure(page, 'Networks tried').locator('.network')).toHaveCount(6);
  await expect(figure(page, 'Accuracy against cost')).toContainText('Accuracy against parameters');
  await page.getByRole('combobox', { name: 'Cost' }).selectOption('latency');
  await expect(figure(page, 'Accuracy against cost')).toContainText('milliseconds a picture');
  await expect(figure(page, 'Entropy before and after')).toContainText('before');
  const table = page.getByRole('region', { name: 'Results by order' }).getByRole('row');
  await expect(table).toHaveCount(4);
  await expect(table.nth(1)).toContainText('Reference');
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await violations(page), 'on a phone').toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1440, height: 900 });

  const told = await verdict.textContent();
  const search = await saved(page, () => button(page, 'Export search').click());
  expect(JSON.parse(search.buffer.toString())).toMatchObject({ schema: 'supersign/search', version: 1 });
  const csv = await saved(page, async () => {
    await button(page, 'Export Networks tried').click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
  });
  expect(csv.buffer.toString().trim().split('\n')).toHaveLength(6);

  // On another machine: nothing is kept there.
  const { origin } = new URL(page.url());
  const context = await page.context().browser()?.newContext({ baseURL: origin });
  const other = await (context as NonNullable<typeof context>).newPage();
  await other.goto('/#optimise');
  await expect(button(other, 'Export search')).toBeDisabled();
  await test.step('a file that holds none is refused', async () => {
    const picker = other.locator('[data-picker="search"]');
    await picker.setInputFiles(file('other.json', '{"schema":"something"}'));
    await expect(alert(other)).toContainText('other.json: This file holds no search.');
    await picker.setInputFiles(file('cut.json', '{"schema":"supersign/search","version":1'));
    await expect(alert(other)).toContainText('cut.json: This file is no JSON, or it breaks off.');
  });
  await atRest(other);
  await test.step('one that cannot be made is said', async () => {
    await other.goto(
      '/#optimise?preset=own&architecture=relu-same-average_c8-max_c8-none&side=16&direction=grow',
    );
    await button(other, 'Search').click();
    await expect(alert(other)).toContainText('Nothing can be added');
    await expect(status(other)).toHaveText('Ready to train.');
  });
  await drop(other, file('my search.json', search.buffer));
  await expect(other.getByRole('region', { name: 'Verdict' })).toHaveText(told ?? '');
  await expect(steps(other)).toHaveCount(5);
  await expect(status(other)).toContainText('Opened from my search.json');
  await button(other, 'Use in Explain').click();
  await expect(status(other)).toHaveText(readyText);
  await expect(other.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toContainText(
    'reduced',
  );
  await context?.close();
});

test('a search takes out filters, is stopped, kept over a reload, gone on with, and its network is read by Explain', async ({
  page,
}) => {
  await page.goto(
    `/#optimise?${tiny}&train=400&each=4&trainings=1&unit=filters&distil=0.5&last=1&taylor=1&random=0`,
  );
  await expect(page.getByRole('combobox', { name: 'Takes out' })).toHaveValue('filters');
  await button(page, 'Search').click();
  await expect(steps(page).nth(1)).toContainText(/Take out \d+ filters? of conv\d_\d.*: least superization/);
  await test.step('stopped, it keeps what it tried over a reload', async () => {
    await button(page, 'Stop search').click();
    await expect(status(page)).toHaveText(/^Stopped\. The best network so far is kept\./);
    await expect(button(page, 'Export network')).toBeVisible();
    const tried = await steps(page).count();
    await page.reload();
    await expect(steps(page)).toHaveCount(tried);
  });
  await test.step('reloaded while it runs, it goes on', async () => {
    await button(page, 'Resume search').click();
    await expect(button(page, 'Stop search')).toBeVisible();
    await page.reload();
    await button(page, 'Resume search').click();
    await expect(status(page)).toHaveText(over);
  });
  // The reference, and of each of two orders a step and a training at last.
  await expect(steps(page)).toHaveCount(5);
  await expect(steps(page).nth(3)).toContainText('1 epoch more of what was found.');
  await button(page, 'Use in Explain').click();
  await expect(status(page)).toHaveText(readyText);
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toContainText(
    'reduced',
  );
});
