import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { alert, caption, openPage, predictions, ready, status } from './support/explain-page';
import { drop, file, fileFrom, root, type TestFile } from './support/files';
import { expect, test } from './support/test';

const fixtures = path.join(root, 'src/network/onnx/fixtures');
const network = (name: string) => fileFrom(`${name}.onnx`, path.join(fixtures, `${name}.onnx`));

interface Damaged {
  what: string;
  onnx: string;
  beside: Record<string, string>;
  says: string;
}

const damaged: Damaged[] = JSON.parse(readFileSync(path.join(fixtures, 'damaged.json'), 'utf8'));

/** The file and those beside it. */
function filesOf(what: string): TestFile[] {
  const { onnx, beside } = damaged.find((each) => each.what === what) as Damaged;
  return Object.entries({ 'network.onnx': onnx, ...beside }).map(([name, text]) =>
    file(name, Buffer.from(text, 'base64')),
  );
}

async function openModel(page: Page, files: TestFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open model' }).click();
  await (await chooser).setFiles(files);
}

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });

const layerNames = (page: Page) =>
  page
    .getByRole('radiogroup', { name: 'Layers' })
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.split(',')[0]));

test('a network of PyTorch is picked, and its layers bear their names', async ({ page }) => {
  await openPage(page, '#explain?image=church');
  await openModel(page, [network('mobilenet_v3')]);
  await expect(status(page)).toHaveText(/Ready: \d+ layers?/);
  await expect(model(page)).toHaveValue('file:mobilenet_v3');
  await ready(page);
  expect(await layerNames(page)).toEqual(expect.arrayContaining(['features.0.0', 'features.4.block.0.0']));
  expect((await predictions(page)).every(({ label }) => /^class \d$/.test(label))).toBe(true);
  const reasoned = page.getByTitle("PyTorch's networks are usually trained so.");
  await expect(reasoned.getByRole('combobox', { name: 'Input scaling' })).toBeVisible();
});

test('a network of PyTorch is dropped', async ({ page }) => {
  await openPage(page, '#explain?image=parachute');
  await drop(page, network('shufflenet'));
  await expect(model(page)).toHaveValue('file:shufflenet');
  await ready(page);
  expect(await layerNames(page)).toContain('stage4.0.branch1.2');
  await expect(caption(page)).toContainText('Parachute');
});

test('weights in a file beside the network', async ({ page }) => {
  await openPage(page, '#explain?image=church');
  await openModel(page, filesOf('sound with a side file'));
  await expect(model(page)).toHaveValue('file:network');
  await expect(status(page)).toHaveText(/Ready: 1 layer/);
});

for (const what of ['a JPEG named .onnx', 'cut in half', 'unknown operation', 'side file missing']) {
  test(`a network refused with a reason, and the last one stays: ${what}`, async ({ page }) => {
    await openPage(page, '#explain?image=church');
    await openModel(page, filesOf(what));
    await expect(alert(page)).toContainText(damaged.find((each) => each.what === what)?.says ?? '');
    await ready(page);
    await expect(model(page)).toHaveValue('photos10');
  });
}
