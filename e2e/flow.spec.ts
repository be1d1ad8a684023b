import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { analysisIn, floats, saveAnalysis, saveFigure } from './support/downloads';
import { layerSlider, measured, openPage, quick, record, status } from './support/explain-page';
import { readPng } from './support/png';
import { expect, test } from './support/shared-page';

const flow = (page: Page) => page.getByRole('img', { name: 'Superization flow' });
const walk = (page: Page) => page.getByRole('application', { name: 'Signs by layer' });
const outline = (page: Page) => page.getByRole('img', { name: /^(Outline|Place) / });
const thumbnailOutlines = (page: Page) => page.locator('[data-part=film-strip] svg');

/** Numbers of signs below the flow, by layer. */
const counts = async (page: Page) =>
  (await flow(page).locator('.counts text[font-weight="600"]').allTextContents()).map(Number);

/** What is said of the sign that is followed. */
const spoken = async (page: Page) => (await page.locator('#followed-sign').textContent()) ?? '';

async function openFlow(page: Page, fragment = `#explain?image=church&layer=conv4_3&${quick}`) {
  await openPage(page, fragment);
  await expect(flow(page).locator('.body').first()).toBeAttached();
}

interface Table {
  head: string[];
  rows: Record<string, string>[];
}
function table(buffer: Buffer): Table {
  const [head, ...lines] = buffer
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return { head, rows: lines.map((line) => Object.fromEntries(line.map((cell, i) => [head[i], cell]))) };
}

test('keys follow a sign through flow, heat map and thumbnails, and let it go', async ({ page }) => {
  await openFlow(page);
  const analysis = analysisIn(await saveAnalysis(page));
  await expect(outline(page)).toHaveCount(0);
  await layerSlider(page).focus();
  await walk(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => spoken(page)).toMatch(/^sign \d+ of conv4_3, [\d.]+ % of the mass, /);
  const first = await spoken(page);
  await expect(outline(page)).toHaveAccessibleName(`Outline of ${first.split(',')[0]}`);

  // What is outlined on the heat map is the sign: its box is the one in the analysis file.
  const number = Number(/^sign (\d+)/.exec(first)?.[1]);
  const sign = [...analysis.layers[9].signs].sort((a, b) => b.mass - a.mass)[number - 1];
  const box = await outline(page)
    .locator('path')
    .last()
    .evaluate((path) => {
      const { x, y, width, height } = (path as SVGPathElement).getBBox();
      return [x, y, x + width, y + height];
    });
  // The line is smooth: at a corner it stays up to a pixel inside.
  for (const [i, edge] of box.entries()) expect(Math.abs(edge - sign.box[i])).toBeLessThan(1);

  // Its family is lit in the flow, the rest dimmed; the thumbnails outline it too.
  await expect(flow(page).locator('.lit .followed')).toHaveCount(1);
  const family = await flow(page).locator('.lit .bodies').getAttribute('d');
  expect(family?.match(/M/g)?.length).toBeGreaterThan(2);
  expect(Number(await flow(page).locator('.drawing').getAttribute('opacity'))).toBeLessThan(0.5);
  expect(await thumbnailOutlines(page).count()).toBeGreaterThan(2);

  await page.keyboard.press('ArrowDown');
  await expect.poll(() => spoken(page)).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => spoken(page)).toBe(first);

  // Along the link: the layer of the next sign is selected, by the flow's keys and not the page's.
  const next = /aggregated into (sign \d+ of (\w+))/.exec(first);
  expect(next, first).not.toBeNull();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => spoken(page)).toContain(`${next?.[1]},`);
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', new RegExp(`^${next?.[2]}, `));
  await expect(outline(page)).toHaveAccessibleName(`Outline of ${next?.[1]}`);

  await page.keyboard.press('Escape');
  await expect(outline(page)).toHaveCount(0);
  await expect(flow(page).locator('.lit *')).toHaveCount(0);
});

