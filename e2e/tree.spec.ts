import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { looks, violations } from './support/axe';
import { type Analysis, analysisIn, saveAnalysis, saveFigure } from './support/downloads';
import { measured, openPage, quick, shown, signsFound, weighed } from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import { readPng } from './support/png';
import { expect, test } from './support/shared-page';

const figure = (page: Page): Locator => page.getByRole('figure', { name: 'Superization tree' });
const tree = (page: Page): Locator => page.getByRole('img', { name: 'Superization tree' });
const signs = (page: Page): Locator =>
  figure(page).getByRole('region', { name: 'Signs of the tree' }).getByRole('button');

const rowsOf = ({ buffer }: TestFile): Record<string, string>[] => {
  const [head, ...lines] = buffer
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], cell])));
};

/** Every sign that ends in this one, by the links of the analysis file; "layer:sign". */
function ancestry({ layers, transitions }: Analysis, layer: number, sign: number): Set<string> {
  const links = transitions.flatMap(({ from, to, links }) =>
    links.map((link) => ({ ...link, layer: from, next: (link as { toLayer?: number }).toLayer ?? to })),
  );
  const found = new Set<string>();
  const open = [{ layer, sign }];
  for (let at = open.pop(); at; at = open.pop()) {
    found.add(`${layers[at.layer].name}:${at.sign}`);
    for (const link of links) {
      if (link.next === at.layer && link.to === at.sign) open.push({ layer: link.layer, sign: link.from });
    }
  }
  return found;
}

test('the tree of the greatest final sign, and its numbers, are those of the analysis', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  await expect(tree(page)).toBeVisible();
  const analysis = analysisIn(await saveAnalysis(page));
  const last = analysis.layers.length - 1;
  const [greatest] = [...analysis.layers[last].signs].sort((a, b) => b.share - a.share);
  const rows = rowsOf(await saveFigure(page, 'Superization tree', 'CSV'));
  const name = `${analysis.layers[last].name}:${greatest.id}`;
  expect(rows[0].node).toBe(name);
  expect(rows[0].parent).toBe('');
  expect(Number(rows[0].share)).toBeCloseTo(greatest.share, 9);
  const nodes = new Set(rows.map(({ node }) => node));
  expect(nodes.size).toBe(rows.length);
  for (const { parent } of rows.slice(1)) expect(nodes.has(parent)).toBe(true);
  for (const { node, order } of rows) {
    expect(
      rows.filter(({ parent }) => parent === node),
      node,
    ).toHaveLength(Number(order));
  }
  expect(nodes).toEqual(ancestry(analysis, last, greatest.id));
});

test('keys go through the tree and follow signs on the picture', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  const root = signs(page).first();
  await root.focus();
  await expect(root).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('img', { name: /^Outline of sign 1 of conv5_2/ })).toBeAttached();
  const label = await root.getAttribute('aria-label');
  await page.keyboard.press('ArrowLeft');
  const part = signs(page).and(page.locator(':focus'));
  await expect(part).toHaveAccessibleName(/aggregated into sign 1 of conv5_2/);
  await page.keyboard.press('ArrowRight');
  await expect(signs(page).and(page.locator(':focus'))).toHaveAccessibleName(label ?? '');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('slider', { name: 'Layer' })).not.toHaveAttribute('aria-valuetext', /^conv5_2/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('img', { name: /^Outline of / })).toHaveCount(0);
  // One stop of Tab, however many signs there are.
  expect(await signs(page).count()).toBeGreaterThan(5);
  await expect(signs(page).and(page.locator('[tabindex="0"]'))).toHaveCount(1);
});

