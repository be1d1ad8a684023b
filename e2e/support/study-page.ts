import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { serialiseStudy } from '../../src/study/file/study-file';
import type { Study } from '../../src/study/study-data';
import { studyWith } from '../../src/study/study-testing';
import { saved } from './downloads';
import { root, type TestFile } from './files';

/** Quick to compute: what these tests ask does not depend on it. */
export const quick = '#study?backend=wasm&levels=16&grid=native';

export const example = (name: string): Buffer =>
  readFileSync(path.join(root, 'public/examples', `${name}.jpg`));

export const results = (page: Page): Locator => page.getByRole('region', { name: 'Results' });
export const findings = (page: Page): Locator => page.getByRole('region', { name: 'Findings' });
export const table = (page: Page): Locator => page.getByRole('grid', { name: 'Images studied' });
/** The rows of the table that are drawn, without the heading. */
export const rows = (page: Page): Locator => table(page).locator('tbody tr[aria-rowindex]');

/** Opens the workspace once its network is described, so that folders can be matched. */
export async function openStudyPage(page: Page, fragment = quick): Promise<void> {
  await page.goto(`/${fragment}`);
  await expect(page.getByRole('status')).toHaveText('Ready');
  await expect(page.getByRole('combobox', { name: 'Model' })).toContainText('10 classes');
}

/** Runs a study of what is open. */
export async function runStudy(page: Page, images: number): Promise<void> {
  await page.getByRole('button', { name: 'Run study' }).click();
  await expect(page.getByRole('status')).toHaveText(
    new RegExp(`Ready: ${images} images? in .+ on WebAssembly \\(\\d threads?\\)$`),
    { timeout: 60_000 },
  );
}

/** Saves a figure by the entry of its export menu; names of a study's figures begin alike. */
export const saveFigure = (within: Page | Locator, figure: string, kind: string): Promise<TestFile> => {
  const page = 'page' in within ? within.page() : within;
  return saved(page, async () => {
    await within.getByRole('button', { name: `Export ${figure}`, exact: true }).click();
    await within.getByRole('menuitem', { name: kind, exact: true }).click();
  });
};

const layers = ['conv1_1', 'conv2_1', 'conv3_1'];
const labels = ['tench', 'church', 'golf ball'];

/**
 * A study that no network made: entropy 0.9, 0.6, 0.5 by layer, that of image i higher by i % 7 hundredths; its null 0.9, 0.8,
 * 0.7. Every tenth image is named wrong.
 */
export function madeUpStudy(count: number): Study {
  const shift = (image: number) => (image % 7) / 100;
  return studyWith({
    labels,
    layers,
    images: Array.from({ length: count }, (_, i) => ({
      path: `val/${labels[i % 3]}/${String(i).padStart(5, '0')}.jpg`,
      sha256: i.toString(16).padStart(64, '0'),
      trueClass: i % 3,
      predicted: i % 10 === 9 ? (i + 1) % 3 : i % 3,
      probability: 0.5 + (i % 50) / 100,
      trueProbability: 0.5,
    })),
    numbers: {
      'aura-matrix': (image, layer) => [0.9, 0.6, 0.5][layer] + shift(image),
      'aura-matrix null': (_, layer) => [0.9, 0.8, 0.7][layer],
      'aura-matrix null sd': () => 0.01,
      'aura-matrix structure': () => 0.1,
      signs: (image, layer) => 30 - 10 * layer + (image % 4),
      'signs null': () => 40,
      supersigns: () => 1,
      'largest share': (image) => (image % 100) / 100,
      'class formation': (_, layer) => (layer ? -1 : Number.NaN),
      'complex formation': (image, layer) => (layer ? shift(image) : Number.NaN),
      'class formation null': (_, layer) => (layer ? -0.5 : Number.NaN),
      'complex formation null': (_, layer) => (layer ? 0 : Number.NaN),
    },
  });
}

export async function studyFile(study: Study): Promise<TestFile> {
  const saved = await serialiseStudy(study);
  return {
    name: 'made-up.supersign-study.json.gz',
    mimeType: 'application/gzip',
    buffer: Buffer.from(await saved.arrayBuffer()),
  };
}
