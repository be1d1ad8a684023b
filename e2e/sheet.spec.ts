import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { inEveryLook, violations } from './support/axe';
import { saved } from './support/downloads';
import { measured, openPage, quick, weighed } from './support/explain-page';
import type { TestFile } from './support/files';
import { readPng } from './support/png';
import { expect, test } from './support/shared-page';

const figures = [
  'Saliency of the selected layer',
  'All layers',
  'Spatial entropy by layer',
  'Change by step',
  'Superization flow',
  'Superization tree',
  'Decision card',
];

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Figure sheet' });

async function openSheet(page: Page, chosen: readonly string[]) {
  await page.getByRole('button', { name: 'Figure sheet', exact: true }).click();
  for (const name of figures) {
    await dialog(page).getByRole('checkbox', { name, exact: true }).setChecked(chosen.includes(name));
  }
}

const save = (page: Page, kind: string): Promise<TestFile> =>
  saved(page, async () => {
    await dialog(page).getByRole('button', { name: 'Export Figure sheet' }).click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  });

/** What an SVG file holds, read by the browser. */
const contents = (page: Page, { buffer }: TestFile) =>
  page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const panels = [...parsed.querySelectorAll('g.panel')];
    return {
      broken: parsed.querySelector('parsererror') !== null,
      viewBox: parsed.documentElement.getAttribute('viewBox')?.split(' ').map(Number),
      panels: panels.map((panel) => {
        const [letter, title] = [...panel.children].map((child) => child.textContent ?? '');
        const figure = panel.querySelector(':scope > svg');
        return {
          letter,
          title,
          figure: figure?.querySelector('title')?.textContent ?? null,
          // Pictures inside a figure of vectors.
          pictures: figure?.querySelectorAll('image[href^="data:image/png;base64,"]').length,
        };
      }),
    };
  }, buffer.toString('utf8'));

test('a sheet holds every chosen figure: letters as letters, each picture once, and the preview shows the same', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&${quick}`);
  await measured(page);
  await weighed(page);
  await openSheet(page, figures);
  const preview = dialog(page).getByRole('img', { name: 'Figure sheet' });
  await expect(preview).toBeVisible();
  await expect(preview.locator('g.panel')).toHaveCount(7);
  const found = await contents(page, await save(page, 'SVG'));
  expect(found.broken).toBe(false);
  expect(found.panels.map(({ letter }) => letter)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  // A heat map on its picture; those of all layers but one, which has no evidence, on one that is there once; its parts; it with outlines.
  expect(found.panels.map(({ figure, pictures }) => [figure, pictures])).toEqual([
    ['Saliency of conv5_2', 2],
    ['All layers', 12],
    ['Spatial entropy by layer', 0],
    ['Change by step', 0],
    ['Superization flow', 0],
    ['Superization tree', 1],
    ['Decision card', 1],
  ]);

  await dialog(page).getByRole('checkbox', { name: 'All layers' }).uncheck();
  await expect(preview.locator('g.panel')).toHaveCount(6);
  const fewer = await contents(page, await save(page, 'SVG'));
  expect(fewer.panels.map(({ title }) => title)).not.toContain('All layers');
});

const paper = {
  'A4, portrait': [2480, 3508],
  'A4, landscape': [3508, 2480],
  Letter: [2550, 3300],
  'Slide, 16:9': [4000, 2250],
};

/** Something is drawn, and nothing runs over the margins. */
async function expectWithinMargins(buffer: Buffer, what: string): Promise<void> {
  const { data, info } = await sharp(buffer).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const drawn = () => sharp(data, { raw: info });
  const margin = Math.round(Math.min(width, height) * 0.053);
  for (const edge of [
    { left: 0, top: 0, width, height: margin },
    { left: 0, top: height - margin, width, height: margin },
    { left: 0, top: 0, width: margin, height },
    { left: width - margin, top: 0, width: margin, height },
  ]) {
    const strip = await drawn().extract(edge).raw().toBuffer();
    expect(
      strip.every((value, i) => value === strip[i % info.channels]),
      `${what}: ${JSON.stringify(edge)}`,
    ).toBe(true);
  }
  expect(Math.max(...(await drawn().stats()).channels.map(({ stdev }) => stdev))).toBeGreaterThan(15);
}

test('every page leaves at the size of its paper', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  await openSheet(page, ['Saliency of the selected layer', 'Spatial entropy by layer', 'Superization flow']);
  for (const [format, [width, height]] of Object.entries(paper)) {
    await dialog(page).getByRole('combobox', { name: 'Page' }).selectOption(format);
    const small = await save(page, 'PNG');
    const screen = readPng(small.buffer);
    expect(Math.abs(screen.width * 3.125 - width), format).toBeLessThan(3.2);
    expect(Math.abs(screen.height * 3.125 - height), format).toBeLessThan(3.2);
    expect(JSON.parse(screen.texts.supersign)).toMatchObject({ schema: 'supersign/analysis' });
    await expectWithinMargins(small.buffer, format);
    // Print resolution is the same for all of them (`figure-sheet-layout.test.ts` has the sizes), and takes seconds each.
    if (format !== 'A4, landscape') continue;
    const { buffer } = await save(page, 'PNG, 300 dpi');
    const print = readPng(buffer);
    expect([print.width, print.height], format).toEqual([width, height]);
    expect(print.density).toEqual({ x: 11811, y: 11811, unit: 1 });
    await expectWithinMargins(buffer, `${format}, 300 dpi`);
  }
});

test('the sheet is made by keys alone, and says what is missing', async ({ page }) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  await page.getByRole('button', { name: 'Figure sheet', exact: true }).focus();
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('checkbox', { name: 'Saliency of the selected layer' }).focus();
  await page.keyboard.press('Space');
  await expect(dialog(page).locator('g.panel')).toHaveCount(3);
  for (const name of figures) await dialog(page).getByRole('checkbox', { name, exact: true }).uncheck();
  await expect(dialog(page)).toContainText('Choose at least one figure.');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Figure sheet', exact: true })).toBeFocused();
});

test('axe finds nothing wrong with the sheet, in light and dark colours, on a desk and on a phone', async ({
  page,
}) => {
  await openPage(page, `#explain?image=golf-ball&${quick}`);
  await measured(page);
  await openSheet(page, ['All layers', 'Superization tree']);
  await expect(dialog(page).locator('g.panel')).toHaveCount(2);
  await inEveryLook(page, async (what, _, rules) => {
    // Not before the figures are drawn in the colours of the look.
    await expect(dialog(page).locator('g.panel')).toHaveCount(2);
    expect(await violations(page, rules), what).toEqual([]);
    const wide = await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(wide, `the dialog does not scroll sideways, ${what}`).toBeLessThanOrEqual(0);
  });
  await page.keyboard.press('Escape');
  await test.step('from the menu of a phone', async () => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await openSheet(page, ['All layers', 'Superization tree']);
    await expect(dialog(page).locator('g.panel')).toHaveCount(2);
  });
});
