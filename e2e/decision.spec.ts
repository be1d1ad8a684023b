import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { violations } from './support/axe';
import { type Analysis, analysisIn, saveAnalysis, saved } from './support/downloads';
import { goTo, measured, openPage, quick, shown, weighed } from './support/explain-page';
import { drop, type TestFile } from './support/files';
import { readPng } from './support/png';
import { expect, test } from './support/shared-page';

const carries = (page: Page): Locator => page.getByRole('region', { name: 'What carries it' });
const dialog = (page: Page): Locator => page.getByRole('dialog');
const button = (within: Page | Locator, name: string) => within.getByRole('button', { name, exact: true });

/** Saves a figure that stands in a dialog. */
const saveFrom = (page: Page, figure: string, kind: string): Promise<TestFile> =>
  saved(page, async () => {
    await button(dialog(page), `Export ${figure}`).click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  });

const rowsOf = ({ buffer }: TestFile): Record<string, string>[] => {
  const [head, ...lines] = buffer
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], cell])));
};

const lastSigns = (analysis: Analysis) => analysis.layers[analysis.layers.length - 1].signs;

test('the signs of the last layer are weighed by themselves, in words, as a list and in the file', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  await weighed(page);
  const analysis = analysisIn(await saveAnalysis(page));
  const signs = [...lastSigns(analysis)].sort((a, b) => b.mass - a.mass);
  expect(signs.length).toBeGreaterThan(1);
  const { logit } = analysis.predictions[0];
  const items = carries(page).getByRole('listitem').getByRole('button');
  await expect(items).toHaveCount(signs.length);
  for (const [i, { weight, share }] of signs.entries()) {
    expect(Number.isFinite(weight)).toBe(true);
    await expect(items.nth(i)).toHaveAccessibleName(
      new RegExp(`^Sign ${i + 1}, .*, ${Math.round(share * 100)} % of the evidence$`),
    );
    const [told] = /−?[\d.]+(?= logits lost)/.exec((await items.nth(i).textContent()) ?? '') ?? [];
    expect(Math.abs(Number(told?.replace('−', '-')) - (weight ?? Number.NaN))).toBeLessThan(0.051);
  }
  await expect(carries(page)).toContainText(
    `masking the larger one costs ${signs[0].weight?.toFixed(1)} of ${logit.toFixed(1)} logits`,
  );
});

test('a sign of the list is followed by pointer and by keys', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await weighed(page);
  const [first, second] = await carries(page).getByRole('listitem').getByRole('button').all();
  await first.hover();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.move(0, 0);
  await expect(first).toHaveAttribute('aria-pressed', 'false');
  await first.focus();
  await page.keyboard.press('Tab');
  await expect(first).toHaveAttribute('aria-pressed', 'false');
  await expect(second).toHaveAttribute('aria-pressed', 'true');
});

test('the decision card leaves as PNG at three resolutions, as SVG and as CSV', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  await weighed(page);
  const sentence = await carries(page).getByText('The network rests').textContent();
  await button(page, 'Decision card').click();
  const card = page.getByRole('img', { name: 'Decision card' });
  await expect(card).toBeVisible();
  await expect(card.locator('desc').first()).toHaveText(`parachute, 95.4 %. ${sentence}`);
  const sizes: { width: number; height: number }[] = [];
  for (const [kind, scale] of [
    ['PNG', 1],
    ['PNG, 2x', 2],
    ['PNG, 300 dpi', 3.125],
  ] as const) {
    const { name, buffer } = await saveFrom(page, 'Decision card', kind);
    expect(name).toBe('supersign-Parachute-grad-cam-decision-card.png');
    const png = readPng(buffer);
    sizes.push(png);
    expect(png.width).toBe(960 * scale);
    expect(Math.abs(png.height - sizes[0].height * scale)).toBeLessThanOrEqual(1);
    const inside = JSON.parse(png.texts.supersign) as Analysis;
    expect(lastSigns(inside).every(({ weight }) => weight !== null)).toBe(true);
    // The picture is in it: where the sky is, the file is blue.
    const [left, top, side] = [272, 64, 40].map((pixels) => Math.round(pixels * scale));
    const sky = await sharp(buffer).extract({ left, top, width: side, height: side }).png().toBuffer();
    const { channels } = await sharp(sky).stats();
    expect(channels[2].mean - channels[0].mean).toBeGreaterThan(10);
  }

  const svg = (await saveFrom(page, 'Decision card', 'SVG')).buffer.toString('utf8');
  const parsed = await page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      error: read.querySelector('parsererror')?.textContent ?? null,
      image: read.querySelector('image')?.getAttribute('href')?.slice(0, 22),
      outlines: read.querySelectorAll('.outline').length,
      texts: [...read.querySelectorAll('.heading text')].map((node) => node.textContent),
    };
  }, svg);
  expect(parsed).toMatchObject({ error: null, image: 'data:image/png;base64,', outlines: 4 });
  expect(parsed.texts.slice(2).join(' ')).toBe(sentence);

  const rows = rowsOf(await saveFrom(page, 'Decision card', 'CSV'));
  expect(rows.map(({ number, layer }) => [number, layer])).toEqual([
    ['1', 'conv5_2'],
    ['2', 'conv5_2'],
  ]);
  for (const { weight } of rows) expect(Number.isFinite(Number.parseFloat(weight))).toBe(true);

  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(button(page, 'Decision card')).toBeFocused();
});

