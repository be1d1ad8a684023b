import { figureThemes, themesOfContrast } from '../src/figures/kit/figure-theme';
import { looks, violations } from './support/axe';
import {
  alert,
  measured,
  openPage,
  quick,
  saliencyCanvas,
  signsFound,
  status,
  trustMeasured,
  weighed,
} from './support/explain-page';
import { drop, file } from './support/files';
import { expect, test } from './support/shared-page';
import { test as testAlone } from './support/test';
import { serveTinyNetwork } from './support/tiny-network';

const widths = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of Object.entries(widths)) {
    test(`axe finds nothing wrong in ${colorScheme} colours, ${device}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await openPage(page, `#explain?${quick}`);
      await measured(page);
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      const rules = looks[colorScheme];
      expect(await violations(page, rules)).toEqual([]);

      await drop(page, file('empty.png', ''));
      await expect(alert(page)).toBeVisible();
      await page.getByText('Table of values').click();
      expect(await violations(page, rules), 'with an alert and the table').toEqual([]);

      await page.getByRole('button', { name: 'Export Spatial entropy by layer' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect(await violations(page, rules), 'with the export menu').toEqual([]);

      await page.keyboard.press('Escape');
      if (device === 'phone') await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByRole('button', { name: 'Compare methods' }).click();
      await expect(page.getByRole('button', { name: /^HiResCAM, entropy / })).toBeVisible();
      expect(await violations(page, rules), 'with the comparison of methods').toEqual([]);
    });
  }
}

testAlone(
  'who asks the system for more contrast gets it; forced colours say what is chosen',
  async ({ page }) => {
    await serveTinyNetwork(page, 'photos10');
    await page.emulateMedia({ contrast: 'more', colorScheme: 'light' });
    await page.goto('/');
    const tokens = () =>
      page.evaluate(() => {
        const { style } = document.documentElement;
        return [style.getPropertyValue('--paper'), style.getPropertyValue('--faint')];
      });
    await expect.poll(tokens).toEqual([themesOfContrast.light.paper, themesOfContrast.light.faint]);
    await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'active' });
    await expect.poll(tokens).toEqual([figureThemes.light.paper, figureThemes.light.faint]);
    const ground = (name: string) =>
      page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).backgroundColor);
    expect(await ground('Explain')).not.toBe(await ground('Study'));
  },
);

test('the colours change by a button, and stay changed', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: 'Light colours' })).toBeVisible();
});

test('Tab reaches every control, with focus to be seen', async ({ page }) => {
  await openPage(page, `#explain?layer=conv3_2&${quick}`);
  // What comes later, or is enabled then, Tab would be past already.
  await measured(page);
  await signsFound(page);
  await weighed(page);
  await trustMeasured(page);
  /** Name of the focused element and whether its focus shows; null where focus left the page. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const shows = (candidate: Element | null) => {
        if (!candidate) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
      };
      element.setAttribute('data-visited', '');
      const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return {
        name: `${element.localName} ${label.trim().slice(0, 40)}`,
        visible: shows(element) || shows(element.closest('label')),
      };
    });
  const unseen: string[] = [];
  await page.keyboard.press('Tab');
  for (let step = 0; step < 100; step++) {
    const focus = await focused();
    if (!focus) break;
    if (!focus.visible) unseen.push(focus.name);
    await page.keyboard.press('Tab');
  }
  expect(unseen, 'controls whose focus cannot be seen').toEqual([]);
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, summary, a[href]')]
      .filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) &&
          // Within a group of signs or of layers arrow keys lead on.
          !element.matches(':disabled, [data-visited], [role=radio], [tabindex="-1"]'),
      )
      .map((element) => element.getAttribute('aria-label') ?? element.textContent),
  );
  expect(missed, 'controls that Tab does not reach').toEqual([]);
  // A group of radio buttons is one stop; its arrow keys do the rest.
  await expect(page.locator('[role=radio][data-visited]')).toHaveCount(1);
});

for (const width of [390, 1024, 1440, 2560]) {
  test(`nothing overlaps or leaves the page at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 390 ? 844 : Math.round((width * 9) / 16) });
    await openPage(page, `#explain?${quick}`);
    await measured(page);
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(scroll, 'the page does not scroll sideways').toBeLessThanOrEqual(0);
    const regions = {
      banner: page.getByRole('banner'),
      // On a phone the column is taken apart: the charts stand between its parts.
      picture: width === 390 ? saliencyCanvas(page) : page.getByRole('complementary', { name: 'Picture' }),
      layers: page.getByRole('region', { name: 'Layers' }),
    };
    const boxes = await Promise.all(
      Object.entries(regions).map(async ([name, region]) => {
        const box = await region.boundingBox();
        if (!box) throw new Error(`${name} is not on screen.`);
        return { name, ...box };
      }),
    );
    for (const [i, a] of boxes.entries()) {
      expect(a.x, a.name).toBeGreaterThanOrEqual(0);
      expect(a.x + a.width, a.name).toBeLessThanOrEqual(width + 0.5);
      expect(a.width, a.name).toBeGreaterThan(200);
      for (const b of boxes.slice(i + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        expect(Math.min(across, down), `${a.name} and ${b.name} overlap`).toBeLessThanOrEqual(0.5);
      }
    }
    // The transport and the status line can be used from wherever the page is scrolled to.
    for (const control of [
      page.getByRole('slider', { name: 'Layer' }),
      page.getByRole('button', { name: 'Play', exact: true }),
    ]) {
      await control.scrollIntoViewIfNeeded();
      await expect(control).toBeInViewport({ ratio: 1 });
    }
    await expect(status(page)).toBeVisible();
  });
}
