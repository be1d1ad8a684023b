import type { Page } from '@playwright/test';
import { test as base } from './test';

/** The window of every test, unless it changes it. */
export const desk = { width: 1440, height: 900 };

/** What other tests may have left: messages, dialogs, menus, unfolded parts, playback, the pointer on something, a place scrolled to. */
export async function tidy(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  if (page.viewportSize()?.width !== desk.width || page.viewportSize()?.height !== desk.height)
    await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null, contrast: null, forcedColors: null });
  await page.mouse.move(0, 0);
  while ((await page.locator('[role=menu], dialog[open]').count()) > 0) await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const closing = [...document.querySelectorAll<HTMLElement>('[aria-label="Close message"]')];
    const pause = [...document.querySelectorAll('button')].filter(
      ({ textContent }) => textContent === 'Pause',
    );
    for (const button of [...closing, ...pause]) button.click();
    for (const part of document.querySelectorAll('details[open]')) part.removeAttribute('open');
    (document.activeElement as HTMLElement | null)?.blur();
    for (const part of [document.documentElement, ...document.querySelectorAll('main *')]) {
      if (part.scrollTop !== 0) part.scrollTop = 0;
    }
  });
}

/**
 * Tests on one open page, a page a Playwright worker: none of them waits for a start of its own. Each opens what it needs by the
 * address, which does not load the page again, and must not ask for a page that nobody used before.
 */
export const test = base.extend({
  context: async ({ openedPage }, use) => {
    await use(openedPage.context());
  },
  page: async ({ openedPage, context }, use) => {
    await tidy(openedPage);
    await use(openedPage);
    for (const other of context.pages()) if (other !== openedPage) await other.close();
  },
});

export { expect } from './test';
