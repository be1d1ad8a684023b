import { violations } from './support/axe';
import { saveFigure } from './support/downloads';
import { measured, openPage, quick } from './support/explain-page';
import { expect, test } from './support/shared-page';

test('a second class stands beside the first, by Shift, by a link and by keys, with figures and numbers', async ({
  page,
}) => {
  await openPage(page, `#explain?image=golf-ball&versus=method:layercam&${quick}`);
  await measured(page);
  const beside = page.getByRole('region', { name: 'A against B', exact: true });
  await expect(beside.getByRole('definition').last()).toHaveText('LayerCAM');
  const church = page.getByRole('region', { name: 'Prediction' }).getByRole('button', { name: /^church / });
  await church.click({ modifiers: ['Shift'] });
  await expect(beside.getByRole('definition').last()).toHaveText(/^church \([\d.]+ %\)$/);
  await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).get('versus')).toBe('class:4');
  await expect(page.getByRole('button', { name: 'vs church' })).toHaveAttribute('aria-pressed', 'true');
  const slider = page.getByRole('slider', { name: 'Layer' });
  await slider.press('Home');
  await expect(beside).toContainText(/At conv1_1 the two share [\d.]+ % of their evidence/);
  await slider.press('End');
  await expect(beside).toContainText(/At conv5_2 the two share ([\d.]+) % of their evidence/);
  const [, shared] = /At conv5_2 the two share ([\d.]+) %/.exec(await beside.innerText()) ?? [];
  const csv = (await saveFigure(page, 'A against B: all layers', 'CSV')).buffer.toString('utf8');
  const [head, ...rows] = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(rows).toHaveLength(12);
  expect(100 * Number(rows[11][head.indexOf('shared')])).toBeCloseTo(Number(shared), 1);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'End comparison' }).click();
  await expect(beside).toHaveCount(0);
  await expect.poll(() => page.url()).not.toContain('versus');
});
