import { violations } from './support/axe';
import { saveFigure } from './support/downloads';
import { measured, openPage, quick, saliencyCanvas } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('a region is marked by hand and by keys, has its curve, and is in the address and the file', async ({
  page,
}) => {
  await openPage(page, `#explain?image=french-horn&${quick}`);
  await measured(page);
  const curve = page.getByRole('img', { name: 'Share of evidence inside' });
  await expect(curve).toHaveCount(0);
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  const surface = page.getByRole('button', { name: /^Region: / });
  await expect(surface).toBeVisible();
  await saliencyCanvas(page).scrollIntoViewIfNeeded();
  const box = (await surface.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.1, 0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.7));
  await page.mouse.move(...at(0.5, 0.9));
  await page.mouse.up();
  await expect(surface).toHaveAccessibleName(/^Region: 0\.\d+,0\.\d+,0\.\d+,0\.\d+$/);
  await expect(curve).toBeVisible();
  await surface.press('ArrowRight');
  const name = (await surface.getAttribute('aria-label')) ?? '';
  const marked = name.replace('Region: ', '');
  expect(Number(marked.split(',')[0])).toBeCloseTo(0.12, 1);
  await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).get('within')).toBe(marked);
  const csv = (await saveFigure(page, 'Share of evidence inside', 'CSV')).buffer.toString('utf8');
  const rows = csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    const [share, , low, high] = row.slice(2, 6).map(Number);
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
    expect(low).toBeLessThanOrEqual(high);
    expect(row[6]).toBe(share > high ? 'yes' : 'no');
  }
  expect(await violations(page)).toEqual([]);
  await surface.press('Delete');
  await expect(curve).toHaveCount(0);
  await surface.press('Escape');
  await expect(surface).toHaveCount(0);
});
