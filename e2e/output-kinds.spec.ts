import path from 'node:path';
import { expect, test } from './support/cleared-page';
import { analysisIn, saveAnalysis } from './support/downloads';
import {
  measured,
  openPage,
  pixels,
  prediction,
  predictions,
  quick,
  saliencyCanvas,
  status,
} from './support/explain-page';
import { drop, file, fileFrom } from './support/files';
import { serveTinyNetwork } from './support/tiny-network';

const fixtures = path.resolve(import.meta.dirname, '../src/network/fixtures');
const network = (name: string) => fileFrom(`${name}.keras`, path.join(fixtures, `${name}.keras`));

test.beforeEach(({ page }) => serveTinyNetwork(page, 'photos10'));

test('an output of one unit is two classes, or a number, as it tells or as the reader says', async ({
  page,
}) => {
  await openPage(page, `#explain?backend=wasm&image=parachute&${quick}`);
  await test.step('one sigmoid unit: each class is explained, and address and analysis hold it', async () => {
    await drop(page, network('sigmoid-unit'));
    await expect(status(page)).toContainText('The output is one sigmoid unit, read as two classes.');
    await measured(page);
    const [no, yes] = await predictions(page);
    expect([no.label, yes.label]).toEqual(['class 0', 'class 1']);
    expect(no.share + yes.share).toBeCloseTo(100, 0);
    const likelier = no.share > yes.share ? 0 : 1;
    expect(analysisIn(await saveAnalysis(page)).target.index).toBe(likelier);

    const other = 1 - likelier;
    const before = await pixels(saliencyCanvas(page));
    await prediction(page, `class ${other}`).click();
    await expect(page).toHaveURL(new RegExp(`class=${other}`));
    await expect(prediction(page, `class ${other}`)).toHaveAttribute('aria-pressed', 'true');
    await measured(page);
    await expect(status(page)).toContainText('Ready');
    expect(await pixels(saliencyCanvas(page))).not.toBe(before);
    const { target, predictions: written, model } = analysisIn(await saveAnalysis(page));
    expect(target).toMatchObject({ index: other, label: `class ${other}`, kind: 'class' });
    expect(written[0].logit).toBeCloseTo(-written[1].logit, 5);
    expect(model.output).toMatchObject({ kind: 'binary', is: 'one sigmoid unit, read as two classes' });

    await drop(page, file('labels.txt', 'cat\ndog\n'));
    await expect(prediction(page, 'cat')).toBeVisible();
    await page.getByRole('combobox', { name: 'Read as' }).selectOption('A number');
    await expect(page).toHaveURL(/reads=number/);
    await expect(page.getByRole('region', { name: 'Prediction' })).not.toContainText('%');
    await page.getByRole('combobox', { name: 'Read as' }).selectOption('As the network tells');
    await expect(prediction(page, 'cat')).toBeVisible();
  });
  await test.step('a regressor shows its number, and can be read as two classes', async () => {
    await drop(page, network('linear-unit'));
    const card = page.getByRole('region', { name: 'Prediction' });
    await expect(card).toContainText('The output is one number. It is no class and has no probability');
    await expect(card).not.toContainText('%');
    await expect(card.getByRole('combobox', { name: /to explain/ })).toHaveCount(0);
    await measured(page);
    const { predictions: written, model } = analysisIn(await saveAnalysis(page));
    expect(written).toMatchObject([{ label: 'output', probability: null }]);
    expect(model.output?.kind).toBe('number');

    await card.getByRole('combobox', { name: 'Read as' }).selectOption('Two classes');
    await expect(page).toHaveURL(/reads=classes/);
    await expect(prediction(page, 'class 1')).toContainText('%');
    await card.getByRole('combobox', { name: 'Read as' }).selectOption('A number');
    await expect(card).not.toContainText('%');
    await drop(page, file('labels.txt', 'cat\ndog\n'));
    await expect(prediction(page, 'dog')).toContainText('%');
  });
});
