import { textOfBlob } from '../../../codecs/decode-text';
import type { NamedFile } from '../../../files/named-file';
import { filesForSet, type Recognised, recognise, saidOfForeign } from '../../../files/recognise';
import { warn } from '../../../state/alerts';
import { explain } from '../../../state/explain-port';
import { openStudyFile } from '../results/study-files';
import { openImageFiles } from './images-controller';

/** Takes what was picked in the workspace, whatever it is. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  if (files.length > 0) await openFound(await recognise(files));
}

/** Opens what was found among files: a study, a network, pictures, both, or names for the classes. */
export async function openFound(found: Recognised): Promise<void> {
  const { studies, analyses, labels, foreign } = found;
  if (studies.length > 0) return openStudyFile(studies[0]);
  const pictures = filesForSet(found);
  // An archive with pictures is one of pictures here, whatever lies beside them.
  const networks = found.networks.filter((network) => !network.pictures);
  if (networks.length > 0) await explain.openNetwork(networks, found);
  if (pictures.length > 0) await openImageFiles(pictures);
  else if (networks.length === 0 && analyses.length > 0) return explain.open(found);
  else if (networks.length === 0 && labels.length > 0) {
    await explain.nameClasses({ name: labels[0].path, text: await textOfBlob(labels[0].blob) });
  }
  // What lies among pictures is listed with them.
  const says = saidOfForeign(foreign.filter(({ file }) => !pictures.includes(file)));
  if (says !== null && !networks.some(({ missing }) => missing.length > 0)) warn('study', says);
}