test('Enter holds a sign while another layer is looked at', async ({ page }) => {
  await openFlow(page);
  await walk(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(() => spoken(page)).toContain(', held');
  const name = (await spoken(page)).split(',')[0];
  await layerSlider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv4_2, /);
  await expect(outline(page)).toHaveAccessibleName(new RegExp(`(belongs to|Place of) ${name}`));
  await walk(page).focus();
  await page.keyboard.press('Enter');
  await layerSlider(page).focus();
  await expect(outline(page)).toHaveCount(0);
});

test('the pointer follows the sign under it, a click holds it and selects its layer', async ({ page }) => {
  await openFlow(page, `#explain?image=church&layer=conv5_2&${quick}`);
  const body = flow(page).locator('.body.carried').first();
  await body.scrollIntoViewIfNeeded();
  await body.hover();
  await expect(outline(page)).toHaveCount(1);
  await expect(flow(page).locator('.lit .followed')).toHaveCount(1);
  await page.mouse.move(5, 5);
  await expect(outline(page)).toHaveCount(0);

  await body.click();
  await page.mouse.move(5, 5);
  const name = (await spoken(page)).split(',')[0];
  const layer = name.split(' of ')[1];
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', new RegExp(`^${layer}, `));
  await expect(outline(page)).toHaveAccessibleName(`Outline of ${name}`);
  await walk(page).press('Escape');
  await expect(outline(page)).toHaveCount(0);
});

