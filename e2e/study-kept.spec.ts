import type { Page } from '@playwright/test';
import { alert, status } from './support/explain-page';
import { openStudyPage, quick, results, rows, runStudy } from './support/study-page';
import { expect, test } from './support/test';

test.describe.configure({ mode: 'parallel' });

const keptStudies = (page: Page) => page.getByRole('region', { name: 'Studies kept here' });
const button = (page: Page, name: RegExp) => keptStudies(page).getByRole('button', { name });

/** Begins a study that takes a while. */
async function begin(page: Page): Promise<void> {
  await openStudyPage(page, '#study?backend=wasm');
  await page.getByRole('button', { name: 'Use the examples' }).click();
  await page.getByRole('button', { name: 'Run study' }).click();
}

test('paused and reloaded, a study has all that was computed', async ({ page }) => {
  // Where something is just on its way to the disk, the browser asks.
  page.on('dialog', (dialog) => dialog.accept());
  await begin(page);
  await expect(status(page)).toHaveText(/^[1-8] of 9 images/, { timeout: 60_000 });
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

test('reloaded right after it was begun, a study is there with its images', async ({ page }) => {
  page.on('dialog', (dialog) => dialog.accept());
  await begin(page);
  await expect(keptStudies(page)).toContainText('running, 0 of 9 images');
  await page.reload();
  await expect(keptStudies(page)).toContainText(/interrupted at \d of 9 images/);
  await button(page, /^Resume Examples/).click();
  await expect(status(page)).toHaveText(/^[1-9] of 9 images|^Ready: 9 images/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('after a reload randomised weights ask for the images, and then work', async ({ page }) => {
  await openStudyPage(page, `${quick}&sample=2`);
  await page.getByRole('button', { name: 'Use the examples' }).click();
  await runStudy(page, 2);
  await page.reload();
  await button(page, /^Open Examples/).click();
  await page.getByRole('button', { name: 'Against randomised weights' }).click();
  await expect(alert(page)).toContainText(
    'The images of this study are needed again: drop the folder or archive with its 2 images.',
  );
  await page.getByRole('button', { name: 'Use the examples' }).click();
  await page.getByRole('button', { name: 'Against randomised weights' }).click();
  await expect(results(page)).toContainText(/between trained and randomised|in trained than in randomised/, {
    timeout: 60_000,
  });
});

test('what one tab runs is seen in another, and neither removed nor resumed there', async ({
  page,
  context,
}) => {
  await begin(page);
  await expect(status(page)).toHaveText(/ of 9 images/, { timeout: 60_000 });
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
  await expect(button(page, /^Remove Examples/)).toBeEnabled({ timeout: 15_000 });
});
