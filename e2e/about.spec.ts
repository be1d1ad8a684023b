import type { Page } from '@playwright/test';
import { violations } from './support/axe';
import { caption, layerSlider, openPage, ready } from './support/explain-page';
import { expect, test } from './support/test';

const about = (page: Page) => page.getByRole('article', { name: 'About the method' });
const noise = (page: Page) => page.getByRole('table', { name: 'Entropy of noise by size' });
const pick = (page: Page, what: string, value: string) =>
  page.getByRole('combobox', { name: `${what} of the demonstration` }).selectOption(value);

/** Entropy of noise and its null by size, once all are measured. */
async function measuredNoise(page: Page): Promise<{ value: number; mean: number; sd: number }[]> {
  await expect(noise(page)).not.toContainText('…', { timeout: 40_000 });
  const rows = await noise(page)
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
  const number = (text: string) => Number(text.replace('−', '-'));
  return rows.map(([value, nulls]) => {
    const [mean, sd] = nulls.split(' ± ').map(number);
    return { value: number(value), mean, sd };
  });
}

test.describe.configure({ mode: 'parallel' });

test('the page about the method has an address, a title and a way back', async ({ page }) => {
  await openPage(page, '#explain?image=parachute&layer=conv3_1');
  await page.getByRole('link', { name: 'About the method' }).click();
  await expect(about(page)).toBeVisible();
  await expect(page).toHaveURL(/#about$/);
  await expect(page).toHaveTitle('About the method – Supersign');
  await expect(page.getByRole('tablist').getByRole('tab')).toHaveText(['Explain', 'Study', 'Optimise']);
  await expect(layerSlider(page)).toBeHidden();
  await page.goBack();
  await expect(about(page)).toHaveCount(0);
  await expect(caption(page)).toContainText('Parachute, ');
  await expect(page).toHaveTitle('Parachute – Supersign');
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_1/);
  await page.goForward();
  await expect(about(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Explain' }).click();
  await expect(page).toHaveURL(/#explain\?.*image=parachute/);
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_1/);
});

test('opened by its address it shows the section asked for, while the network reads behind it', async ({
  page,
}) => {
  await page.goto('/#about/null-model');
  await expect(page.getByRole('heading', { name: /^Why a null model/ })).toBeInViewport();
  await expect(page.getByRole('img', { name: 'Entropy of the open picture by layer' })).toBeAttached({
    timeout: 40_000,
  });
  await expect(page).toHaveURL(/#about\/null-model$/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Sources' }).click();
  await expect(page.getByRole('heading', { name: /^Sources/ })).toBeInViewport();
  await page.getByRole('tab', { name: 'Explain' }).click();
  await ready(page);
  await expect(caption(page)).toContainText('448 × 448');
});

/** Independent means: SEMIOTICS' table of noise, and by how much a single map may differ from it. */
const expected = {
  256: [0.68, 0.45, 0.23, 0.06, -0.03],
  16: [1.0, 0.99, 0.93, 0.75, 0.38],
};
const spread = [0.01, 0.01, 0.02, 0.04, 0.08];

test('noise falls with size, live, as it is known to, and its null falls with it', async ({ page }) => {
  await page.goto('/#about/null-model');
  for (const levels of [256, 16] as const) {
    await pick(page, 'Levels', String(levels));
    for (const seed of [1, 7, 42]) {
      await page.getByRole('spinbutton', { name: 'Seed of the noise' }).fill(String(seed));
      const rows = await measuredNoise(page);
      expect(rows).toHaveLength(5);
      rows.forEach(({ value, mean, sd }, i) => {
        expect(Math.abs(value - expected[levels][i]), `${levels} levels, size ${i}`).toBeLessThan(spread[i]);
        expect(Math.abs(value - mean)).toBeLessThanOrEqual(4 * sd + 0.002);
        if (i > 0) expect(value).toBeLessThan(rows[i - 1].value);
      });
    }
  }
  await expect(about(page)).toContainText(/Noise falls from 1\.00 at 112 × 112 to 0\.\d\d at 7 × 7/);
});

test('another seed is other noise; grid and measure change what is measured', async ({ page }) => {
  await page.goto('/#about/null-model');
  const first = await measuredNoise(page);
  await page.getByRole('spinbutton', { name: 'Seed of the noise' }).fill('2');
  await expect.poll(async () => (await measuredNoise(page))[4].value).not.toBe(first[4].value);
  await pick(page, 'Grid', 'input');
  const smooth = await measuredNoise(page);
  expect(smooth[4].value).toBeLessThan(smooth[0].value);
  smooth.forEach(({ value, mean, sd }, i) => {
    expect(Math.abs(value - first[i].value)).toBeGreaterThan(0.05);
    expect(Math.abs(value - mean)).toBeLessThanOrEqual(5 * sd + 0.002);
  });
  await pick(page, 'Grid', 'native');
  await pick(page, 'Measure', 'mass');
  const mass = await measuredNoise(page);
  // Mass is blind to arrangement: shuffling changes nothing, and n pixels of even noise have about log2 n bits.
  mass.forEach(({ value, mean }, i) => {
    expect(mean).toBeCloseTo(value, 2);
    const bits = Math.log2([112, 56, 28, 14, 7][i] ** 2);
    expect(value).toBeLessThan(bits);
    // Uniform noise in [0, 1): log2 n less log2(e)/2 + log2(1/2)... = 1 - log2(e) / 2 bits in the limit.
    expect(bits - value).toBeCloseTo(0.279, 0);
  });
  await expect(page.getByRole('img', { name: 'Entropy of noise by size' })).toContainText('bits');
});

test('formulas are set by the browser, and the keys of the workspace are at rest', async ({ page }) => {
  await openPage(page, '#explain?layer=conv3_2');
  await page.getByRole('link', { name: 'About the method' }).click();
  const formulas = about(page).locator('section.formula math');
  await expect(formulas.first()).toBeVisible();
  expect(await formulas.count()).toBeGreaterThanOrEqual(8);
  for (const formula of await formulas.all()) {
    const box = await formula.evaluate((element) => {
      const { width, height } = element.getBoundingClientRect();
      return { width, height, namespace: element.namespaceURI };
    });
    expect(box.namespace).toBe('http://www.w3.org/1998/Math/MathML');
    expect(box.width).toBeGreaterThan(60);
    // A fraction or a sum is higher than a line of text.
    expect(box.height).toBeGreaterThan(14);
  }
  await page.getByRole('heading', { name: 'About the method' }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.goBack();
  await expect(layerSlider(page)).toHaveAttribute('aria-valuetext', /^conv3_2/);
});

test('Tab goes through sections and demonstration', async ({ page }) => {
  await page.goto('/#about');
  await expect(about(page)).toBeVisible();
  const visited: string[] = [];
  await page.getByRole('link', { name: 'About the method' }).focus();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
    visited.push(name);
    if (name === 'Seed of the noise') break;
  }
  expect(visited).toEqual(
    expect.arrayContaining(['What is studied', 'Measure of the demonstration', 'Seed of the noise']),
  );
});

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the text reads well on a ${device}, ${colorScheme}, and axe finds nothing wrong`, async ({
      page,
    }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto('/#about');
      await measuredNoise(page);
      await expect(page.getByRole('img', { name: 'Entropy of the open picture by layer' })).toBeAttached({
        timeout: 40_000,
      });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      const wide = await about(page).evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(wide, 'the text does not scroll sideways').toBeLessThanOrEqual(0);
      const line = await about(page)
        .locator('p.lead + nav ~ section p:not(.origins)')
        .first()
        .evaluate((element) => {
          const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
          const { fontSize, fontFamily } = getComputedStyle(element);
          context.font = `${fontSize} ${fontFamily}`;
          return element.clientWidth / context.measureText('0').width;
        });
      expect(line).toBeLessThanOrEqual(69);
      expect(await violations(page)).toEqual([]);
    });
  }
}
