import type { Page } from '@playwright/test';
import { expect, test } from './support/cleared-page';
import { seenInStatus, status } from './support/explain-page';
import { openStudyPage, rows } from './support/study-page';

const keptStudies = (page: Page) => page.getByRole('region', { name: 'Studies kept here' });
const button = (page: Page, name: RegExp) => keptStudies(page).getByRole('button', { name });

/** Begins a study that takes a while. */
async function begin(page: Page): Promise<void> {
  await openStudyPage(page, '#study?backend=wasm');
  await page.getByRole('button', { name: 'Use the examples' }).click();
  await page.getByRole('button', { name: 'Run study' }).click();
}

test('a study is paused, gone on with and cancelled; reloaded at any time, it has all that was computed', async ({
  page,
}) => {
  // Where something is just on its way to the disk, the browser asks.
  page.on('dialog', (dialog) => dialog.accept());
  await test.step('reloaded right after it was begun, it is there with its images', async () => {
    await begin(page);
    await expect(keptStudies(page)).toContainText(/running, \d of 9 images/);
    await page.reload();
    await expect(keptStudies(page)).toContainText(/interrupted at \d of 9 images/);
    await button(page, /^Resume Examples/).click();
    await expect(page.getByRole('progressbar', { name: 'Images studied' })).toBeVisible();
  });
  await test.step('paused, gone on with and cancelled; what there is stays', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveText(/^Paused at \d of 9 images$/);
    await page.getByRole('button', { name: 'Resume' }).click();
    await seenInStatus(page, /^[1-8] of 9 images, .+ left\. Studying on WebAssembly/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(status(page)).toHaveText(/^Cancelled after [1-8] images?\. What there is stays\.$/);
    await expect(keptStudies(page)).toContainText(/interrupted at [1-8] of 9/);
  });
  await test.step('paused and reloaded, it has what was computed', async () => {
    await button(page, /^Resume Examples/).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveText(/^Paused at [1-9] of 9 images$/);
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        const text = document.querySelector('[aria-label="Run"] [role=status]')?.textContent ?? '';
        sessionStorage.setItem('told', /at (\d)/.exec(text)?.[1] ?? '');
      });
    });
    await page.reload();
    const told = Number(await page.evaluate(() => sessionStorage.getItem('told')));
    expect(told).toBeGreaterThan(0);
    await expect(keptStudies(page)).toContainText(new RegExp(`interrupted at ${told} of 9 images|9 images`));
    await button(page, /^Open Examples/).click();
    await expect(rows(page)).toHaveCount(told);
  });
  await test.step('and is ended', async () => {
    await button(page, /^Resume Examples/).click();
    await expect(status(page)).toHaveText(/^Ready: 9 images/, { timeout: 90_000 });
    await expect(rows(page)).toHaveCount(9);
  });
});

test('what one tab runs is seen in another, and neither removed nor resumed there', async ({
  page,
  context,
}) => {
  await begin(page);
  await seenInStatus(page, /^\d of 9 images/);
  const other = await context.newPage();
  await openStudyPage(other);
  await expect(keptStudies(other)).toContainText(/running in another tab, \d of 9 images/);
  await expect(button(other, /^Remove Examples/)).toBeDisabled();
  await expect(button(other, /^Resume Examples/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(keptStudies(other)).toContainText(/interrupted at \d of 9 images/);
  await button(other, /^Resume Examples/).click();
  await expect(keptStudies(page)).toContainText(/running in another tab/);
  await expect(button(page, /^Remove Examples/)).toBeDisabled();
  await other.close();
  await expect(button(page, /^Remove Examples/)).toBeEnabled({ timeout: 60_000 });
});
