import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { zipOf } from '../src/codecs/zip/zip-testing';
import { parseStudy } from '../src/study/file/study-file';
import { inEveryLook, violations } from './support/axe';
import { expect, test } from './support/cleared-page';
import { saved } from './support/downloads';
import { alert, caption, readyText, status } from './support/explain-page';
import { drop, file, type TestFile } from './support/files';
import {
  example,
  findings,
  madeUpStudy,
  openStudyPage,
  quick,
  results,
  rows,
  runStudy,
  saveFigure,
  studyFile,
  table,
} from './support/study-page';

test.describe.configure({ mode: 'parallel' });

test('a folder of class folders: matched by name and by hand, studied, what cannot be read told', async ({
  page,
}, info) => {
  const folder = info.outputPath('photos');
  const put = (place: string, content: Buffer | string) => {
    const at = path.join(folder, place);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, content);
  };
  put('golf ball/a.jpg', example('golf-ball'));
  put('Church/b.jpg', example('church'));
  put('pumps/c.jpg', example('gas-pump'));
  put('pumps/broken.jpg', example('gas-pump').subarray(0, 5000));
  put('pumps/empty.jpg', '');
  await openStudyPage(page);
  await expect(page.getByRole('button', { name: 'Run study' })).toBeDisabled();
  await test.step('classes that the network does not have: no accuracy', async () => {
    const archive = zipOf([{ name: 'cats/one.jpg', content: new Uint8Array(example('church')) }]);
    await drop(page, file('cats.zip', Buffer.from(archive)));
    await expect(page.getByText('None of the folders is named like a class of this network')).toBeVisible();
    await runStudy(page, 1);
    await expect(findings(page)).toContainText(
      'The classes of the images are not among the network’s 10 labels, so there is no accuracy.',
    );
  });
  const dialogue = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open folder' }).click();
  await (await dialogue).setFiles(folder);
  await expect(status(page)).toHaveText('4 images in 3 folders, ready to be studied');
  await expect(page.getByText('1 cannot be read')).toBeVisible();

  await expect(page.getByText('Classes: 2 of 3 matched')).toBeVisible();
  await expect(page.getByLabel('Class of Church')).toHaveValue('church');
  const pumps = page.getByLabel('Class of pumps');
  await expect(pumps).toHaveValue('');
  await pumps.fill('gas pum');
  await expect(pumps).toHaveAttribute('aria-invalid', 'true');
  await pumps.fill('gas pump');
  await expect(page.getByText('Classes: 3 of 3 matched')).toBeVisible();

  await runStudy(page, 3);
  await expect(findings(page)).toContainText('The network names 100 % of 3 images right.');
  await expect(findings(page)).toContainText(
    'With 3 images nothing about the layers can be told from chance.',
  );
  await page.getByText('2 images could not be studied').click();
  await expect(page.getByRole('region', { name: '2 images could not be studied' })).toContainText(
    'broken.jpg',
  );
  const pump = rows(page).filter({ hasText: 'pumps/c.jpg' });
  await expect(pump).toContainText('gas pump');
  await expect(pump).toContainText('right');
  for (const name of ['Aura matrix (AME) by layer', 'Change by step', 'Distribution of Aura matrix (AME)']) {
    await expect(page.getByRole('img', { name, exact: true })).toBeVisible();
  }
});

