import type { ExplainSettings } from '../../../state/settings';
import { visits } from '../../../storage/text-store';
import { isRareChanged } from './measuring-in-words';

const storageKey = 'supersign.measured-rarely';

/** Whether what is rarely changed stands open: as it was left, and wherever the address or the last visit differs from the initial values. */
export const isRareOpen = (settings: ExplainSettings): boolean =>
  isRareChanged(settings) || visits.get(storageKey) === 'open';

export function keepRareOpen(open: boolean): void {
  visits.set(storageKey, open ? 'open' : 'folded');
}
