import { searchOrderNames, whyWords } from '../../../search/search-sentences';
import type { SearchOnPage } from './search-store';

/** The line that says what a search is doing. */
export function searchStatus({ phase, state, next, progress, note }: SearchOnPage): string {
  if (phase === 'opening') return `${progress?.text ?? 'Opening'} …`;
  if (phase === 'stopping') return 'Stopping.';
  if (phase === 'running' && state && next) {
    const where = next.order === null ? '' : `, ${searchOrderNames[next.order]}`;
    const doing = progress ? ` ${progress.text}.` : '';
    return `Network ${state.networks.length + 1}, seed ${next.seed}${where}. ${whyWords(next, state.options)}${doing}`;
  }
  return note ?? 'Ready to search.';
}
