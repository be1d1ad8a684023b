import { loadCode } from '../code/missing-code';
import { openFound as openInExplain } from '../explain/open';
import type { NamedFile } from '../files/named-file';
import { type Recognised, recognise } from '../files/recognise';
import { warn } from '../state/alerts';
import { goTo, type Place, placeOf } from '../state/place';

/** Recognises files and hands them to the workspace they are for: the one they were dropped on, unless they belong to another. */
export async function openDropped(files: NamedFile[]): Promise<void> {
  if (files.length === 0) {
    warn('page', 'There is no file in what was dropped.');
    return;
  }
  const found = await recognise(files);
  const place = placeFor(found);
  if (place === 'study') {
    const { openFound } = await loadCode(() => import('../study/open'));
    goTo('study');
    await openFound(found);
  } else if (place === 'optimise') {
    const { openFound } = await loadCode(() => import('../optimise/open'));
    goTo('optimise');
    await openFound(found);
  } else await openInExplain(found);
}

function placeFor({ studies, searches, analyses, networks, pictures, archives }: Recognised): Place {
  const here = placeOf(location.hash);
  if (networks.length + pictures.length + archives.length > 0) return here;
  if (studies.length > 0) return 'study';
  if (searches.length > 0) return 'optimise';
  return analyses.length > 0 ? 'explain' : here;
}