// That the address brings them back: address.spec.ts.
test('thresholds change the number of signs and the address, without running the network', async ({
  page,
}) => {
  await openFlow(page);
  await measured(page);
  const runs = await record(status(page));
  const before = await counts(page);
  expect(before).toHaveLength(12);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const change = async (control: string, key: string, times: number) => {
    await page.getByRole('slider', { name: control }).focus();
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  await change('Persistence', 'ArrowRight', 20);
  await expect.poll(() => page.url()).toContain('tau=0.3&');
  await expect.poll(async () => sum(await counts(page))).toBeLessThan(sum(before) * 0.8);
  const fewer = sum(await counts(page));
  await change('Cut-off', 'End', 1);
  await expect.poll(() => page.url()).toContain('theta=1&');
  await expect.poll(async () => sum(await counts(page))).toBeLessThan(fewer);
  // At a cut-off of 1 only the greatest peak of each layer is left.
  await expect.poll(async () => Math.max(...(await counts(page)))).toBeLessThanOrEqual(2);
  expect(await runs()).toEqual([]);
});

test('the flow leaves as CSV whose masses are those of the maps', async ({ page }) => {
  await openFlow(page);
  const analysis = analysisIn(await saveAnalysis(page));
  const { rows } = table((await saveFigure(page, 'Superization flow', 'CSV')).buffer);
  expect(rows).toHaveLength(analysis.layers.reduce((sum, { signs }) => sum + signs.length, 0));
  for (const { name, map, signs } of analysis.layers) {
    const own = rows.filter((row) => row.layer === name);
    expect(own.map((row) => Number(row.area))).toEqual(signs.map(({ area }) => area));
    if (own.length === 0) continue;
    // Every row gives the mass of the whole map, as mass by share; that is the map's own sum where it is not resized.
    const totals = own.map((row) => Number(row.mass) / Number(row.share));
    for (const total of totals) expect(total / totals[0]).toBeCloseTo(1, 9);
    const values = floats(map.float32);
    const sum = values.reduce((a, b) => a + b, 0);
    const [height, width] = analysis.model.inputShape;
    const grown = (height * width) / (map.height * map.width);
    if (grown === 1) expect(totals[0] / sum).toBeCloseTo(1, 5);
    else expect(Math.abs(totals[0] / (sum * grown) - 1), name).toBeLessThan(0.1);
    const share = own.reduce((total, row) => total + Number(row.share), 0);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThanOrEqual(1 + 1e-9);
  }
  const last = rows.filter((row) => row.layer === 'conv5_2');
  for (const row of last)
    expect(row).toMatchObject({ fate: 'root', into: '', final_sign: `conv5_2:${row.id}` });
  for (const row of rows.filter(({ fate }) => fate === 'aggregated')) {
    expect(Number(row.link_share)).toBeGreaterThanOrEqual(0.5);
    expect(row.into).toMatch(/^conv\d_\d:\d+$/);
  }
});

for (const figure of ['Superization flow', 'Change by step']) {
  test(`${figure} leaves as SVG that stands alone, and as PNG at its size`, async ({ page }) => {
    await openFlow(page);
    await measured(page);
    const { buffer } = await saveFigure(page, figure, 'SVG');
    const text = buffer.toString('utf8');
    const read = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        broken: parsed.querySelector('parsererror')?.textContent ?? null,
        root: parsed.documentElement.localName,
        shapes: parsed.querySelectorAll('rect, path').length,
        words: [...parsed.querySelectorAll('text')].map((element) => element.textContent).join(' '),
      };
    }, text);
    expect(read).toMatchObject({ broken: null, root: 'svg' });
    expect(read.shapes).toBeGreaterThan(30);
    for (const word of [figure, 'conv1_1', 'conv5_2', 'church', 'Grad-CAM'])
      expect(read.words).toContain(word);
    expect(text.match(/url\((?!data:|#)/g), 'nothing is loaded from elsewhere').toBeNull();

    const once = readPng((await saveFigure(page, figure, 'PNG')).buffer);
    const { buffer: print } = await saveFigure(page, figure, 'PNG, 300 dpi');
    const png = readPng(print);
    expect(once.width).toBe(1120);
    expect(Math.abs(png.width - once.width * 3.125)).toBeLessThanOrEqual(1);
    expect(Math.abs(png.height - once.height * 3.125)).toBeLessThanOrEqual(1);
    expect(JSON.parse(png.texts.supersign).schema).toBe('supersign/analysis');
    const { channels } = await sharp(print).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(8);
  });
}

test('the change by step in the file adds up, with its null and where superization happens', async ({
  page,
}) => {
  // Which steps go beyond chance hangs on how they are measured: as by default.
  await openFlow(page, '#explain?image=french-horn');
  await measured(page);
  const analysis = analysisIn(await saveAnalysis(page));
  const { rows } = table((await saveFigure(page, 'Change by step', 'CSV')).buffer);
  expect(rows).toHaveLength(11);
  let happening = 0;
  analysis.transitions.forEach(({ change, classFormation, complexFormation, happens, ...step }, i) => {
    const row = rows[i];
    expect(row.to).toBe(analysis.layers[i + 1].name);
    if (change === null || classFormation === null || complexFormation === null) {
      expect(row.change).toBe('');
      return;
    }
    expect(Math.abs(change - classFormation - complexFormation)).toBeLessThan(1e-9);
    expect(Number(row.change)).toBe(change);
    expect(Number(row.null_change)).toBe(step.null?.change);
    expect(happens).toBe(change < Math.min(0, step.null?.change ?? 0));
    if (happens) happening++;
  });
  expect(happening).toBeGreaterThan(0);
  await expect(page.getByRole('img', { name: 'Change by step' }).locator('.steps .happens')).toHaveCount(
    happening,
  );
});

test('a place on the heat map follows the sign that holds it', async ({ page }) => {
  await openFlow(page, '#explain?image=french-horn&layer=conv5_2');
  const analysis = analysisIn(await saveAnalysis(page));
  const { peak } = analysis.layers[11].signs[0];
  const [height, width] = analysis.model.inputShape;
  const canvas = page.getByRole('img', { name: 'Saliency of conv5_2' });
  const box = await canvas.boundingBox();
  if (!box) throw new Error('There is no heat map.');
  // The picture is as wide as its figure, and square as the network's input is.
  const place = { x: ((peak[0] + 0.5) / width) * box.width, y: ((peak[1] + 0.5) / height) * box.width };
  await page.mouse.move(box.x + place.x, box.y + place.y);
  await expect.poll(() => spoken(page)).toMatch(/^sign 1 of conv5_2, .*final/);
  await expect(flow(page).locator('.lit .followed')).toHaveCount(1);
  await page.mouse.move(5, 5);
  await expect(outline(page)).toHaveCount(0);
});
