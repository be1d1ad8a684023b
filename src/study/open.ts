import { describesNetwork } from '../explain/networks';
import { type NamedFile, openModelFiles } from '../explain/open';
import { openImageFiles } from './images-controller';
import { isStudyFile, openStudyFile } from './study-files';

/** An archive may hold pictures or a network; everything else tells by its name. */
const isArchive = ({ path }: NamedFile) => /\.zip$/i.test(path);

/** Takes what was dropped on the workspace or picked there: a study, a network, or pictures. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  const study = files.find(isStudyFile);
  if (study) return openStudyFile(study);
  const networks = files.filter(({ path }) => describesNetwork(path));
  if (networks.some((file) => !isArchive(file))) return openModelFiles(files);
  const opened = await openImageFiles(files, networks.length > 0);
  if (!opened) await openModelFiles(files);
}
