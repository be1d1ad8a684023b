import { loadCode } from '../code/missing-code';
import { type NamedFile, openFiles } from '../explain/open';
import { placeOf } from '../state/place';

/** Hands files to the workspace they were dropped on. */
export async function openDropped(files: NamedFile[]): Promise<void> {
  switch (placeOf(location.hash)) {
    case 'study':
      return (await loadCode(() => import('../study/open'))).openFiles(files);
    case 'optimise':
      return (await loadCode(() => import('../optimise/open'))).openFiles(files);
    default:
      return openFiles(files);
  }
}