test('all layers are weighed on demand, at the layers and at the input', async ({ page }) => {
  test.slow();
  await openPage(page, `#explain?image=parachute&${quick}`);
  await weighed(page);
  await button(page, 'Weigh all layers').click();
  await expect(dialog(page).getByRole('progressbar', { name: 'Weighing signs' })).toBeVisible();
  await expect(dialog(page).getByRole('progressbar')).toBeHidden({ timeout: 90_000 });
  const table = dialog(page).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(1 + 11);
  for (const cell of await table.getByRole('cell').allTextContents()) expect(cell).toMatch(/^−?\d+(\.\d+)?$/);
  await page.keyboard.press('Escape');
  await measured(page);
  const { layers } = analysisIn(await saveAnalysis(page));
  for (const { name, signs } of layers) {
    const known = signs.filter(({ weight, weightAtInput }) => weight !== null && weightAtInput !== undefined);
    expect(known.length, name).toBe(Math.min(24, signs.length));
    const heaviest = [...signs].sort((a, b) => b.mass - a.mass).slice(0, known.length);
    expect(new Set(known), name).toEqual(new Set(heaviest));
  }
});

test('weights come back with a file', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  await weighed(page);
  const file = await saveAnalysis(page);
  const told = await carries(page).getByRole('listitem').getByRole('button').allTextContents();
  await openPage(page, `#explain?${quick}`);
  await drop(page, file);
  await shown(page, 'Parachute');
  await expect
    .poll(() => carries(page).getByRole('listitem').getByRole('button').allTextContents())
    .toEqual(told);
});

test('a class without evidence in the last layer has nothing to mask', async ({ page }) => {
  await openPage(page, `#explain?image=french-horn&class=6&${quick}`);
  await expect(carries(page)).toContainText(
    /“garbage truck” \([\d.]+ %\) is not what the network decides for, and the last layer, conv5_2, holds no positive evidence for it: there is no sign to mask\./,
  );
  await expect(carries(page).getByRole('listitem')).toHaveCount(0);
  await measured(page);
  await button(page, 'Decision card').click();
  await expect(page.getByRole('img', { name: 'Decision card' })).toContainText('conv5_2 has no sign');
  await page.keyboard.press('Escape');
  await button(page, 'Deletion and insertion').click();
  await expect(dialog(page)).toContainText(
    'conv5_2 holds no positive evidence: there is nothing to order pixels by.',
  );
  await expect(button(dialog(page), 'Draw for conv5_2')).toBeDisabled();
});

test('weights follow the class and the thresholds', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await weighed(page);
  await expect(carries(page)).toContainText(
    /^What carries it\??The network rests its “golf ball” on one supersign; /,
  );
  await page.getByRole('combobox', { name: 'Class to explain' }).selectOption('English springer');
  await expect(carries(page)).toContainText(
    /The network decides for “golf ball” \(94\.4 %\)\. What speaks for “English springer” \(1\.0 %\) is|For “English springer” \(1\.0 %\) the last layer|“English springer” \(1\.0 %\) is not what the network decides for/,
  );
  await weighed(page);

  await page.goto(`/#explain?image=parachute&tau=0.1&${quick}`);
  await shown(page, 'Parachute');
  await weighed(page);
  await measured(page);
  const before = lastSigns(analysisIn(await saveAnalysis(page)));
  await goTo(page, `#explain?image=parachute&tau=0.9&theta=0.5&${quick}`);
  await expect(carries(page).getByRole('listitem')).toHaveCount(1);
  await weighed(page);
  const [only, ...others] = lastSigns(analysisIn(await saveAnalysis(page)));
  expect(others).toEqual([]);
  expect(before.length).toBeGreaterThan(1);
  expect(before.map(({ weight }) => weight)).not.toContain(only.weight);
  expect(Number.isFinite(only.weight)).toBe(true);
});

