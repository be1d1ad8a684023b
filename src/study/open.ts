import { describesNetwork } from '../explain/networks';
import { type NamedFile, openModelFiles } from '../explain/open';
import { openImageFiles } from './images-controller';

/** Takes what was dropped on the workspace: a network, or pictures. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  if (files.some(({ path }) => describesNetwork(path))) return openModelFiles(files);
  return openImageFiles(files);
}