test('another supersign is chosen by name, and following a sign elsewhere shows its tree', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  const choice = page.getByRole('combobox', { name: 'Supersign' });
  await expect.poll(() => choice.locator('option').count()).toBeGreaterThan(5);
  const options = await choice
    .locator('option')
    .evaluateAll((all) =>
      all.map((option) => ({ value: (option as HTMLOptionElement).value, text: option.textContent ?? '' })),
    );
  const inner = options.find(({ text }) => /of conv3_\d/.test(text)) as (typeof options)[number];
  await choice.selectOption(inner.value);
  const [name] = inner.text.split(',');
  await expect(signs(page).first()).toHaveAccessibleName(new RegExp(`^${name},`));
  const text = await tree(page).locator('desc').textContent();
  expect(text?.toLowerCase()).toContain(name);

  await choice.selectOption('');
  await expect(signs(page).first()).toHaveAccessibleName(/^sign \d+ of conv5_2, .* final/);
  const greatest = await signs(page).first().getAttribute('aria-label');
  await page.getByRole('button', { name: /^Sign 2, / }).hover();
  await expect(signs(page).first()).not.toHaveAccessibleName(greatest ?? '');
  await expect(signs(page).first()).toHaveAccessibleName(/^sign \d+ of conv5_2, .* final/);
  const second = await signs(page).first().getAttribute('aria-label');
  await page.getByRole('button', { name: /^Sign 1, / }).hover();
  await expect(signs(page).first()).not.toHaveAccessibleName(second ?? '');
});

test('the tree leaves as PNG and SVG with its crops inside', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  const png = await saveFigure(page, 'Superization tree', 'PNG');
  expect(JSON.parse(readPng(png.buffer).texts.supersign)).toMatchObject({ schema: 'supersign/analysis' });
  const { channels } = await sharp(png.buffer).stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);

  const svg = (await saveFigure(page, 'Superization tree', 'SVG')).buffer.toString('utf8');
  const found = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      broken: parsed.querySelector('parsererror') !== null,
      pictures: [...parsed.querySelectorAll('image')].map((image) =>
        image.getAttribute('href')?.slice(0, 22),
      ),
      crops: parsed.querySelectorAll('svg.crop').length,
      outlines: parsed.querySelectorAll('path.outline').length,
      texts: [...parsed.querySelectorAll('text')].map((node) => node.textContent ?? ''),
    };
  }, svg);
  expect(found.broken).toBe(false);
  expect(found.pictures).toEqual(['data:image/png;base64,']);
  expect(found.crops).toBeGreaterThan(10);
  expect(found.outlines).toBe(2 * found.crops);
  expect(found.texts).toContain('Superization tree of sign 1 of conv5_2');
  expect(found.texts.some((text) => /^\+\d+ others$/.test(text))).toBe(true);
});

test('the tree on a phone: readable crops that scroll by themselves, nothing axe minds in light and dark colours', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  await signsFound(page);
  await weighed(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // What is drawn above it as it comes moves it on.
    await expect(async () => {
      await signs(page).first().scrollIntoViewIfNeeded();
      await expect(signs(page).first()).toBeInViewport({ timeout: 1000 });
    }).toPass();
    expect((await signs(page).first().boundingBox())?.width, colorScheme).toBeGreaterThanOrEqual(40);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      colorScheme,
    ).toBeLessThanOrEqual(0);
    expect(await violations(page, looks[colorScheme]), colorScheme).toEqual([]);
  }
});

test('hundreds of signs, and next to none, are stood', async ({ page }) => {
  await openPage(page, `#explain?image=church&tau=0.01&theta=0.02&${quick}`);
  await measured(page);
  await expect(signs(page).first()).toBeVisible();
  const box = await tree(page).boundingBox();
  expect(box?.height).toBeLessThan(700);
  await page.goto(`/#explain?image=church&tau=1&theta=1&${quick}`);
  await expect.poll(() => signs(page).count()).toBeLessThan(15);
  await expect(signs(page).first()).toHaveAccessibleName(/^sign 1 of /);

  const black = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  await drop(page, file('black.png', black));
  await shown(page, 'black.png');
  await measured(page);
  await expect(signs(page).first().or(figure(page).getByText('No layer holds a sign'))).toBeVisible();
});
