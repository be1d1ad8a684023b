import { pathToFileURL } from 'node:url';
import { openPage, quick, ready } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('a story is opened and walked by keys, and its page plays from disk without a network', async ({
  page,
  browser,
}, info) => {
  await openPage(page, `#explain?${quick}`);
  await ready(page);
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: /^Setting, layer, class/ })).toBeFocused();
  await page.keyboard.type('story');
  await page.keyboard.press('Enter');
  const step = page.getByRole('dialog', { name: /^Story of / }).getByRole('region');
  await expect(step).toBeFocused();
  await expect(step).toHaveAccessibleName(/^Step 1 of \d+$/);
  await page.keyboard.press('PageDown');
  await expect(step.getByRole('heading')).toHaveText('The first layer');
  await page.keyboard.press('End');
  await expect(step.getByRole('heading')).toHaveText('What this does not prove');
  await expect.poll(() => page.url()).toMatch(/story=\d+/);
  const count = Number(((await step.getAttribute('aria-label')) ?? '').split(' of ')[1]);

  await page.getByRole('button', { name: 'Save story' }).focus();
  await page.keyboard.press('Enter');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Web page' }).press('Enter');
  const path = info.outputPath('story.html');
  await (await coming).saveAs(path);
  await page.getByRole('button', { name: 'Close' }).press('Escape');
  await expect(step).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('story=');

  const offline = await browser.newContext({ offline: true });
  const file = await offline.newPage();
  const [said, asked]: string[][] = [[], []];
  file.on('console', (message) => said.push(message.text()));
  file.on('pageerror', (error) => said.push(error.message));
  file.on('request', (request) => asked.push(request.url()));
  await file.goto(pathToFileURL(path).href);
  const shown = file.getByRole('region', { name: /^Step / });
  await expect(shown).toHaveCount(1);
  await file.keyboard.press('PageDown');
  await expect(shown.getByRole('heading')).toHaveText('The first layer');
  // The map lies over the picture, both drawn from what the file holds.
  const drawn = await file.evaluate(() =>
    [...document.querySelectorAll('.shown use')].map((use) => {
      const image = document.querySelector(use.getAttribute('href') ?? '');
      return [use.getBoundingClientRect().width > 100, image?.getAttribute('href')?.slice(0, 22)];
    }),
  );
  expect(drawn).toEqual(Array(2).fill([true, 'data:image/jpeg;base64']));
  await file.keyboard.press('End');
  await expect(shown).toHaveAccessibleName(`Step ${count} of ${count}`);
  expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([pathToFileURL(path).href]);
  expect(said).toEqual([]);
  await offline.close();
});
