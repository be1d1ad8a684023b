import type { AskedTarget } from '../../../network/targets/target';
import type { ExplainState } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';
import { secondPicture } from './second-picture';

type Targets = Pick<ExplainSettings, 'target' | 'against' | 'region' | 'box' | 'part' | 'alike'>;

/** What the settings say is to be explained. */
export function askedTarget({ target, against, region, box, part, alike }: Targets): AskedTarget {
  if (alike) return { kind: 'similarity', picture: secondPicture() };
  if (box !== null) return { kind: 'box', box, part };
  if (region !== null) return { kind: 'region', index: target, place: placeIn(region) };
  return against === null ? target : { kind: 'contrast', index: target, against };
}

function placeIn(region: string): [number, number] | null {
  if (region === 'class') return null;
  const [column, row] = region.split(',').map(Number);
  return [column, row];
}

/** What the analysis on screen explains, for further questions about it: the winner by its number. */
export const shownTarget = (
  { target }: NonNullable<ExplainState['analysis']>,
  settings: ExplainSettings,
): AskedTarget => askedTarget({ ...settings, target: target.index });
