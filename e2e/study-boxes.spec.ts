import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { studyFromParquet } from '../src/study/file/parquet';
import { parseStudy } from '../src/study/file/study-file';
import { expect, test } from './support/cleared-page';
import { supersign } from './support/command-line';
import { saved } from './support/downloads';
import { status } from './support/explain-page';
import { drop, file, fileFrom, root } from './support/files';
import { example, openStudyPage } from './support/study-page';

const detector = path.join(root, 'src/network/targets/fixtures/yolo8.onnx');
const names = 'ant\nbee\ncat\ndog\neel\n';
/** Folders that are called like classes of the detector, which are no classes of its boxes. */
const pictures: [string, string][] = [
  ['ant', 'church'],
  ['bee', 'tench'],
  ['cat', 'golf-ball'],
];

test('the surest box of every picture is studied in the page, its trust with it', async ({ page }) => {
  await openStudyPage(page, '#study?backend=wasm&levels=16&grid=native&shuffles=2');
  await drop(page, fileFrom('yolo8.onnx', detector), file('labels.txt', names));
  await expect(page.getByRole('combobox', { name: 'Explained' })).toBeVisible();
  const content = pictures.map(([folder, name]) => ({
    name: `${folder}/${name}.jpg`,
    content: new Uint8Array(example(name)),
  }));
  await drop(page, file('set.zip', Buffer.from(zipOf(content))));
  await expect(status(page)).toContainText('3 images in 3 folders');
  await page.getByRole('combobox', { name: 'Explained' }).selectOption('surest');
  await page.getByRole('combobox', { name: 'Trust of the maps' }).selectOption('quick measures');
  await page.getByRole('button', { name: 'Run study' }).click();
  // The file does not tell how its pictures are scaled.
  const question = page.getByRole('dialog', { name: 'By which scaling?' });
  await question.getByRole('button', { name: /^Use -1 to 1/ }).click();
  await expect(status(page)).toHaveText(/^Ready: 3 images in /, { timeout: 60_000 });
  const results = page.getByRole('region', { name: 'Results' });
  await expect(results).toContainText('Grad-CAM for the score of the surest box of 3 images, by yolo8');
  await expect(
    results.getByRole('combobox', { name: 'Maps of', exact: true }).first().locator('option'),
  ).toHaveText(['the score of the surest box']);
  await expect(
    results.getByRole('combobox', { name: 'By', exact: true }).first().locator('option'),
  ).toHaveText(['number explained']);
  await expect(results).not.toContainText('Not measured yet');
  const trust = page.getByRole('region', { name: 'Trust', exact: true });
  await expect(trust.getByRole('row', { name: 'Max-sensitivity' }).first()).toContainText(/\d/);
  const whole = await saved(page, async () => {
    await page.getByRole('button', { name: 'Export study' }).click();
    await page.getByRole('menuitem', { name: 'Study file', exact: true }).click();
  });
  const study = await parseStudy(new Blob([new Uint8Array(whole.buffer)]));
  expect(study.settings.box).toBe('surest');
  expect(study.images.map(({ trueClass }) => trueClass)).toEqual([null, null, null]);
});

test('the command line studies the boxes that it explains', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  copyFileSync(detector, path.join(folder, 'yolo8.onnx'));
  writeFileSync(path.join(folder, 'labels.txt'), names);
  for (const [own, name] of pictures) {
    mkdirSync(path.join(folder, 'set', own), { recursive: true });
    writeFileSync(path.join(folder, 'set', own, `${name}.jpg`), example(name));
  }
  const asked = ['--model', 'yolo8.onnx', '--labels', 'labels.txt', '--images', 'set'];
  const box = ['--box', 'surest', '--part', 'place'];
  const quick = ['--shuffles', '2', '--levels', '16', '--grid', 'native'];
  const trust = ['--trust', 'deletion,max-sensitivity,efficient-mprt'];
  const studied = await supersign(folder, [
    'study',
    ...[...asked, ...box, ...quick, ...trust, '--backend', 'wasm', '--out', 'boxes.parquet'],
  ]);
  expect(studied.code).toBe(0);
  expect(studied.events.at(-1)).toMatchObject({ event: 'done', measured: 3, failed: 0 });
  const study = await studyFromParquet(new Blob([readFileSync(path.join(folder, 'boxes.parquet'))]));
  expect(study.settings).toMatchObject({ box: 'surest', part: 'place' });
  for (const measure of ['deletion', 'max-sensitivity', 'efficient-mprt']) {
    const [column] = Object.keys(study.numbers).filter((name) => name.endsWith(measure));
    expect([...study.numbers[column]].some(Number.isFinite), measure).toBe(true);
  }

  const explained = await supersign(folder, ['explain', ...asked, ...box, '--out', 'explained']);
  expect(explained.code).toBe(0);
  for (const { path: picture, value, trueClass } of study.images) {
    expect(trueClass).toBeNull();
    const { target } = JSON.parse(
      readFileSync(path.join(folder, 'explained', picture, 'analysis.json'), 'utf8'),
    );
    expect(target).toMatchObject({ kind: 'box', part: 'place' });
    expect(value).toBeCloseTo(target.value, 3);
  }
  rmSync(folder, { recursive: true, force: true });
});
