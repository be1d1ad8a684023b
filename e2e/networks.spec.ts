import type { Page } from '@playwright/test';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { violations } from './support/axe';
import { expect, test } from './support/cleared-page';
import {
  alert,
  caption,
  openPage,
  predictions,
  quick,
  ready,
  status,
  tableOfValues,
  unfoldMeasuring,
} from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import {
  openNetworkFiles,
  residualNetworkFiles,
  serveTinyNetwork,
  tinyNetworkFiles,
} from './support/tiny-network';

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
const labels = async (page: Page) => (await predictions(page)).map(({ label }) => label).sort();
const layers = async (page: Page) => (await tableOfValues(page)).map(({ Layer }) => Layer);

const zipped = (folder: string, files: TestFile[]): TestFile =>
  file(
    'net.zip',
    Buffer.from(
      zipOf(files.map(({ name, buffer }) => ({ name: folder + name, content: buffer, method: 8 }))),
    ),
  );

test('networks of files: in an archive, with names for their classes, of several outputs, of any size, and of sums', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await test.step('in an archive, with names for its classes', () => expectNamed(page));
  await test.step('of several outputs that takes any size: both are chosen', () => expectChosen(page));
  await test.step('a residual one: its scaling is doubted, and every operation can be a layer', () =>
    expectResidual(page));
});

async function expectNamed(page: Page): Promise<void> {
  const four = ['apple', 'pear', 'plum', 'quince'];
  await openPage(page, `#explain?image=church&${quick}`);
  await test.step('in a zip archive, in a folder of it', async () => {
    await drop(page, zipped('export/', tinyNetworkFiles()));
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
    await expect(model(page)).toHaveValue('file:net');
    await drop(page, zipped('../', tinyNetworkFiles()));
    await expect(alert(page)).toContainText('"../model.json", a file that leads out of the archive');
    await ready(page);
  });
  await test.step('names from a list dropped with the network, and from one dropped after it', async () => {
    await drop(page, ...tinyNetworkFiles(), file('labels.txt', four.join('\n')));
    await expect(model(page)).toHaveValue('file:model');
    await expect.poll(() => labels(page)).toEqual(four);
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
    await drop(page, file('classes.json', JSON.stringify({ 0: 'ash', 1: 'beech', 2: 'elm', 3: 'oak' })));
    await expect.poll(() => labels(page)).toEqual(['ash', 'beech', 'elm', 'oak']);
    await expect(caption(page)).toContainText('Church');
  });
  await test.step('names must be as many as there are classes; those before stay', async () => {
    await drop(page, file('three.txt', 'a\nb\nc'));
    await expect(alert(page)).toContainText('three.txt lists 3 names, but the network has 4 classes.');
    await ready(page);
    expect(await labels(page)).toEqual(['ash', 'beech', 'elm', 'oak']);
    await unfoldMeasuring(page);
    await page.getByRole('checkbox', { name: 'Pooling layers' }).check();
    await expect(status(page)).toHaveText(/Ready: 3 layers/);
    expect(await labels(page)).toEqual(['ash', 'beech', 'elm', 'oak']);
    await page.getByRole('checkbox', { name: 'Pooling layers' }).uncheck();
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
  });
  await test.step('names from the notes in a model.json', async () => {
    const [description, weights] = tinyNetworkFiles();
    const noted = { ...JSON.parse(description.buffer.toString()), userDefinedMetadata: { labels: four } };
    await drop(page, { ...description, buffer: Buffer.from(JSON.stringify(noted)) }, weights);
    await expect.poll(() => labels(page)).toEqual(four);
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
  });
}

async function expectChosen(page: Page): Promise<void> {
  await openPage(page, `#explain?image=church&${quick}`);
  await drop(page, ...openNetworkFiles());
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  await test.step('pictures are read at the size that is asked for', async () => {
    const sizes = async () => (await tableOfValues(page)).map(({ Height, Width }) => `${Height} × ${Width}`);
    await expect.poll(sizes).toEqual(['224 × 224', '112 × 112']);
    const size = page.getByRole('spinbutton', { name: 'Input size' });
    await expect(size).toHaveValue('224');
    await size.fill('96');
    await size.press('Enter');
    await expect.poll(sizes).toEqual(['96 × 96', '48 × 48']);
    await expect(page).toHaveURL(/size=96/);
    await size.fill('7');
    await size.press('Enter');
    await expect(size).toHaveValue('96');
  });
  await test.step('the output that classifies is explained, and another can be chosen', async () => {
    const output = page.getByRole('combobox', { name: 'Output' });
    await expect(output).toHaveValue('class');
    expect(await labels(page)).toHaveLength(3);
    await output.selectOption('box');
    await expect.poll(() => labels(page)).toHaveLength(4);
    await expect(page).toHaveURL(/output=box/);
    await model(page).selectOption('photos10');
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
    await expect(output).toBeHidden();
    await expect(page).not.toHaveURL(/output=/);
  });
}

async function expectResidual(page: Page): Promise<void> {
  await openPage(page, `#explain?image=church&${quick}`);
  const doubt = page.getByRole('note', { name: 'Input scaling looks wrong' });
  await expect(doubt).toBeHidden();
  await drop(page, ...residualNetworkFiles());
  await expect(status(page)).toHaveText(/Ready: 2 layers/);
  await test.step('a guess that looks wrong is said beside its control, and can be replaced', async () => {
    await expect(doubt).toContainText('“-1 to 1”');
    expect(await violations(page)).toEqual([]);
    await doubt.getByRole('button', { name: 'Use -1 to 1' }).click();
    await expect(page.getByRole('combobox', { name: 'Input scaling' })).toHaveValue('signed');
    await ready(page);
    await expect(doubt).toBeHidden();
    await expect(page).toHaveURL(/scaling=signed/);
  });
  await test.step('every operation is a layer of its own where that is asked for, sums with a name', async () => {
    expect(await layers(page)).toEqual(['a', 'b']);
    await unfoldMeasuring(page);
    await page.getByRole('checkbox', { name: 'Every operation' }).check();
    await expect(status(page)).toHaveText(/Ready: 5 layers/);
    const all = ['a', 'a_bn', 'a_relu', 'b', 'addition of a_relu and b'];
    expect(await layers(page)).toEqual(all);
    await expect(page).toHaveURL(/operations=1/);
    await model(page).selectOption('photos10');
    await expect(status(page)).toHaveText(/Ready: 3 layers/);
    await page.getByRole('checkbox', { name: 'Every operation' }).uncheck();
    await expect(status(page)).toHaveText(/Ready: 2 layers/);
  });
}
