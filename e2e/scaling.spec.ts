import type { Page } from '@playwright/test';
import { violations } from './support/axe';
import { analysisIn, saveAnalysis } from './support/downloads';
import { openPage, quick, ready, status } from './support/explain-page';
import { drop, file } from './support/files';
import { watchShifts } from './support/layout-shifts';
import { expect, test } from './support/shared-page';
import { example, results } from './support/study-page';
import { test as testAlone } from './support/test';
import { serveTinyNetwork, tinyNetworkFiles } from './support/tiny-network';

const doubt = (page: Page) => page.getByRole('note', { name: 'Input scaling is a guess' });
const offers = (page: Page) => doubt(page).getByRole('listitem');
const first = (page: Page) =>
  page.getByRole('region', { name: 'Prediction' }).locator('ol').getByRole('listitem');

/** A network whose file tells nothing of how its pictures were scaled, and remembers nothing of its training. */
async function dropNetwork(page: Page): Promise<void> {
  await drop(page, ...tinyNetworkFiles());
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/^file:/);
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
}

test('a guessed scaling is said beside the prediction, with what the others give; a choice changes it, and the file holds the numbers', async ({
  page,
}) => {
  await openPage(page, `#explain?image=church&backend=wasm&${quick}`);
  await expect(doubt(page)).toBeHidden();
  await dropNetwork(page);
  await expect(doubt(page)).toContainText('Input scaling “0 to 1” is a guess.');
  await expect(page.getByRole('region', { name: 'Prediction' })).toContainText(
    'By the guessed scaling “0 to 1”.',
  );
  await expect(offers(page)).toHaveText(Array(5).fill(/class \d.*\d %/));
  expect(await violations(page)).toEqual([]);
  const guessed = analysisIn(await saveAnalysis(page));
  expect(guessed.scaling).toMatchObject({ name: 'unit', source: 'guess', offset: [0, 0, 0], bgr: false });

  const promised = await offers(page).nth(3).textContent();
  const [, label, number] = /(class \d)\D*([\d.]+ %)/.exec(promised ?? '') ?? [];
  await doubt(page)
    .getByRole('button', { name: /^Use Caffe BGR/ })
    .click();
  const chosen = page.getByRole('note', { name: 'Input scaling is chosen' });
  await expect(chosen).toContainText('By the scaling “Caffe BGR”, as chosen.');
  await expect(doubt(page)).toBeHidden();
  await expect(page).toHaveURL(/[?&]scaling=caffe(&|$)/);
  // What was promised is what the network says.
  await expect(first(page).first()).toContainText(label);
  await expect(first(page).first()).toContainText(number);
  await ready(page);
  const { scaling, predictions } = analysisIn(await saveAnalysis(page));
  expect(scaling).toMatchObject({
    ...{ name: 'caffe', source: 'chosen', bgr: true, factor: [1, 1, 1] },
    offset: [-103.939, -116.779, -123.68],
  });
  expect(predictions[0].logit).not.toBeCloseTo(guessed.predictions[0].logit, 1);

  await chosen.getByRole('button', { name: 'As guessed: 0 to 1' }).click();
  await expect(doubt(page)).toBeVisible();
  await expect(page).not.toHaveURL(/scaling=/);
  await expect(offers(page)).toHaveText(Array(5).fill(/class \d.*\d %/));
});

testAlone(
  'a network whose scaling is a guess moves nothing when it opens, at any width and in both languages',
  async ({ page }) => {
    const moved = await watchShifts(page);
    await openPage(page, `#explain?image=church&backend=wasm&${quick}`);
    await dropNetwork(page);
    const model = page.locator('.actions > select').first();
    const tiny = await model.inputValue();
    const drawn = page.locator('[data-awaited], [data-comes]');
    const note = page.locator('[role=note][data-verdict]');
    for (const [language, ...widths] of [['en', 390, 768, 1440, 2560] as const, ['zh', 390, 1440] as const]) {
      if (language === 'zh') {
        await page.getByRole('button', { name: '中文' }).click();
        // All is put on the page anew when the words are there.
        await expect(page.getByRole('button', { name: 'English' })).toBeVisible();
      }
      for (const width of widths) {
        // A window of another size moves much, in two frames: all of it is over when the next analysis is drawn.
        await page.setViewportSize({ width, height: width < 700 ? 844 : 1024 });
        await model.selectOption('photos10', { force: true });
        await expect(note).toBeHidden();
        await expect(drawn).toHaveCount(0);
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        await moved();
        await model.selectOption(tiny, { force: true });
        await expect(note).toBeVisible();
        await expect(drawn).toHaveCount(0);
        expect(await moved(), `${language}, ${width} px`).toEqual([]);
      }
    }
  },
);

// On a page of its own: Study would lead the tests after it back to this network.
testAlone(
  'Study asks before it runs on a guess, shows how some images fare by each, and its results say how they were scaled',
  async ({ page }) => {
    await serveTinyNetwork(page, 'photos10');
    await openPage(page, `#explain?image=church&backend=wasm&${quick}`);
    await dropNetwork(page);
    await page.getByRole('tab', { name: 'Study' }).click();
    await expect(doubt(page)).toBeVisible();
    await drop(page, file('a.jpg', example('church')), file('b.jpg', example('golf-ball')));
    await expect(status(page)).toContainText('2 images');
    await expect(offers(page)).toHaveText(Array(5).fill(/sure on average.*\d %/));
    await page.getByRole('button', { name: 'Run study' }).click();
    const question = page.getByRole('dialog', { name: 'By which scaling?' });
    await expect(question.getByRole('listitem')).toHaveText(Array(5).fill(/sure on average.*\d %/));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await page.getByRole('button', { name: 'Run study' }).click();
    await question.getByRole('button', { name: /^Use -1 to 1/ }).click();
    await expect(question).toBeHidden();
    await expect(status(page)).toContainText('Ready: 2 images in', { timeout: 60_000 });
    await expect(page).toHaveURL(/scaling=signed/);
    await expect(doubt(page)).toBeHidden();
    await expect(results(page)).toContainText('pictures scaled -1 to 1, as chosen');
  },
);
