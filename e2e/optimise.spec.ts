import type { Locator, Page } from '@playwright/test';
import { zipArchive } from '../src/codecs/zip/zip-archive';
import { inEveryLook, violations } from './support/axe';
import { expect, test } from './support/cleared-page';
import { saved } from './support/downloads';
import { alert, atRest, readyText, seenInStatus, status } from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import { scene } from './support/scene';

/** A network that learns in seconds. */
const tiny =
  'preset=own&architecture=relu-same-norm-average_c8-c8-max_c16-none&side=16&batch=8&heldout=60&profiled=6&levels=16';

const open = async (page: Page, parameters: string): Promise<void> => {
  await page.goto(`/#optimise?${parameters}`);
  await expect(button(page, 'Train')).toBeVisible();
};

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const figure = (page: Page, name: string): Locator => page.getByRole('img', { name, exact: true });
const line = (page: Page, name: string): Promise<string | null> =>
  figure(page, name).locator('.training .values').getAttribute('d');

/** "Paused at step 120 of 900." */
async function pausedAt(page: Page): Promise<number> {
  await expect(status(page)).toHaveText(/^Paused at step \d+ of \d+/);
  return Number(/step (\d+)/.exec((await status(page).textContent()) ?? '')?.[1]);
}

test('a training is begun, watched, paused, gone on with after a reload, exported and explained', async ({
  page,
}) => {
  await open(page, `${tiny}&train=2400&epochs=3&rate=0.01`);
  await button(page, 'Train').click();

  await seenInStatus(page, /^Epoch 1 of 3, step \d+ of 900 on .+ images\/s, .+ steps\/s, .+ left\./);
  const first = await line(page, 'Loss');
  await expect.poll(() => line(page, 'Loss'), 'the loss is drawn further').not.toBe(first);
  await expect(figure(page, 'Accuracy')).toBeVisible();
  await expect(figure(page, 'Learning rate')).toBeVisible();
  await expect(figure(page, 'Entropy by layer while training').locator('.cell')).not.toHaveCount(0);

  await button(page, 'Pause').click();
  const step = await pausedAt(page);
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(900);
  const drawn = await line(page, 'Loss');

  await page.reload();
  expect(await pausedAt(page)).toBe(step);
  await expect(status(page)).toContainText('on an earlier visit');
  expect(await line(page, 'Loss'), 'the curve is as it was').toBe(drawn);

  await button(page, 'Resume').click();
  await expect(status(page)).toHaveText(
    /^Finished at step 900: [\d.]+ % of the held-out pictures named right\./,
    {
      timeout: 90_000,
    },
  );
  await expect(figure(page, 'Entropy by layer while training')).toContainText('epoch 3');
  // Ten classes guessed at random are 10 %; so short a training leaves that far behind.
  const [, share] = /: ([\d.]+) %/.exec((await status(page).textContent()) ?? '') ?? [];
  expect(Number(share)).toBeGreaterThan(20);

  await expectExports(page);

  await button(page, 'Use in Explain').click();
  await expect(status(page)).toHaveText(readyText);
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toContainText('Own');
  const predicted = page.getByRole('region', { name: 'Prediction' }).getByRole('listitem').first();
  await expect(predicted).toContainText(/face|house|car|sailboat|tree|fish|clock|bicycle|robot|flower/);
  await expect(page.getByRole('slider', { name: 'Layer' })).toHaveAttribute('aria-valuetext', /of 3$/);
});

