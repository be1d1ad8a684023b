import type { Page } from '@playwright/test';

/**
 * Watches what moves on the pages that are opened from now on (Layout Instability API).
 * @returns gives what has moved since it was asked before: each shift, and the beginnings of the texts that moved
 */
export async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const moved: string[] = [];
    const tell = (entries: PerformanceEntryList) => {
      for (const entry of entries) {
        const { value, sources } = entry as unknown as { value: number; sources: { node: Node | null }[] };
        moved.push(`${value}: ${sources.map(({ node }) => node?.textContent?.slice(0, 40)).join(', ')}`);
      }
    };
    const observer = new PerformanceObserver((list) => tell(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    const whatMoved = () => {
      tell(observer.takeRecords());
      return moved.splice(0);
    };
    Object.assign(globalThis, { whatMoved });
  });
  return () => page.evaluate(() => (globalThis as unknown as { whatMoved(): string[] }).whatMoved());
}