test('a zip dropped on the page: sampled by a seed, its rows open in Explain as they were studied', async ({
  page,
}) => {
  const names = ['church', 'golf-ball', 'parachute', 'tench', 'gas-pump', 'french-horn'];
  const archive = zipOf(
    names.map((name) => ({
      name: `val/${name.replace('-', ' ')}/${name}.jpg`,
      content: new Uint8Array(example(name)),
    })),
  );
  await openStudyPage(page, `${quick}&method=hires-cam&sample=2&seed=5`);
  await drop(page, file('examples.zip', Buffer.from(archive)));
  await expect(status(page)).toHaveText('6 images in 6 folders, ready to be studied');
  await expect(page.getByLabel('Part of the set')).toHaveText('allval');
  await runStudy(page, 2);
  await expect(results(page)).toContainText(
    'HiResCAM for the predicted class of 2 of 6 images (drawn by seed 5), by photos10',
  );
  const first = rows(page).first();
  // The thumbnail is read out of the archive.
  await expect(first.locator('canvas')).toHaveAttribute('data-drawn', 'true');
  const name = await first.getByRole('rowheader').innerText();
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Explain' })).toHaveAttribute('aria-selected', 'true');
  await expect(status(page)).toHaveText(readyText);
  await expect(caption(page)).toBeVisible();
  await expect(page).toHaveTitle(`${name.trim()} – Supersign`);
  await expect(page.getByRole('combobox', { name: 'Saliency method' })).toHaveValue('hires-cam');
  await expect(page.getByRole('combobox', { name: 'Levels' })).toHaveValue('16');
  await expect(page.getByRole('combobox', { name: 'Grid' })).toHaveValue('native');

  await page.getByRole('tab', { name: 'Study' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/method=hires-cam.*sample=2.*seed=5/);
});

test('the examples: exported as study file, CSV and Parquet, opened again without images; set against randomised weights, and against another method kept in the browser or in a file', async ({
  page,
}) => {
  await openStudyPage(page, `${quick}&measures=aura-matrix,shannon`);
  await page.getByRole('button', { name: 'Use the examples' }).click();
  await expect(page.getByText('Classes: 9 of 9 matched')).toBeVisible();
  await page.getByLabel('Sample').fill('2');
  await runStudy(page, 2);
  await expect(findings(page)).toContainText('The network names 100 % of 2 images right.');
  const told = await findings(page).innerText();
  const exported = (kind: string) =>
    saved(page, async () => {
      await page.getByRole('button', { name: 'Export study' }).click();
      await page.getByRole('menuitem', { name: kind, exact: true }).click();
    });
  const whole = await exported('Study file');
  const study = await parseStudy(new Blob([new Uint8Array(whole.buffer)]));
  expect(study.images).toHaveLength(2);
  expect(study.of).toBe(9);
  expect(study.settings).toMatchObject({ measures: ['aura-matrix', 'shannon'], levels: 16, sample: 2 });
  const lines = (await exported('CSV')).buffer.toString().trim().split('\r\n');
  expect(lines).toHaveLength(1 + 2 * 2 * study.layers.length);
  const table = await exported('Parquet');
  expect(table.name).toMatch(/\.parquet$/);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Open study' })).toBeEnabled();
  for (const saved of [whole, table]) {
    await drop(page, saved);
    await expect(status(page)).toHaveText('Ready: 2 images');
    // What is opened takes the message about the one before away.
    await expect(alert(page)).toHaveCount(0);
    await expect.poll(() => findings(page).innerText()).toBe(told);
    await expect(rows(page)).toHaveCount(2);
    await rows(page).first().click();
    await expect(alert(page)).toContainText('is not at hand: open the images of this study again.');
  }
  await expectCompared(page, whole);
});

/** After a reload, of the study of two examples that is kept, and the file of it. */
async function expectCompared(page: Page, whole: TestFile): Promise<void> {
  const kept = page.getByRole('region', { name: 'Studies kept here' });
  await test.step('after a reload the images are asked for', async () => {
    await kept.getByRole('button', { name: /^Open Examples/ }).click();
    await expect(alert(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Against randomised weights' }).click();
    await expect(alert(page)).toContainText(
      'The images of this study are needed again: drop the folder or archive with its 2 images.',
    );
    await page.getByRole('button', { name: 'Use the examples' }).click();
    await expect(page.getByText('Classes: 9 of 9 matched')).toBeVisible();
  });
  await page.getByRole('button', { name: 'Against randomised weights' }).click();
  const randomised = page.getByRole('img', { name: 'Aura matrix (AME): trained against randomised' });
  await expect(randomised).toBeVisible({ timeout: 60_000 });
  await expect(status(page)).toHaveText(/^Ready: 2 images in /, { timeout: 60_000 });
  await expect(results(page)).toContainText(
    'Grad-CAM by photos10, 10 classes against Grad-CAM by photos10, 10 classes with randomised weights',
  );
  // Two images prove nothing, however they differ.
  await expect(results(page)).toContainText(
    /Aura matrix \(AME\) does not differ between trained and randomised beyond chance, at any of \d+ layers\./,
  );
  const numbers = await saveFigure(page, 'Aura matrix (AME): trained against randomised', 'CSV');
  const [heading, first] = numbers.buffer.toString().split('\r\n');
  expect(heading).toBe('layer,images,first,second,difference,low,high,effect_size,p_corrected');
  expect(first).toMatch(/^conv1_1,2,/);

  await page.getByRole('combobox', { name: 'Saliency method' }).selectOption('HiResCAM');
  await runStudy(page, 2);
  await expect(kept.getByRole('listitem')).toHaveCount(3);
  await kept.getByRole('button', { name: /^Compare with Examples, Grad-CAM, (?!randomised)/ }).click();
  await expect(page.getByRole('img', { name: 'Aura matrix (AME): HiResCAM against Grad-CAM' })).toBeVisible();
  await page.getByRole('button', { name: 'End comparison' }).click();
  await expect(page.getByRole('img', { name: /against Grad-CAM/ })).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Against a study file' }).click();
  await (await chooser).setFiles({ ...whole, mimeType: 'application/gzip' });
  await expect(page.getByRole('img', { name: 'Aura matrix (AME): HiResCAM against Grad-CAM' })).toBeVisible();

  // They outlive the page, and can be removed.
  await page.reload();
  await expect(kept.getByRole('listitem')).toHaveCount(3);
  await kept.getByRole('button', { name: /^Open Examples, HiResCAM/ }).click();
  await expect(results(page)).toContainText('HiResCAM for the predicted class of 2 of 9 images');
  await kept.getByRole('button', { name: /^Remove Examples, HiResCAM/ }).click();
  await expect(kept.getByRole('listitem')).toHaveCount(2);
}

test('findings, and ten thousand rows of which only those in sight are drawn', async ({ page }) => {
  await openStudyPage(page);
  await drop(page, await studyFile(madeUpStudy(10_000)));
  await expect(status(page)).toHaveText('Ready: 10,000 images');
  // Two thousand resamples of ten thousand images take a while on a busy machine.
  await expect(findings(page)).toContainText('The network names 90 % of 10,000 images right.', {
    timeout: 90_000,
  });
  await expect(findings(page)).toContainText(
    'Aura matrix (AME) falls beyond its null in 1 of 2 steps; the largest fall beyond it is conv1_1 to conv2_1, in 100 % of images.',
  );
  await expect(findings(page)).toContainText(
    'Superization happens, the joint aura entropy falling beyond its null, in 2 of 2 steps',
  );
  await expect(table(page)).toHaveAttribute('aria-rowcount', '10001');
  expect(await rows(page).count()).toBeLessThan(60);
  await rows(page).first().focus();
  await page.keyboard.press('End');
  const last = rows(page).last();
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute('aria-rowindex', '10001');
  await expect(last).toContainText('val/tench/09999.jpg');
  await page.keyboard.press('ArrowUp');
  await expect(rows(page).filter({ hasText: '09996.jpg' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toBeFocused();
  await expect(rows(page).first()).toContainText('val/church/00001.jpg');

  // Sorted by the number of the chosen layer, largest first.
  await page.getByLabel('Numbers at layer').selectOption('conv1_1');
  await table(page).getByRole('button', { name: 'Probability', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Probability' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(rows(page).first()).toContainText('99.0 %');
  await table(page).getByRole('button', { name: 'Probability', exact: true }).click();
  await expect(rows(page).first()).toContainText('50.0 %');

  await page.getByRole('combobox', { name: 'Answer' }).selectOption('wrong');
  await expect(page.getByText('1,000 of 10,000 images')).toBeVisible();
  await page.getByRole('combobox', { name: 'Class' }).selectOption('church');
  await page.getByRole('searchbox', { name: 'Search' }).fill('0001');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('val/church/00019.jpg');
  await page.getByRole('searchbox', { name: 'Search' }).fill('nothing');
  await expect(page.getByText('No image is like that.')).toBeVisible();
});

test('what an address gets wrong is told; measures are chosen from a list by keys, at least one', async ({
  page,
}) => {
  await page.goto('/#study?levels=17&measures=warmth&sample=50');
  await expect(alert(page)).toContainText('"levels=17" is not understood');
  await expect(alert(page)).toContainText('"measures=warmth" is not understood');
  await expect(page.getByLabel('Sample')).toHaveValue('50');
  await expect(page).toHaveURL(/levels=256.*sample=50/);
  const measures = page.getByRole('combobox', { name: 'Entropy measures' });
  await expect(measures).toHaveText('Aura matrix (AME)');
  await measures.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await expect(measures).toHaveText('Shannon entropy, Aura matrix (AME)');
  await expect(page).toHaveURL(/measures=shannon%2Caura-matrix/);
  await page.getByRole('option', { name: 'Aura matrix (AME)' }).click();
  await page.getByRole('option', { name: 'Shannon entropy' }).click();
  await expect(measures).toHaveText('Shannon entropy');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
});

test('axe finds nothing wrong in light and dark colours, on a desk and on a phone, and nothing is cut off; figures leave as SVG and CSV, and together on a sheet', async ({
  page,
}) => {
  await openStudyPage(page);
  await inEveryLook(page, async (what, _, rules) => {
    expect(await violations(page, rules), `the invitation, ${what}`).toEqual([]);
  });
  const archive = zipOf([{ name: 'cats/one.jpg', content: new Uint8Array(example('church')) }]);
  await drop(page, file('cats.zip', Buffer.from(archive)));
  await drop(page, await studyFile(madeUpStudy(40)));
  await inEveryLook(page, async (what, width, rules) => {
    await expect(page.getByRole('img', { name: 'Aura matrix (AME): wrong against right' })).toBeVisible();
    await expect(page.getByRole('img', { name: 'Change by step' })).toBeVisible();
    const overflow = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        return { across: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
      });
    // On a desk the two columns scroll, not the page. Figures take their new width as soon as they are drawn.
    const none = width === 1440 ? { across: 0, down: 0 } : { across: 0 };
    await expect.poll(overflow, `nothing runs out, ${what}`).toMatchObject(none);
    expect(await violations(page, rules), `with a study, ${what}`).toEqual([]);
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await expectFiguresSaved(page);
});

/** Of the study that was made up of forty images. */
async function expectFiguresSaved(page: Page): Promise<void> {
  await expect(page.getByRole('img', { name: 'Aura matrix (AME) by layer', exact: true })).toBeVisible();
  const profile = await saveFigure(page, 'Aura matrix (AME) by layer', 'CSV');
  const [heading, first] = profile.buffer.toString().split('\r\n');
  expect(heading).toBe('layer,images,mean,low,high,null_mean,null_low,null_high');
  // Forty images: five times seven shifts of 0 to 6 hundredths, and 0 to 4 once more.
  const [layer, images, mean] = first.split(',');
  expect([layer, images]).toEqual(['conv1_1', '40']);
  expect(Number(mean)).toBeCloseTo(0.9 + (5 * 21 + 10) / 100 / 40, 9);
  const scatter = 'Aura matrix (AME) at conv3_1 against probability of the predicted class';
  const points = (await saveFigure(page, scatter, 'SVG')).buffer.toString();
  expect(points.match(/<circle/g)).toHaveLength(40);
  const change = await saveFigure(page, 'Change by step', 'PNG, 300 dpi');
  expect(change.buffer.subarray(1, 4).toString()).toBe('PNG');

  await page.getByRole('combobox', { name: 'By', exact: true }).selectOption('class');
  await expect(page.getByRole('img', { name: 'Aura matrix (AME) by layer, by class' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Number', exact: true }).selectOption('Signs');
  await expect(page.getByRole('img', { name: 'Signs by layer', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Figure sheet' }).click();
  const sheet = page.getByRole('dialog', { name: 'Figure sheet' });
  await sheet.getByRole('checkbox', { name: 'Wrong against right' }).check();
  await expect(sheet.getByRole('region', { name: 'Preview' }).locator('svg').first()).toBeVisible();
  const svg = (await saveFigure(sheet, 'Figure sheet', 'SVG')).buffer.toString();
  expect(svg).toContain('Signs: wrong against right');
  expect(svg).toContain('Grad-CAM for the predicted class of 40 images, by photos10.');
}
