import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/cleared-page';
import { alert, caption, openPage, predictions, quick, ready, status } from './support/explain-page';
import { drop, file, fileFrom, root, type TestFile } from './support/files';
import { serveTinyNetwork } from './support/tiny-network';

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

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('networks of PyTorch are picked and dropped; those refused say why, and the last one stays', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await test.step('picked: its layers bear their names', async () => {
    await openModel(page, [network('mobilenet_v3')]);
    await expect(model(page)).toHaveValue('file:mobilenet_v3');
    await ready(page);
    await expect
      .poll(() => layerNames(page))
      .toEqual(expect.arrayContaining(['features.0.0', 'features.4.block.0.0']));
    expect((await predictions(page)).every(({ label }) => /^class \d$/.test(label))).toBe(true);
    const reasoned = page.getByTitle("PyTorch's networks are usually trained so.");
    await expect(reasoned.getByRole('combobox', { name: 'Input scaling' })).toBeVisible();
  });
  await test.step('dropped', async () => {
    await drop(page, network('shufflenet'));
    await expect(model(page)).toHaveValue('file:shufflenet');
    await ready(page);
    await expect.poll(() => layerNames(page)).toContain('stage4.0.branch1.2');
    await expect(caption(page)).toContainText('Parachute');
  });
  await test.step('weights in a file beside it', async () => {
    await openModel(page, filesOf('sound with a side file'));
    await expect(model(page)).toHaveValue('file:network');
    await expect(status(page)).toHaveText(/Ready: 1 layer/);
  });
  for (const what of ['a JPEG named .onnx', 'cut in half', 'unknown operation', 'side file missing']) {
    await test.step(what, async () => {
      await openModel(page, filesOf(what));
      await expect(alert(page)).toContainText(damaged.find((each) => each.what === what)?.says ?? '');
      await ready(page);
      await expect(model(page)).toHaveValue('file:network');
      await page.getByRole('button', { name: 'Close message' }).click();
      await expect(alert(page)).toBeHidden();
    });
  }
});