async function expectExports(page: Page): Promise<void> {
  const item = (name: string) => async () => {
    await button(page, 'Export network').click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  const layersModel = await saved(page, item('TensorFlow.js LayersModel'));
  expect(layersModel.name).toMatch(/layers-model\.zip$/);
  expect(layersModel.buffer.includes('model.json')).toBe(true);
  expect(layersModel.buffer.includes('"labels":["face","house"')).toBe(true);
  const keras = await saved(page, item('Keras file'));
  expect(keras.name).toMatch(/\.keras$/);
  expect(keras.buffer.includes('model.weights.h5')).toBe(true);
  const report = await saved(page, item('Training report'));
  expect(report.buffer.toString()).toContain('## Confusion');
  const json = JSON.parse((await saved(page, item('Training report, JSON'))).buffer.toString());
  expect(json).toMatchObject({ schema: 'supersign/training-report', recipe: { epochs: 3, batch: 8 } });
  expect(json.history.steps).toHaveLength(900);
  const csv = await saved(page, async () => {
    await button(page, 'Export Loss').click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
  });
  // A heading, the test before the first step, and a record each step.
  expect(csv.buffer.toString().trim().split('\n')).toHaveLength(902);
}

test('a training is stopped before its end: its signs are matched with parts, and Study takes its network', async ({
  page,
}) => {
  await open(page, `${tiny}&train=2400&epochs=50&profiled=0&side=24`);
  await button(page, 'Train').click();
  await seenInStatus(page, /^Epoch \d+ of 50, step \d\d+/);
  await button(page, 'Stop').click();
  await expect(status(page)).toHaveText(/^Stopped\. Finished at step \d+/);
  await test.step('signs are compared with the parts that are known', () => expectSignsMatched(page));
  await button(page, 'Use in Study').click();
  await expect(page.getByRole('tab', { name: 'Study' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toContainText('Own');
});

async function expectSignsMatched(page: Page): Promise<void> {
  await button(page, 'Match signs with parts').click();
  const compared = figure(page, 'Signs against parts and object');
  await expect(compared).toBeVisible();
  await expect(page.getByRole('region', { name: 'Signs against truth' })).toContainText('24 scenes');
  const csv = await saved(page, async () => {
    await button(page, 'Export Signs against parts and object').click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
  });
  const rows = csv.buffer
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  expect(rows.map(([name]) => name)).toEqual(['conv1_1', 'conv1_2', 'conv2_1']);
  for (const [, ...values] of rows) {
    for (const value of values.map(Number)) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  }
}

test('a training starts from the weights of a loaded network', async ({ page }) => {
  // The bundled network's own architecture at its own size: a test before the first step shows that its filters came along.
  await open(
    page,
    'preset=photos10&side=112&start=photos10&train=20&heldout=10&epochs=1&batch=10&profiled=1&levels=16',
  );
  await expect(page.getByRole('combobox', { name: 'Start from' })).toHaveValue('photos10');
  await button(page, 'Train').click();
  await expect(status(page)).toHaveText(/^Finished at step 2:/);
  // Of other classes, and yet the last layer is the same: weights that fit by name and shape are taken, all twelve layers of them.
  await expect(
    page.getByRole('img', { name: 'Entropy by layer while training' }).locator('.profiles circle'),
  ).toHaveCount(12);
  await page.getByRole('combobox', { name: 'Architecture' }).selectOption('lenet5');
  await button(page, 'Train').click();
  await expect(alert(page)).toContainText('photos10 has no layer whose name and shape fit LeNet-5');
});

test('architectures are edited by keys; an address or a network that cannot be is told', async ({ page }) => {
  await test.step('an address that is not understood', async () => {
    await open(page, 'preset=alexnet&epochs=0&warmth=9');
    await expect(alert(page)).toContainText('"preset=alexnet" is not understood');
    await expect(alert(page)).toContainText('There is no setting "warmth".');
    await expect(page.getByRole('combobox', { name: 'Architecture' })).toHaveValue('small-vgg');
  });
  await atRest(page);
  await test.step('a network that cannot be built is said, and not trained', async () => {
    await open(
      page,
      'preset=own&architecture=relu-same-norm-average_c8-max_c8-max_c8-max_c8-max_c8-max&side=16',
    );
    await expect(alert(page)).toContainText('single place');
    await button(page, 'Train').click();
    await expect(alert(page)).toHaveCount(2);
    await expect(status(page)).toHaveText('Ready to train.');
  });
  await atRest(page);
  await open(page, 'preset=small-vgg&side=48');
  await test.step('keys, with costs and address kept up to date', () => expectEditedByKeys(page));
});

async function expectEditedByKeys(page: Page): Promise<void> {
  const cost = (name: string) =>
    page
      .getByRole('region', { name: 'Architecture' })
      .locator('dl div')
      .filter({ hasText: name })
      .locator('dd');
  await expect(cost('Parameters')).toHaveText('295,290');
  const block = (name: RegExp) => page.getByRole('radio', { name });

  await block(/^conv1_1,/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(block(/^conv1_2,/)).toBeFocused();
  await expect(block(/^conv1_2,/)).toBeChecked();
  await page.keyboard.press('+');
  await expect(block(/^conv1_2, 3 × 3 convolution, 24 channels of 48 × 48/)).toBeFocused();
  await page.keyboard.press('Insert');
  await expect(block(/^conv1_3, .+ 24 channels/)).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Architecture' })).toHaveValue('own');
  // 3 x 3 filters, and a scale and an offset a channel: conv1_2 16 to 24, conv1_3 24 to 24, conv2_1 24 to 32.
  const more = 9 * 16 * 8 + 2 * 8 + 9 * 24 * 24 + 2 * 24 + 9 * 8 * 32;
  await expect(cost('Parameters')).toHaveText((295_290 + more).toLocaleString('en'));
  await expect.poll(() => page.url()).toContain('architecture=relu-same-norm-average_c16-c24-c24-max_');

  await page.keyboard.press('Delete');
  await expect(block(/^conv1_3/)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(cost('Parameters')).toHaveText('295,290');
  await expect(page.getByRole('combobox', { name: 'Architecture' })).toHaveValue('small-vgg');
  await button(page, 'Redo').click();
  await expect(block(/^conv1_2, .+ 24 channels/)).toBeVisible();

  await page.getByRole('combobox', { name: 'Kind' }).selectOption('residual');
  await expect(figure(page, 'Architecture').locator('.shortcut')).toHaveCount(1);
  const drawing = await saved(page, async () => {
    await button(page, 'Export Architecture').click();
    await page.getByRole('menuitem', { name: 'SVG' }).click();
  });
  expect(drawing.buffer.toString()).toContain('multiply-adds a picture');
}

/** Pictures in folders as a zip archive. */
async function archive(paths: Record<string, string>): Promise<TestFile> {
  const files = await Promise.all(
    Object.entries(paths).map(async ([name, colour]) => ({
      name,
      // Pictures of several sizes, none of them the network's.
      bytes: await scene()
        .resize(20 + (name.length % 3) * 9, 20)
        .tint(colour)
        .png()
        .toBuffer(),
    })),
  );
  return file('pictures.zip', Buffer.from(zipArchive(files)));
}

const numbered = (folder: string, count: number, colour: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${i}.png`, colour]));

const pickZip = (page: Page, zip: TestFile) =>
  page.locator('[data-picker="training-images"]').setInputFiles(zip);

test('a network learns pictures of the user’s own, those it cannot learn are refused in plain words, and axe finds nothing wrong', async ({
  page,
}) => {
  await open(page, `${tiny}&data=images&epochs=6&rate=0.01&share=0.25`);
  await button(page, 'Train').click();
  await expect(alert(page)).toContainText('There are no pictures to train on yet');
  const summary = page.getByRole('region', { name: 'Pictures by class' });
  for (const [what, pictures, complaint] of [
    ['of one class only', numbered('cats', 4, 'red'), 'All pictures are of one class, "cats"'],
    ['without a class', { '1.png': 'red', '2.png': 'blue' }, 'No picture has a class'],
    [
      'with a single one of a class',
      { ...numbered('a', 4, 'red'), 'b/1.png': 'blue' },
      '"b" has a single picture',
    ],
  ] as const) {
    await test.step(what, async () => {
      await pickZip(page, await archive(pictures));
      await expect(summary).toContainText(complaint);
      await button(page, 'Train').click();
      await expect(alert(page).first()).toContainText(complaint);
      await expect(status(page)).toHaveText('Ready to train.');
    });
  }
  await test.step('from an archive of class folders', async () => {
    await drop(
      page,
      await archive({ ...numbered('red', 16, 'red'), ...numbered('blue', 16, 'blue'), 'loose.png': 'red' }),
    );
    await expect(summary).toContainText('32 pictures of 2 classes');
    await expect(summary).toContainText('1 file left out');
    await button(page, 'Train').click();
    await expect(status(page)).toHaveText(/^Finished at step 18: 100\.0 %/);
  });
  await test.step('axe finds nothing wrong in light and dark colours, on a desk and on a phone', () =>
    expectAccessible(page));
});

/** Of a training that is finished, in every look. */
async function expectAccessible(page: Page): Promise<void> {
  const data = page.getByRole('combobox', { name: 'Training data' });
  await data.selectOption('pictographs');
  await inEveryLook(page, async (what, width, rules) => {
    expect(await violations(page, rules), what).toEqual([]);
    const scrolled = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(scrolled, `nothing runs out at the side, ${what}`).toBeLessThanOrEqual(width);
  });
  await data.selectOption('images');
  await pickZip(page, await archive(numbered('cats', 3, 'red')));
  await expect(page.getByRole('region', { name: 'Pictures by class' })).toContainText(
    'All pictures are of one class',
  );
  const found = 'with pictures that cannot be trained on';
  expect(await violations(page), `${found}, dark, on a phone`).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page), `${found}, light, on a desk`).toEqual([]);
}
