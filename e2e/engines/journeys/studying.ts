import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../support/files';
import type { Journeys } from '../setting';

const examples = path.join(root, 'public/examples');

/** @returns paths of eight photographs */
async function photographs(): Promise<string[]> {
  const all: { network: string; file: string }[] = JSON.parse(
    await readFile(path.join(examples, 'index.json'), 'utf8'),
  );
  return all
    .filter(({ network }) => network === 'photos10')
    .slice(0, 8)
    .map(({ file }) => path.join(examples, file));
}

export const studying: Journeys = {
  async 'a study of eight pictures goes on after a reload in its middle'({ visitor, address }) {
    await visitor.go('about:blank');
    await visitor.go(`${address}#study?backend=wasm`);
    await visitor.until(
      'the network is described',
      `journey.textOf(journey.find('combobox', 'Model'))`,
      (text: string) => text.includes('10 classes'),
    );
    const pictures = await photographs();
    await visitor.setFiles('[data-picker=images]', pictures);
    await visitor.click('button', 'Run study');
    await visitor.text('status', undefined, /^[1-9] of 8 images/);
    await visitor.reload();
    await visitor.text('region', 'Studies kept here', /interrupted at \d+ of 8 images/);
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
      (rows) => rows === '9',
    );
    await visitor.text('region', 'Studies kept here', /(?<! of )8 images/);
  },
};
