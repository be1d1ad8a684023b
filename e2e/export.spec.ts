import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { type Analysis, analysisIn, saveAnalysis, saved, saveFigure } from './support/downloads';
import {
  caption,
  entropies,
  measured,
  openPage,
  ready,
  record,
  saliencyCanvas,
  shown,
  status,
  tableOfValues,
  view,
  weighed,
} from './support/explain-page';
import { drop, root } from './support/files';
import { readPng } from './support/png';
import { expect, test } from './support/shared-page';

/** Pixels per metre at 96, 192 and 300 dots per inch. */
const resolutions = [
  { kind: 'PNG', scale: 1, density: 3780 },
  { kind: 'PNG, 2x', scale: 2, density: 7559 },
  { kind: 'PNG, 300 dpi', scale: 3.125, density: 11811 },
];

for (const figure of ['Saliency of conv3_2', 'All layers', 'Spatial entropy by layer']) {
  test(`${figure} leaves as PNG at three resolutions, with the analysis inside`, async ({ page }) => {
    await openPage(page, '#explain?layer=conv3_2');
    await measured(page);
    const sizes: { width: number; height: number }[] = [];
    for (const { kind, scale, density } of resolutions) {
      const { name, buffer } = await saveFigure(page, figure, kind);
      expect(name).toMatch(/^supersign-French-horn-grad-cam-[\w-]+\.png$/);
      const png = readPng(buffer);
      expect(png.density, kind).toEqual({ x: density, y: density, unit: 1 });
      sizes.push(png);
      expect(Math.abs(png.width - sizes[0].width * scale), kind).toBeLessThanOrEqual(1);
      expect(Math.abs(png.height - sizes[0].height * scale), kind).toBeLessThanOrEqual(1);

      expect(png.texts.Title).toBe(figure);
      const inside = JSON.parse(png.texts.supersign) as Analysis;
      expect(inside).toMatchObject({
        schema: 'supersign/analysis',
        version: 1,
        target: { label: 'French horn' },
      });
      expect(inside.layers).toHaveLength(12);
      expect(inside.layers.filter((layer) => 'map' in layer)).toEqual([]);

      const { channels } = await sharp(buffer).stats();
      expect(Math.max(...channels.map(({ stdev }) => stdev)), 'there is something to see').toBeGreaterThan(
        10,
      );
    }
  });
}

test('the chart leaves as an SVG that stands alone', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const { name, buffer } = await saveFigure(page, 'Spatial entropy by layer', 'SVG');
  expect(name).toMatch(/\.svg$/);
  const text = buffer.toString('utf8');
  const read = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: parsed.querySelector('parsererror')?.textContent ?? null,
      root: parsed.documentElement.localName,
      words: [...parsed.querySelectorAll('text')].map((element) => element.textContent),
      references: [...parsed.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes]
          .filter(({ localName }) => ['href', 'src'].includes(localName))
          .map(({ value }) => value),
      ),
    };
  }, text);
  expect(read).toMatchObject({ broken: null, root: 'svg', references: [] });
  expect(text).toMatch(/@font-face\{font-family:'Inter Variable'[^}]*url\(data:font\/woff2;base64,/);
  expect(text.match(/url\((?!data:|#)/g), 'nothing is loaded from elsewhere').toBeNull();
  const words = read.words.join(' ');
  for (const word of ['conv1_1', 'conv5_2', 'photos10', 'French horn', 'Grad-CAM', 'Aura matrix']) {
    expect(words).toContain(word);
  }
  expect((await sharp(buffer).metadata()).width).toBeGreaterThan(600);
});

test('the numbers of the chart leave as CSV', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const { buffer } = await saveFigure(page, 'Spatial entropy by layer', 'CSV');
  const [head, ...lines] = buffer
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const rows = await tableOfValues(page);
  expect(lines).toHaveLength(rows.length);
  const columns: [string, string][] = [
    ['name', 'Layer'],
    ['entropy', 'Entropy'],
    ['null_mean', 'Null mean'],
    ['null_sd', 'Null sd'],
    ['structure', 'Structure'],
    ['marginal', 'Marginal'],
    ['conditional', 'Conditional'],
  ];
  for (const [column, heading] of columns) {
    const written = lines.map((line) => line[head.indexOf(column)]);
    const rounded = written.map((cell) =>
      cell === '' || column === 'name' ? cell : Number(cell).toFixed(4),
    );
    expect(rounded, column).toEqual(rows.map((row) => row[heading]));
  }
});

test('Export analysis writes every field of the contract', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const exported = await saveAnalysis(page);
  expect(exported.name).toBe('supersign-French-horn-grad-cam.json');
  const analysis = analysisIn(exported);
  const sum = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(root, file)))
      .digest('hex');
  const number = expect.any(Number);
  expect(analysis).toMatchObject({
    schema: 'supersign/analysis',
    version: 1,
    app: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    image: { name: 'French horn', width: 448, height: 448, sha256: sum('public/examples/french-horn.jpg') },
    model: {
      name: 'photos10',
      format: 'tfjs-layers-model',
      sha256: sum('public/networks/photos10/weights.bin'),
      inputShape: [112, 112, 3],
    },
    backend: { name: 'wasm', adapter: null, threads: number },
    target: { index: 5, label: 'French horn' },
    settings: {
      method: 'grad-cam',
      entropy: { measure: 'aura-matrix', levels: 256, grid: 'input', neighbourhood: 4 },
      signs: { tau: 0.1, theta: 0.2 },
    },
    timings: { decode: number, forward: number, saliency: number, entropy: number, signs: number },
  });
  expect(analysis.predictions).toHaveLength(10);
  for (const prediction of analysis.predictions) {
    expect(prediction).toEqual({
      index: number,
      label: expect.any(String),
      probability: number,
      logit: number,
    });
  }
  const total = analysis.predictions.reduce((sum, { probability }) => sum + probability, 0);
  expect(total).toBeCloseTo(1, 9);

  expect(analysis.layers.map(({ index }) => index)).toEqual([...analysis.layers.keys()]);
  for (const layer of analysis.layers) {
    const [height, width] = layer.shape;
    expect(layer.map).toMatchObject({ width, height });
    expect(Buffer.from(layer.map.float32, 'base64')).toHaveLength(width * height * 4);
    expect(Object.keys(layer)).toEqual(
      expect.arrayContaining(['name', 'kind', 'entropy', 'marginal', 'conditional', 'signs']),
    );
    expect(Object.keys(layer.entropy)).toEqual(expect.arrayContaining(['value', 'null', 'structure']));
    for (const sign of layer.signs) {
      expect(sign).toMatchObject({
        id: number,
        area: number,
        mass: number,
        share: number,
        peak: [number, number, number],
        centroid: [number, number],
        box: [number, number, number, number],
        persistence: number,
      });
      expect(sign).toHaveProperty('weight');
    }
  }
  expect(analysis.layers.some(({ signs }) => signs.length > 0)).toBe(true);
  expect(analysis.transitions.map(({ from, to }) => [from, to])).toEqual(
    analysis.layers.slice(1).map((_, i) => [i, i + 1]),
  );
  for (const transition of analysis.transitions) {
    expect(Object.keys(transition)).toEqual(
      expect.arrayContaining(['resizes', 'change', 'classFormation', 'complexFormation', 'links']),
    );
  }

  const table = await entropies(page);
  const written = analysis.layers.filter((_, i) => !Number.isNaN(table[i].value));
  expect(written.map(({ entropy }) => entropy.value?.toFixed(4))).toEqual(
    table.filter(({ value }) => !Number.isNaN(value)).map(({ value }) => value.toFixed(4)),
  );
});

