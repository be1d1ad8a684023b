import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../support/files';
import type { Journeys } from '../setting';

const examples = path.join(root, 'public/examples');

const count = 8;

/** Photographs of the bundled network's classes. @returns their paths */
async function photographs(folder: string): Promise<string[]> {
  const all: { network: string; file: string }[] = JSON.parse(
    await readFile(path.join(examples, 'index.json'), 'utf8'),
  );
  const names = all.filter(({ network }) => network === 'photos10').map(({ file }) => file);
  for (const name of names.slice(0, count))
    await copyFile(path.join(examples, name), path.join(folder, name));
  return (await readdir(folder)).map((name) => path.join(folder, name));
}

export const studying: Journeys = {
  async 'a study of eight pictures goes on after a reload in its middle'({ visitor, address }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'supersign-study-'));
    try {
      await visitor.go('about:blank');
      await visitor.go(`${address}#study?backend=wasm`);
      await visitor.until(
        'the network is described',
        `journey.textOf(journey.find('combobox', 'Model'))`,
        (text: string) => text.includes('10 classes'),
      );
      const pictures = await photographs(folder);
      await visitor.setFiles('[data-picker=images]', pictures);
      await visitor.click('button', 'Run study');
      await visitor.text('status', undefined, /^[1-9] of 8 images/);
      await visitor.reload();
      await visitor.text('region', 'Studies kept here', /interrupted at \d of 8 images/);
      await visitor.click('button', /^Resume /);
      const status = await visitor.until<string>(
        'the study goes on, or asks for its pictures',
        `journey.textOf(journey.find('status')) + ' ' + journey.all('alert').map(journey.textOf).join(' ')`,
        (text) => / of 8 images|Ready: 8 images|Drop the pictures/.test(text),
      );
      // A private window may keep no pictures, and says so.
      if (status.includes('Drop the pictures')) {
        await visitor.setFiles('[data-picker=images]', pictures);
        await visitor.click('button', /^Resume /);
      }
      await visitor.text('status', undefined, /^Ready: 8 images/);
      // The heading is counted too.
      await visitor.until<string>(
        'eight pictures are in the table',
        `journey.find('grid', 'Images studied').getAttribute('aria-rowcount')`,
        (rows) => rows === String(count + 1),
      );
      await visitor.text('region', 'Studies kept here', /(?<! of )8 images/);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
