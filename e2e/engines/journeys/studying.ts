import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { root } from '../../support/files';
import type { Journeys } from '../setting';
import { openAt, quick } from './explain-steps';

const examples = path.join(root, 'public/examples');

/** Twelve photographs: three of them are mirrored ones. @returns their paths */
async function photographs(folder: string): Promise<string[]> {
  const all: { network: string; file: string }[] = JSON.parse(
    await readFile(path.join(examples, 'index.json'), 'utf8'),
  );
  const names = all.filter(({ network }) => network === 'photos10').map(({ file }) => file);
  const pictures = await Promise.all(names.map((name) => readFile(path.join(examples, name))));
  for (let i = 0; i < 12; i++) {
    const bytes =
      i < pictures.length
        ? pictures[i]
        : await sharp(pictures[i % 9])
            .flop()
            .jpeg()
            .toBuffer();
    await writeFile(path.join(folder, `photograph-${i + 1}.jpg`), bytes);
  }
  return (await readdir(folder)).map((name) => path.join(folder, name));
}

export const studying: Journeys = {
  async 'a study of twelve pictures goes on after a reload in its middle'({ visitor, address }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'supersign-study-'));
    try {
      await openAt(visitor, `${address}#study?backend=wasm&${quick}`);
      await visitor.until(
        'the network is described',
        `journey.textOf(journey.find('combobox', 'Model'))`,
        (text: string) => text.includes('10 classes'),
      );
      const pictures = await photographs(folder);
      await visitor.setFiles('[data-picker=images]', pictures);
      await visitor.click('button', 'Run study');
      await visitor.text('status', undefined, /^[1-9]\d* of 12 images/);
      await visitor.reload();
      await visitor.text('region', 'Studies kept here', /interrupted at \d+ of 12 images/);
      await visitor.click('button', /^Resume /);
      const status = await visitor.until<string>(
        'the study goes on, or asks for its pictures',
        `journey.textOf(journey.find('status')) + ' ' + journey.all('alert').map(journey.textOf).join(' ')`,
        (text) => / of 12 images|Ready: 12 images|Drop the pictures/.test(text),
      );
      // A private window may keep no pictures, and says so.
      if (status.includes('Drop the pictures')) {
        await visitor.setFiles('[data-picker=images]', pictures);
        await visitor.text('status', undefined, /^12 images, ready/);
        await visitor.click('button', /^Resume /);
      }
      await visitor.text('status', undefined, /^Ready: 12 images/);
      // The heading is counted too.
      await visitor.until<string>(
        'twelve pictures are in the table',
        `journey.find('grid', 'Images studied').getAttribute('aria-rowcount')`,
        (rows) => rows === '13',
      );
      await visitor.text('region', 'Studies kept here', /(?<! of )12 images/);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