test('the menu of a figure offers what the figure can be', async ({ page }) => {
  await openPage(page);
  await measured(page);
  const entries = async (figure: string) => {
    await page.getByRole('button', { name: `Export ${figure}` }).click();
    const names = await page.getByRole('menuitem').allTextContents();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    return names;
  };
  const kinds = ['PNG', 'PNG, 2x', 'PNG, 300 dpi', 'SVG', 'PDF', 'Print size …'];
  expect(await entries('Saliency of conv5_2')).toEqual(kinds);
  expect(await entries('All layers')).toEqual(kinds);
  expect(await entries('Spatial entropy by layer')).toEqual([...kinds, 'CSV']);
  // An entry that opens under the resting pointer takes the focus from the keys.
  await page.mouse.move(0, 0);
  const chosenByKeys = await saved(page, async () => {
    await page.getByRole('button', { name: 'Export Spatial entropy by layer' }).press('Enter');
    await expect(page.getByRole('menuitem', { name: 'PNG', exact: true })).toBeFocused();
    await page.keyboard.press('End');
    await expect(page.getByRole('menuitem', { name: 'CSV' })).toBeFocused();
    await page.keyboard.press('Enter');
  });
  expect(chosenByKeys.name).toMatch(/\.csv$/);
});

test('an exported analysis is opened again as it was, without running the network', async ({ page }) => {
  await openPage(page, '#explain?class=4&measure=glcm&levels=16&layer=conv3_3&colours=cividis&pooling=1');
  const before = await view(page);
  await weighed(page);
  const exported = await saveAnalysis(page);

  await openPage(page, '#explain?image=parachute');
  const texts = await record(status(page));
  await drop(page, exported);
  await shown(page, 'French horn');
  const { picture, ...numbers } = await view(page);
  const { picture: _, ...expected } = before;
  expect(numbers).toEqual(expected);
  await expect(saliencyCanvas(page)).toHaveAccessibleName('Saliency of conv3_3');
  expect(picture.length).toBeGreaterThan(1000);
  expect((await texts()).filter((text) => /Explaining|Loading|Starting/.test(text))).toEqual([]);

  const again = analysisIn(await saveAnalysis(page));
  const first = analysisIn(exported);
  expect(again.layers).toEqual(first.layers);
  expect(again.predictions).toEqual(first.predictions);
  expect(again.image).toEqual(first.image);
});

test('an exported figure is opened again as the view it came from', async ({ page }) => {
  await openPage(page, '#explain?image=parachute&measure=shannon&grid=native&layer=conv2_2');
  const before = await view(page);
  const figure = await saveFigure(page, 'All layers', 'PNG');
  await openPage(page);
  await drop(page, figure);
  await shown(page, 'Parachute');
  await ready(page);
  const { picture: _, ...numbers } = await view(page);
  const { picture: __, ...expected } = before;
  expect(numbers).toEqual(expected);
  await expect(caption(page)).toContainText('Parachute, 448 × 448');
});
