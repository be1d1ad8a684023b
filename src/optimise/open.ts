import { describesNetwork } from '../explain/networks';
import { type NamedFile, openFiles as openInExplain } from '../explain/open';
import { openImages } from './controller';
import { openSearchFile } from './search-controller';

/** Takes what was dropped on the workspace: a search that was saved, a network's files, else pictures to train on. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  const [file] = files;
  if (files.length === 1 && (await isSearch(file))) return openSearchFile(file.blob, file.path);
  // A network can come in a zip archive too; here pictures are meant.
  if (files.some(({ path }) => describesNetwork(path) && !/\.zip$/i.test(path))) return openInExplain(files);
  await openImages(files);
}

async function isSearch({ path, blob }: NamedFile): Promise<boolean> {
  return /\.json$/i.test(path) && (await blob.slice(0, 512).text()).includes('"supersign/search"');
}
