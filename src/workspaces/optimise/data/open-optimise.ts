import { filesForSet, type Recognised, saidOfForeign } from '../../../files/recognise';
import { warn } from '../../../state/alerts';
import { explain } from '../../../state/explain-port';
import { openImages } from '../optimise-controller';
import { openSearchFile } from '../search/search-controller';

/** Takes what was dropped on the workspace: a search that was saved, pictures to train on, a network, or both of these. */
export async function openFound(found: Recognised): Promise<void> {
  const { searches, analyses, labels, foreign } = found;
  const [search] = searches;
  if (search) return openSearchFile(search.blob, search.path);
  const pictures = filesForSet(found);
  const networks = found.networks.filter((network) => !network.pictures);
  if (pictures.length === 0 && (networks.length > 0 || analyses.length > 0 || labels.length > 0)) {
    return explain.open(found);
  }
  if (pictures.length > 0) await openImages(pictures);
  if (networks.length > 0) await explain.openNetwork(networks, found);
  const says = saidOfForeign(foreign.filter(({ file }) => !pictures.includes(file)));
  if (says !== null && !networks.some(({ missing }) => missing.length > 0)) warn('optimise', says);
}
