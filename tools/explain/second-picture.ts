import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { OWN_SECOND } from '../../src/state/settings';
import { examples } from '../bundled';
import { UsageError } from '../command-line';
import type { SecondPicture } from './explain-picture';

/**
 * The picture that `--alike` names: the path of a file, an address, or the id of an example that comes with the page.
 * @returns where Node finds it, and what the page's setting `alike` calls it
 * @throws UsageError where there is no such picture
 */
export function findSecond(alike: string): { second: SecondPicture; setting: string } {
  if (/^https?:/.test(alike)) {
    const name = path.posix.basename(new URL(alike).pathname);
    return { second: { name, address: alike }, setting: alike };
  }
  if (statSync(alike, { throwIfNoEntry: false })?.isFile()) {
    const address = pathToFileURL(path.resolve(alike)).href;
    return { second: { name: path.basename(alike), address }, setting: OWN_SECOND };
  }
  const example = examplesHere().find(({ id }) => id === alike);
  if (!example) throw new UsageError(`--alike ${alike}: there is no such picture.`);
  const address = pathToFileURL(path.join(examples, example.file)).href;
  return { second: { name: example.title, address }, setting: alike };
}

function examplesHere(): { id: string; file: string; title: string }[] {
  const index = path.join(examples, 'index.json');
  return existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')) : [];
}
