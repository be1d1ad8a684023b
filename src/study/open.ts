import { describesNetwork } from '../explain/networks';
import { type NamedFile, openModelFiles } from '../explain/open';
import { openImageFiles } from './images-controller';
import { isStudyFile, openStudyFile } from './study-files';

/** Takes what was dropped on the workspace or picked there: a study, a network, or pictures. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  const study = files.find(isStudyFile);
  if (study) return openStudyFile(study);
  if (files.some(({ path }) => describesNetwork(path))) return openModelFiles(files);
  return openImageFiles(files);
}
