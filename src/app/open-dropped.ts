import { loadCode } from '../code/missing-code';
import type { NamedFile } from '../files/named-file';
import type { Recognised } from '../files/recognise';
import { warn } from '../state/alerts';
import { connectExplain } from '../state/explain-port';
import { beginOpening } from '../state/opening';
import { goTo, type Place, placeOf } from '../state/place';
import { say } from '../text/say';
import { renameClasses } from '../workspaces/explain/explain-controller';

// What tells kinds of files apart and opens them comes with the first file.
const inExplain = () => loadCode(() => import('../workspaces/explain/files/open-explain'));

/** Recognises files and hands them to the workspace they are for: the one they were dropped on, unless they belong to another. */
export async function openDropped(files: NamedFile[]): Promise<void> {
  if (files.length === 0) {
    warn('page', say('There is no file in what was dropped.'));
    return;
  }
  const isLatest = beginOpening();
  const { recognise } = await loadCode(() => import('../files/recognise'));
  const found = await recognise(files);
  const place = placeFor(found);
  if (place === 'study') {
    const { openFound } = await loadCode(() => import('../workspaces/study/images/open-study'));
    goTo('study');
    await openFound(found);
    return;
  }
  if (place === 'optimise') {
    const { openFound } = await loadCode(() => import('../workspaces/optimise/data/open-optimise'));
    goTo('optimise');
    await openFound(found);
    return;
  }
  const { openFound } = await inExplain();
  if (isLatest()) await openFound(found);
}

/** Opens files picked as a network. */
export async function openPickedModel(files: NamedFile[]): Promise<void> {
  await (await inExplain()).openModelFiles(files);
}

function placeFor({ studies, searches, analyses, networks, pictures, archives }: Recognised): Place {
  const here = placeOf(location.hash);
  if (networks.length + pictures.length + archives.length > 0) return here;
  if (studies.length > 0) return 'study';
  if (searches.length > 0) return 'optimise';
  return analyses.length > 0 ? 'explain' : here;
}

connectExplain({
  open: async (found) => (await inExplain()).openFound(found),
  openNetwork: async (networks, found) => (await inExplain()).openNetworkAmong(networks, found),
  nameClasses: renameClasses,
});
