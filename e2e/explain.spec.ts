import type { Page } from '@playwright/test';
import {
  alert,
  caption,
  entropies,
  goTo,
  measured,
  openPage,
  pixels,
  prediction,
  predictions,
  quick,
  ready,
  record,
  saliencyCanvas,
  shown,
  status,
  tableOfValues,
  unfoldMeasuring,
} from './support/explain-page';
import { drop } from './support/files';
import { sceneAs } from './support/scene';
import { expect, test } from './support/shared-page';

const radio = (page: Page, layer: string) =>
  page.getByRole('radiogroup', { name: 'Layers' }).getByRole('radio', { name: new RegExp(`^${layer},`) });

test('the five most probable classes are shown, most probable first', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const shares = (await predictions(page)).map(({ share }) => share);
  expect(shares).toHaveLength(5);
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(100.3);
  const widths = await page
    .getByRole('region', { name: 'Prediction' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => {
        const bar = item.querySelector('[class^=bar]') as HTMLElement;
        return ((bar.firstElementChild as HTMLElement).getBoundingClientRect().width / bar.clientWidth) * 100;
      }),
    );
  for (const [i, width] of widths.entries()) expect(Math.abs(width - shares[i])).toBeLessThan(3);
});

test('an explained class stands among the predictions, however improbable', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const five = await predictions(page);
  expect(five).toHaveLength(5);
  expect(five.map(({ label }) => label)).not.toContain('church');
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('church');
  await expect(prediction(page, 'church')).toHaveAttribute('aria-pressed', 'true');
  expect((await predictions(page)).slice(0, 5)).toEqual(five);
});

test('a prediction is explained by a click on it', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const second = (await predictions(page))[1].label;
  await prediction(page, second).click();
  await expect(prediction(page, second)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('combobox', { name: 'Class to explain' }).locator('option:checked')).toHaveText(
    second,
  );
});

test('pooling layers join on demand', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await unfoldMeasuring(page);
  await page.getByRole('checkbox', { name: 'Pooling layers' }).check();
  await expect(status(page)).toHaveText(/Ready: 16 layers/);
  await expect(page.getByRole('radiogroup', { name: 'Layers' }).getByRole('radio')).toHaveCount(16);
  const rows = await tableOfValues(page);
  expect(rows.filter((row) => row.Kind === 'pooling')).toHaveLength(4);
  await expect(page).toHaveURL(/[?&]pooling=1(&|$)/);
  await page.getByRole('checkbox', { name: 'Pooling layers' }).uncheck();
  await expect(status(page)).toHaveText(/Ready: 12 layers/);
});

test('the look of the picture follows its controls and changes no number', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await measured(page);
  await radio(page, 'conv3_2').click();
  await expect(page.getByRole('img', { name: 'Saliency of conv3_2' })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const numbers = await tableOfValues(page);
  const look = page.getByRole('region', { name: 'Look' });
  let before = await pixels(saliencyCanvas(page));
  const changes = async (what: string, work: () => Promise<unknown>) => {
    await work();
    await expect.poll(() => pixels(saliencyCanvas(page)), what).not.toBe(before);
    before = await pixels(saliencyCanvas(page));
  };
  for (const colours of ['Viridis', 'Cividis', 'Magma', 'Grey', 'Inferno']) {
    await changes(colours, () => look.getByRole('combobox', { name: 'Colours' }).selectOption(colours));
  }
  await changes('opacity', () => look.getByRole('slider', { name: 'Opacity' }).press('Home'));
  await changes('opacity', () => look.getByRole('slider', { name: 'Opacity' }).press('End'));
  await changes('smoothing', () => look.getByRole('combobox', { name: 'Smoothing' }).selectOption('nearest'));
  await changes('scale', () => look.getByRole('combobox', { name: 'Scale' }).selectOption('all layers'));
  await changes('opacity', () => look.getByRole('slider', { name: 'Opacity' }).press('ArrowLeft'));
  await changes('picture only', () => look.getByRole('button', { name: 'Picture' }).click());
  await expect(look.getByRole('slider', { name: 'Opacity' })).toBeDisabled();
  await changes('map only', () => look.getByRole('button', { name: 'Map' }).click());
  await changes('overlay', () => look.getByRole('button', { name: 'Overlay' }).click());
  await expect(look.getByRole('button', { name: 'Overlay' })).toHaveAttribute('aria-pressed', 'true');
  expect(await tableOfValues(page)).toEqual(numbers);
});

test('the value under the pointer is told', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const box = await saliencyCanvas(page).boundingBox();
  if (!box) throw new Error('The large picture is not on screen.');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.width * 0.5);
  await expect(caption(page)).toContainText(/\d+(\.\d+)?(e[-+]\d+)? at column 4, row 4 of 7 × 7/);
  await page.mouse.move(box.x + 2, box.y + 2);
  await expect(caption(page)).toContainText('at column 1, row 1 of 7 × 7');
  await page.mouse.move(box.x + box.width * 0.01, box.y + box.width * 0.99);
  await expect(caption(page)).toContainText(/^\d[\d.e-]* at column 1, row 7 of 7 × 7/);
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.width + 20);
  await expect(caption(page)).not.toContainText('column');
});

test('the class to explain decides the maps and stands in the address', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  const winner = await entropies(page);
  const before = await predictions(page);
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('church');
  await expect(prediction(page, 'church')).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/[?&]class=4(&|$)/);
  await ready(page);
  const church = await entropies(page);
  expect(church.map(({ name }) => name)).toEqual(winner.map(({ name }) => name));
  expect(church.filter(({ value }, i) => value !== winner[i].value).length).toBeGreaterThan(6);
  expect(await predictions(page), 'what the network thinks is the same').toEqual(before);

  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('winner');
  await expect(prediction(page, 'golf ball')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => entropies(page)).toEqual(winner);
});

test('a map without positive evidence says so', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await expect(radio(page, 'conv5_1')).toHaveAccessibleName('conv5_1, 7 × 7, no positive evidence');
  const row = (await tableOfValues(page)).find(({ Layer }) => Layer === 'conv5_1');
  expect(row).toMatchObject({ Evidence: 'none', Entropy: '', Structure: '' });
});

// A new picture cancels too: worker.spec.ts, whose page computes slowly.
test('Cancel leaves the last analysis on screen', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  const before = await entropies(page);
  const captions = await record(caption(page));
  await goTo(page, `#explain?image=parachute&method=score-cam&${quick}`);
  await expect(status(page)).toHaveText(/^Score-CAM of conv/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await ready(page);
  await expect(caption(page)).toContainText('French horn');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  expect(await entropies(page)).toEqual(before);

  await drop(page, { ...(await sceneAs('png')), name: 'next.png' });
  await shown(page, 'next.png');
  expect((await captions()).filter((text) => text.includes('Parachute'))).toEqual([]);
  await expect(alert(page)).toBeHidden();
});
