import { type NamedFile, openFiles } from '../explain/open';
import { placeOf } from '../state/place';

/** Hands files to the workspace they were dropped on. */
export async function openDropped(files: NamedFile[]): Promise<void> {
  switch (placeOf(location.hash)) {
    case 'study':
      return (await import('../study/open')).openFiles(files);
    case 'optimise':
      return (await import('../optimise/open')).openFiles(files);
    default:
      return openFiles(files);
  }
}
