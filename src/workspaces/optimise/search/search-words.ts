import { searchOrderNames, whyWords } from '../../../search/search-sentences';
import { say } from '../../../text/say';
import type { SearchOnPage } from './search-store';

/** The line that says what a search is doing. */
export function searchStatus({ phase, state, next, progress, note }: SearchOnPage): string {
  if (phase === 'opening') return say('{doing} …', { doing: say(progress?.text ?? 'Opening') });
  if (phase === 'stopping') return say('Stopping.');
  if (phase === 'running' && state && next) {
    const words = {
      number: state.networks.length + 1,
      seed: next.seed,
      order: next.order === null ? '' : say(searchOrderNames[next.order]),
      why: whyWords(next, state.options),
    };
    const trying =
      next.order === null
        ? say('Network {number}, seed {seed}. {why}', words)
        : say('Network {number}, seed {seed}, {order}. {why}', words);
    return progress ? say('{trying} {doing}.', { trying, doing: say(progress.text) }) : trying;
  }
  return say(note ?? 'Ready to search.');
}
