import type { Page } from '@playwright/test';

/** Opens the built page and waits until its first picture is analysed and measured, null models included. */
export async function openSettled(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
}

/** Waits until nothing is computed any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Ready' }).waitFor();
  await page.getByText('The null is the same map').waitFor();
}
