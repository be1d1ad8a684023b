import type { NamedFile } from '../explain/open';
import { openImages } from './controller';

/** Takes pictures that were dropped on the workspace as data to train on. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  await openImages(files);
}
