import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { inClone, supersign } from './support/command-line';
import { type Analysis, analysisIn, saveAnalysis } from './support/downloads';
import { measured, openPage, shown } from './support/explain-page';
import { drop, file, root } from './support/files';
import { expect, test } from './support/shared-page';
import { tinyNetworkFiles } from './support/tiny-network';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `explain` in the folder; `watch` hears every event. */
const explain = (args: string[], watch?: Parameters<typeof supersign>[2]) =>
  supersign(folder, ['explain', ...args], watch);

const read = (...parts: string[]) => readFileSync(path.join(folder, ...parts));

test('explain gives the numbers of the page, on the same PNG to 1e-5', async ({ page }) => {
  const png = await sharp(path.join(root, 'public/examples/parachute.jpg')).png().toBuffer();
  writeFileSync(path.join(folder, 'jumper.png'), png);
  const { code } = await explain([
    '--model',
    'photos10',
    '--images',
    'jumper.png',
    '--out',
    'same',
    '--jobs',
    '1',
    '--weigh',
    'none',
  ]);
  expect(code).toBe(0);
  const own: Analysis = JSON.parse(read('same/jumper.png/analysis.json').toString());

  await openPage(page);
  await drop(page, file('jumper.png', png));
  await shown(page, 'jumper.png');
  await measured(page);
  const paged = analysisIn(await saveAnalysis(page));
  const close = (a: number | null, b: number | null, what: string) => {
    expect(a === null, what).toBe(b === null);
    expect(Math.abs((a ?? 0) - (b ?? 0)), what).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(b ?? 0)));
  };
  expect(own.image).toMatchObject({ width: paged.image.width, sha256: paged.image.sha256 });
  expect(own.model).toEqual(paged.model);
  expect(own.target).toMatchObject({ index: paged.target.index, label: paged.target.label });
  own.predictions.forEach((prediction, i) => {
    expect(prediction.index).toBe(paged.predictions[i].index);
    close(prediction.logit, paged.predictions[i].logit, prediction.label);
  });
  const values = ({ float32 }: { float32: string }) => {
    const bytes = Uint8Array.from(Buffer.from(float32, 'base64'));
    return new Float32Array(bytes.buffer);
  };
  own.layers.forEach(({ name, map, entropy }, i) => {
    const other = paged.layers[i];
    expect(name).toBe(other.name);
    const [a, b] = [values(map), values(other.map)];
    const largest = b.reduce((most, value) => Math.max(most, value), 0);
    const apart = a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
    expect(apart, `map of ${name}`).toBeLessThanOrEqual(1e-5 * Math.max(1, largest));
    // One level more or less at one pixel in 12,544 would move an entropy in the fourth decimal.
    close(entropy.value, other.entropy.value, `entropy of ${name}`);
    close(entropy.null?.mean ?? null, other.entropy.null?.mean ?? null, `null model of ${name}`);
  });
});

test('a run that is stopped goes on where it was, and loses nothing', async () => {
  mkdirSync(path.join(folder, 'tiny'));
  for (const { name, buffer } of tinyNetworkFiles()) writeFileSync(path.join(folder, 'tiny', name), buffer);
  mkdirSync(path.join(folder, 'set/deep'), { recursive: true });
  const names = ['tench', 'church', 'gas-pump', 'french-horn'];
  names.forEach((name, i) => {
    const to = path.join(folder, 'set', i % 2 === 0 ? '' : 'deep', `${name}.jpg`);
    copyFileSync(path.join(root, `public/examples/${name}.jpg`), to);
  });
  writeFileSync(path.join(folder, 'set/torn.jpg'), read('set/tench.jpg').subarray(0, 9000));
  const quick = ['--grid', 'native', '--levels', '16', '--weigh', 'none', '--scaling', 'unit', '--jobs', '1'];
  const args = [
    '--model',
    'tiny/model.json',
    '--images',
    'set',
    ...quick,
    '--figures',
    'entropy',
    '--format',
    'svg',
  ];
  const whole = await explain([...args, '--out', 'whole']);
  expect(whole.code).toBe(0);
  expect(whole.events.at(-1)).toMatchObject({ event: 'done', explained: 4, failed: 1 });

  const stopped = await explain([...args, '--out', 'again'], ({ event }, child) => {
    if (event === 'picture') child.kill('SIGTERM');
  });
  expect(stopped.code).toBe(5);
  expect(existsSync(path.join(folder, 'again/pictures.csv'))).toBe(false);
  // Killed while it wrote.
  appendFileSync(path.join(folder, 'again/explain.part'), '{"path":"gas-p');
  const refused = await explain([...args, '--out', 'again']);
  expect(refused.code).toBe(2);
  const resumed = await explain([...args, '--out', 'again', '--resume']);
  expect(resumed.code).toBe(0);
  const { pictures, finished } = resumed.events[0];
  expect(pictures).toBe(5);
  expect(finished).toBeGreaterThan(0);
  expect(finished).toBeLessThan(5);
  const told = resumed.events.filter(({ event }) => event === 'picture' || event === 'failure');
  expect(told).toHaveLength(5 - Number(finished));
  for (const table of ['layers.csv', 'pictures.csv'])
    expect(read('again', table).equals(read('whole', table)), table).toBe(true);
  for (const picture of ['tench.jpg', 'deep/church.jpg', 'deep/french-horn.jpg']) {
    expect(read('again', picture, 'entropy.svg').equals(read('whole', picture, 'entropy.svg')), picture).toBe(
      true,
    );
    expect(existsSync(path.join(folder, 'again', picture, 'analysis.json'))).toBe(true);
  }
  expect(existsSync(path.join(folder, 'again/explain.part'))).toBe(false);
  const again = await explain([...args, '--out', 'again', '--resume']);
  expect(again.code).toBe(0);
  expect(again.events).toMatchObject([{ event: 'done', note: 'It was there already.' }]);

  // Methods side by side: the map of Grad-CAM is the one that was explained.
  const methods = ['--methods', 'grad-cam,layer-cam', '--figures', 'matrix', '--format', 'svg'];
  const one = ['--model', 'tiny/model.json', '--images', 'set/tench.jpg', '--out', 'methods'];
  const asked = [...one, ...quick.filter((word) => !['--weigh', 'none'].includes(word)), ...methods];
  const compared = await supersign(folder, ['compare', ...asked], undefined, inClone);
  expect(compared.code).toBe(0);
  const table = (...parts: string[]) => {
    const [head, ...rows] = read(...parts)
      .toString()
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
  };
  const rows = table('methods/methods.csv');
  const explained = table('whole/tench.jpg/layers.csv');
  expect(rows).toHaveLength(2 * explained.length);
  explained.forEach(({ name, entropy }, at) => {
    expect(rows[at]).toMatchObject({ picture: 'tench.jpg', method: 'grad-cam', name, entropy });
  });
  expect(rows.at(-1)).toMatchObject({ method: 'layer-cam' });
  expect(Math.abs(Number(rows.at(-1)?.linear_correlation))).toBeLessThanOrEqual(1);
  expect(read('methods/tench.jpg/matrix.svg').toString()).toContain('LayerCAM');
});
