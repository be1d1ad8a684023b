import type { Page } from '@playwright/test';
import { violations } from './support/axe';
import { expect, test } from './support/cleared-page';
import { alert, openPage, predictions, quick, ready, status, unfoldMeasuring } from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import { openNetworkFiles, serveTinyNetwork, tinyNetworkFiles } from './support/tiny-network';

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
const keptOption = (page: Page, name: RegExp) =>
  model(page).locator('optgroup[label="Kept in this browser"] option').filter({ hasText: name });
const manage = (page: Page) => page.getByRole('button', { name: 'Networks kept in this browser' });

/** Drops the files of a network one by one as a folder of this name would hold them. */
async function openNamed(page: Page, name: string, files: TestFile[]): Promise<void> {
  const [description, weights] = files;
  const renamed = JSON.parse(description.buffer.toString());
  renamed.weightsManifest[0].paths = [`${name}.bin`];
  await drop(
    page,
    file(`${name}.json`, JSON.stringify(renamed)),
    { ...weights, name: `${name}.bin` },
    file('labels.txt', renamed.modelTopology.config.output_layers.length > 1 ? 'x\ny\nz' : 'k\nl\nm\nn'),
  );
}

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('networks of files are kept: there again after a reload, listed with their size, and removed; without room one stays open', async ({
  page,
}) => {
  await openPage(page, `#explain?image=church&${quick}`);
  await expect(manage(page)).toBeHidden();
  await test.step('one that could not be opened is not kept', async () => {
    const [description, weights] = tinyNetworkFiles();
    await drop(page, description, { ...weights, buffer: weights.buffer.subarray(0, 100) });
    await expect(alert(page)).toContainText('are only 100 bytes long');
    await ready(page);
    await expect(manage(page)).toBeHidden();
    // Those that come with the page.
    await expect(model(page).locator('option')).toHaveCount(2);
  });
  await test.step('after a reload with its address and the names of its classes', async () => {
    await openNamed(page, 'pears', tinyNetworkFiles());
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
    await expect(keptOption(page, /^pears \(\d+ kB\)$/)).toBeAttached();
    await expect(page).toHaveURL(/model=file%3Apears/);
    await page.reload();
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
    await expect(model(page)).toHaveValue('file:pears');
    await expect(model(page).locator('option'), 'nor after a reload the one before').toHaveCount(3);
    expect((await predictions(page)).map(({ label }) => label).sort()).toEqual(['k', 'l', 'm', 'n']);
    await expect(alert(page)).toBeHidden();
  });
  await test.step('listed and removed; the one in use goes on to work', async () => {
    await openNamed(page, 'plums', openNetworkFiles());
    await expect(keptOption(page, /^plums/)).toBeAttached();
    await manage(page).click();
    const dialog = page.getByRole('dialog', { name: 'Networks kept in this browser' });
    await expect(dialog.getByRole('listitem')).toHaveText([
      /^pears\d+ kBRemove$/,
      /^plums in use\d+ kBRemove$/,
    ]);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove pears' }).click();
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    await dialog.getByRole('button', { name: 'Remove plums' }).click();
    await expect(dialog.getByRole('status')).toContainText('None.');
    await page.keyboard.press('Escape');
    // Also where its files are read anew.
    await unfoldMeasuring(page);
    await page.getByRole('checkbox', { name: 'Every operation' }).check();
    await expect(status(page)).toHaveText(/Ready: 3 layers/);
    await page.reload();
    await expect(alert(page)).toContainText('is not kept in this browser; open "plums" again');
    await expect(status(page)).toHaveText(/Ready: \d+ layers?/);
    await expect(model(page)).toHaveValue('photos10');
  });
  await test.step('without room the network stays open, and those kept before stay kept', () =>
    expectOpenWithoutRoom(page));
});

/** Where the browser has no more room. */
async function expectOpenWithoutRoom(page: Page): Promise<void> {
  // Every setting as it is at first.
  await openPage(page, `#explain?image=church&${quick}`);
  await test.step('other files of the same name are another network', async () => {
    await drop(page, ...tinyNetworkFiles());
    // Called as it calls itself, which the second one does not.
    await expect(keptOption(page, /^tiny \(\d/)).toBeAttached();
    await drop(page, ...openNetworkFiles());
    await expect(keptOption(page, /^model \(\d+ /)).toBeAttached();
    await expect(model(page)).toHaveValue('file:model (2)');
    await expect(page.getByRole('combobox', { name: 'Output' })).toHaveValue('class');
    await model(page).selectOption('file:model');
    await expect(page.getByRole('combobox', { name: 'Output' })).toBeHidden();
    await expect.poll(async () => (await predictions(page)).length).toBe(4);
  });
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await openNamed(page, 'plums', openNetworkFiles());
  await expect(alert(page)).toContainText(
    /plums is open, but could not be kept for the next visit: it takes \d+ kB, and the browser gives this page no more room/,
  );
  await ready(page);
  await expect(model(page)).toHaveValue('file:plums');
  await expect(keptOption(page, /^plums/)).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('y');
  await ready(page);
  // Said once, not after every analysis.
  await expect(alert(page)).toBeHidden();
  await page.reload();
  await expect(alert(page)).toContainText('open "plums" again');
  await model(page).selectOption('file:model');
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  // Other tests in this browser have room.
  await session.detach();
}