test('deletion and insertion are drawn beside shuffled maps', async ({ page }) => {
  test.slow();
  await openPage(page, `#explain?image=gas-pump&${quick}`);
  await measured(page);
  // Until then what comes moves the buttons, and a click may miss them.
  await weighed(page);
  await button(page, 'Deletion and insertion').click();
  const chart = page.getByRole('img', { name: 'Deletion and insertion' });
  await expect(chart).toBeVisible({ timeout: 90_000 });
  await expect(dialog(page)).toContainText(/map of conv5_2 (finds|does)/);
  const rows = rowsOf(await saveFrom(page, 'Deletion and insertion', 'CSV'));
  expect(rows).toHaveLength(33);
  const column = (name: string) => rows.map((row) => Number(row[name]));
  const deletion = column('deletion_probability');
  const insertion = column('insertion_probability');
  // One begins where the other ends.
  expect(deletion[0]).toBeCloseTo(insertion[32], 5);
  expect(deletion[32]).toBeCloseTo(insertion[0], 5);
  expect(deletion[0]).toBeCloseTo(0.92, 2);
  const told = /area (\d\.\d\d)/.exec((await chart.locator('desc').textContent()) ?? '');
  const area = (deletion.reduce((sum, value) => sum + value, 0) - (deletion[0] + deletion[32]) / 2) / 32;
  expect(Number(told?.[1])).toBeCloseTo(area, 2);
});

// On the picture of the test before, whose curves are drawn.
for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`axe finds nothing wrong in the dialogs, ${device}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await openPage(page, `#explain?image=gas-pump&${quick}`);
    await measured(page);
    await weighed(page);
    await button(page, 'Decision card').click();
    await expect(page.getByRole('img', { name: 'Decision card' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'Deletion and insertion').click();
    await expect(page.getByRole('img', { name: 'Deletion and insertion' })).toBeVisible({ timeout: 90_000 });
    expect(await violations(page)).toEqual([]);
  });
}

test('randomised weights are checked with progress, and stop when told', async ({ page }) => {
  test.slow();
  await openPage(page, `#explain?image=gas-pump&layer=conv4_2&${quick}`);
  await measured(page);
  await weighed(page);
  await button(page, 'Randomised weights').click();
  const progress = dialog(page).getByRole('progressbar', { name: /Randomised network \d+ of 39/ });
  await expect(progress).toBeVisible();
  await button(dialog(page), 'Stop').click();
  await expect(dialog(page).getByRole('progressbar')).toBeHidden();
  const chart = page.getByRole('img', { name: 'Randomised weights' });
  await expect(chart).toBeHidden();

  await button(dialog(page), 'Randomise').click();
  await expect(progress).toBeVisible();
  await expect(chart).toBeVisible({ timeout: 120_000 });
  await expect(dialog(page)).toContainText(/map of conv4_2 /);
  const rows = rowsOf(await saveFrom(page, 'Randomised weights', 'CSV'));
  expect(rows).toHaveLength(12 * 13);
  expect(rows.slice(0, 13).map((row) => row.randomised_down_to)).toEqual([
    'logits',
    ...['5_2', '5_1', '4_3', '4_2', '4_1', '3_3', '3_2', '3_1', '2_2', '2_1', '1_2', '1_1'].map(
      (end) => `conv${end}`,
    ),
  ]);
  for (const row of rows) {
    for (const draw of [1, 2, 3]) {
      const value = row[`rank_correlation_${draw}`];
      if (value !== '') expect(Math.abs(Number(value))).toBeLessThanOrEqual(1);
    }
  }
});

test('another picture ends what is under way, and forgets what was asked about the last', async ({
  page,
}) => {
  await openPage(page, `#explain?image=church&${quick}`);
  await measured(page);
  await weighed(page);
  await button(page, 'Randomised weights').click();
  await expect(dialog(page).getByRole('progressbar', { name: /Randomised network/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(carries(page).getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Example: Golf ball' }).click();
  await shown(page, 'Golf ball');
  await expect(carries(page).getByRole('progressbar')).toBeHidden();
  await weighed(page);
  await expect(carries(page)).toContainText('“golf ball”');
});
