import { trainer } from '../engine/client';
import { backendTitle } from '../engine/protocol';
import type { TrainingData } from '../engine/training/protocol';
import { beginSearch } from '../engine/training/search/begin-search';
import { parseSearch, serialiseSearch } from '../engine/training/search/search-file';
import type { SearchState } from '../engine/training/search/search-state';
import { messageOf } from '../explain/messages';
import { download, fileName } from '../export';
import { pictographClasses } from '../pictographs';
import { settle, warn } from '../state/alerts';
import { forget, keep, kept } from './kept';
import { dataInWords, dataOf, recipeOf } from './network-of';
import { currentArchitecture, useOptimise } from './optimise-store';
import { searchOptionsOf } from './search-options';
import { type StoredSearch, useSearch } from './search-store';
import { dataProblem } from './training-controller';

const { getState, setState } = useSearch;

const SEARCH = 'search';
const PICTURES = 'search-data';

let going: AbortController | null = null;

/** Looks for a search of an earlier visit; it is offered, not gone on with. */
export async function offerKeptSearch(): Promise<void> {
  if (getState().state) return;
  try {
    const stored = await kept<StoredSearch>(SEARCH);
    if (!stored || getState().state) return;
    const { state, weights, settings } = stored;
    setState({
      phase: 'stopped',
      state,
      weights,
      settings,
      note: 'A search of an earlier visit.',
      told: performance.now(),
    });
  } catch {
    // A browser without a database: then there is nothing to offer.
  }
}

/** Begins a search from the network in the editor. */
export async function startSearch(): Promise<void> {
  const page = useOptimise.getState();
  const { settings, images } = page;
  const problem = dataProblem();
  if (problem !== null) return warn('optimise', problem);
  const architecture = currentArchitecture(page);
  const labels =
    settings.data === 'images'
      ? (images?.summary.classes.map(({ folder }) => folder) ?? [])
      : [...pictographClasses];
  let state: SearchState;
  try {
    state = beginSearch({
      options: searchOptionsOf(settings),
      architecture,
      recipe: recipeOf(settings),
      labels,
      source: dataInWords(settings, images?.name ?? null),
    });
  } catch (error) {
    return warn('optimise', messageOf(error));
  }
  const data = dataOf(settings, images?.sources ?? null);
  setState({ state, weights: [], settings, data, next: null });
  await keep(PICTURES, data).catch(() => {});
  await go(data);
}

/** Goes on with the search on screen. */
export async function resumeSearch(): Promise<void> {
  const data = getState().data ?? (await kept<TrainingData>(PICTURES).catch(() => undefined)) ?? null;
  if (!data) {
    return warn(
      'optimise',
      'The pictures of this search are not at hand: a search from a file can be looked at, but not gone on with.',
    );
  }
  setState({ data });
  await go(data);
}

async function go(data: TrainingData): Promise<void> {
  going?.abort();
  const controller = new AbortController();
  going = controller;
  const { signal } = controller;
  const { settings, weights } = getState();
  setState({ phase: 'opening', note: null, progress: { text: 'Opening', fraction: null } });
  try {
    const state = getState().state as SearchState;
    const opened = await trainer.call(
      'openSearch',
      { backend: settings?.backend ?? 'auto', data, state, weights },
      { signal, onProgress: (progress) => setState({ progress }) },
    );
    setState({
      phase: 'running',
      state: { ...state, backend: backendTitle(opened.backend) },
      next: opened.next,
      progress: null,
    });
    settle('optimise');
    while (getState().next) {
      const { network, next } = await trainer.call(
        'advanceSearch',
        {},
        { signal, onProgress: (progress) => setState({ progress }) },
      );
      const { state: before } = getState();
      if (network && before) setState({ state: { ...before, networks: [...before.networks, network] } });
      setState({ next, progress: null });
      await keepSearch();
    }
    await close('over', 'The search is over.');
  } catch (error) {
    if (signal.aborted) return close('stopped', 'Stopped. The best network so far is kept.');
    setState({ phase: 'stopped', progress: null });
    warn('optimise', `The search ended: ${messageOf(error)}`);
  } finally {
    if (going === controller) going = null;
  }
}

async function close(phase: 'over' | 'stopped', note: string): Promise<void> {
  await keepSearch().catch(() => {});
  await trainer.call('closeSearch', {}).catch(() => {});
  setState({ phase, progress: null, note, told: performance.now() });
}

/** Takes the weights that are still needed out of the worker and puts all on the disk. */
async function keepSearch(): Promise<void> {
  const weights = await trainer.call('searchWeights', { networks: 'all' });
  setState({ weights });
  const { state, settings } = getState();
  if (!state || !settings) return;
  try {
    await keep(SEARCH, { state, weights, settings } satisfies StoredSearch);
  } catch (error) {
    setState({
      note: `The search cannot be kept for another visit: ${messageOf(error)}.`,
      told: performance.now(),
    });
  }
}

/** Gives up the network that is trained just now; what was tried before stays. */
export function stopSearch(): void {
  if (getState().phase === 'idle') return;
  setState({ phase: 'stopping' });
  going?.abort();
}

/** Saves the search with its weights as a file. */
export function exportSearch(): void {
  const { state, weights } = getState();
  if (!state) return;
  const text = serialiseSearch({
    state,
    weights: new Map(weights.map(({ network, weights: own }) => [network, own])),
    made: new Date().toISOString(),
  });
  download(text, 'application/json', fileName(['search', state.architecture.title], 'json'));
}

/** Shows a search that was saved. */
export async function openSearchFile(file: Blob, name: string): Promise<void> {
  try {
    const { state, weights, made } = parseSearch(await file.text());
    setState({
      phase: 'stopped',
      state,
      weights: [...weights].map(([network, own]) => ({ network, weights: [...own] })),
      settings: null,
      data: null,
      next: null,
      progress: null,
      note: `Opened from ${name}, saved ${made.slice(0, 10)}.`,
      told: performance.now(),
    });
    settle('optimise');
    await Promise.all([forget(SEARCH), forget(PICTURES)]).catch(() => {});
  } catch (error) {
    warn('optimise', `${name}: ${messageOf(error)}`);
  }
}
