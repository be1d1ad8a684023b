import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JSHandle, Page } from '@playwright/test';

export const root = path.resolve(import.meta.dirname, '../..');
/** Folder of the built page. */
export const built = path.join(root, 'dist');
/** Reference data beside the checkout; tests that need it skip where it is absent. */
export const shared = path.resolve(root, '../shared');

export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const types: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  json: 'application/json',
};

export function file(name: string, content: Buffer | string): TestFile {
  const extension = path.extname(name).slice(1).toLowerCase();
  return {
    name,
    mimeType: types[extension] ?? 'application/octet-stream',
    buffer: typeof content === 'string' ? Buffer.from(content) : content,
  };
}

export const fileFrom = (name: string, from: string): TestFile => file(name, readFileSync(from));

/** Hands files to the page, ready to be dropped. */
function carry(page: Page, files: TestFile[]): Promise<JSHandle<DataTransfer>> {
  const contents = files.map(({ name, mimeType, buffer }) => ({
    name,
    type: mimeType,
    base64: buffer.toString('base64'),
  }));
  return page.evaluateHandle(async (contents) => {
    const carried = new DataTransfer();
    for (const { name, type, base64 } of contents) {
      const bytes = await (await fetch(`data:;base64,${base64}`)).blob();
      carried.items.add(new File([bytes], name, { type }));
    }
    return carried;
  }, contents);
}

/** Prepares a drop of files on the page as a file manager does it: over, which must be accepted, then drop. */
export async function dropOf(page: Page, ...files: TestFile[]): Promise<() => Promise<void>> {
  const carried = await carry(page, files);
  return async () => {
    const accepted = await carried.evaluate((dataTransfer) => {
      const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
      const event = (type: string) =>
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true });
      target.dispatchEvent(event('dragenter'));
      const refused = target.dispatchEvent(event('dragover'));
      target.dispatchEvent(event('drop'));
      return !refused;
    });
    if (!accepted) throw new Error('The page does not accept a drop here.');
  };
}

export const drop = async (page: Page, ...files: TestFile[]): Promise<void> =>
  (await dropOf(page, ...files))();

/** Picks a file through the button and the browser's dialogue. */
export async function pick(page: Page, chosen: TestFile): Promise<void> {
  const dialogue = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open image' }).click();
  await (await dialogue).setFiles(chosen);
}
