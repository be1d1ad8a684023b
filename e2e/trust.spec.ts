import { analysisIn, saveAnalysis } from './support/downloads';
import { measured, openPage, quick, status, weighed } from './support/explain-page';
import { drop, file } from './support/files';
import { expect, test } from './support/shared-page';

test('trust is measured by itself, asked further, stopped, and leaves as a table', async ({ page }) => {
  await openPage(page, `#explain?${quick}`);
  await measured(page);
  await weighed(page);
  // What takes long is left until one asks: here none did, however busy the machine is.
  const analysis = analysisIn(await saveAnalysis(page));
  Object.assign(analysis.timings, { forward: 1, saliency: 2 });
  await drop(page, file('quick.json', JSON.stringify(analysis)));
  await expect(status(page)).toHaveText(/Ready: 12 layers in 0\.00 s/);
  const trust = page.getByRole('region', { name: 'How far can this be trusted?' });
  await expect(trust).toContainText('Whether its map is faithful is not measured yet.');
  const figure = trust.getByRole('img', { name: 'Trust by layer' });
  await expect(figure).toContainText('Max-sensitivity, lower is better');
  await trust.getByRole('button', { name: 'All measures' }).click();
  await trust.getByRole('button', { name: 'Stop' }).click();
  await expect(trust.getByRole('button', { name: 'All measures' })).toBeVisible();
  await expect(figure).not.toContainText('ROAD');
  await trust.getByRole('button', { name: 'Export Trust by layer' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  const table = await (await download).createReadStream();
  let text = '';
  for await (const part of table) text += part;
  const [names, ...rows] = text.trim().split(/\r?\n/);
  expect(names).toContain(
    'entropy,structure,max_sensitivity,average_sensitivity,random_logit,efficient_mprt',
  );
  expect(rows).toHaveLength(12);
});
