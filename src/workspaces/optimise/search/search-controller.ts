import { backendTitle } from '../../../backend/backend-names';
import { trainer } from '../../../engine/engine-client';
import { download, fileName } from '../../../export';
import { pictographClasses } from '../../../pictographs';
import { beginSearch } from '../../../search/begin-search';
import { nextMove } from '../../../search/next-move';
import { completed, parseSearch, serialiseSearch } from '../../../search/search-file';
import { GIVEN, type SearchState } from '../../../search/search-state';
import { settle, warn } from '../../../state/alerts';
import { createLatestWork } from '../../../state/latest-work';
import { ClaimedError } from '../../../storage/claims';
import { reasonOf } from '../../../storage/store-error';
import { messageOf } from '../../../text/message-of';
import { layoutOf, weightShapesOf } from '../../../training/architecture/parameter-layout';
import type { TrainingData } from '../../../training/training-methods';
import { dataInWords, dataOf, recipeOf } from '../architecture/network-of';
import { currentArchitecture, useOptimise } from '../optimise-store';
import {
  type AboutRun,
  adoptOld,
  hold,
  keepPictures,
  keepValue,
  keptPictures,
  keptValue,
  newId,
  remember,
  runToOffer,
} from '../training/kept-runs';
import { startWeights } from '../training/start-weights';
import { dataProblem } from '../training/training-controller';
import { searchOptionsOf } from './search-options';
import { type StoredSearch, useSearch } from './search-store';

const { getState, setState } = useSearch;

const work = createLatestWork();

const isGoing = () => ['opening', 'running', 'stopping'].includes(getState().phase);

const aboutOf = ({ id, begun, state }: StoredSearch): AboutRun => ({
  kind: 'search',
  id,
  title: `${state.architecture.title} on ${state.source}`,
  begun: begun ?? 0,
  state: `${state.networks.length} ${state.networks.length === 1 ? 'network' : 'networks'} tried`,
});

/** Looks for a search of an earlier visit; it is offered, not gone on with. */
export async function offerKeptSearch(): Promise<void> {
  if (getState().state) return;
  try {
    await adoptOld<StoredSearch>('search', (stored, id) => {
      const value = { ...stored, id, begun: null };
      return { about: aboutOf(value), value };
    });
    const offered = await runToOffer('search');
    if (offered && !getState().state) await show(offered.id);
  } catch {
    // A browser without a database: then there is nothing to offer.
  }
}

/** Puts a kept search on screen, in place of the one that is there, which stays kept. */
export async function openKeptSearch(id: string): Promise<void> {
  if (isGoing()) return warn('optimise', 'A search is under way: stop it before another one is opened.');
  try {
    await show(id);
    settle('optimise');
  } catch (error) {
    warn('optimise', `The search could not be opened: ${messageOf(error)}.`);
  }
}

async function show(id: string): Promise<void> {
  const stored = await keptValue<StoredSearch>('search', id);
  if (!stored) throw new Error('this browser does not keep it any more');
  if (isGoing()) return;
  const { weights, settings, begun } = stored;
  const state = completed(stored.state);
  remember('search', id);
  setState({
    ...{ id, begun, phase: phaseOf(state), state, weights, settings, data: null, next: null },
    note: 'A search of an earlier visit.',
    told: performance.now(),
  });
}

/** Of a search that is not under way: whether something of it remains to be trained. */
const phaseOf = (state: SearchState): 'stopped' | 'over' => (nextMove(state) === null ? 'over' : 'stopped');

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
  const data = dataOf(settings, images?.sources ?? null);
  let state: SearchState;
  try {
    state = beginSearch({
      options: searchOptionsOf(settings),
      architecture,
      // Trainings of a search are too short for their layers to settle.
      recipe: recipeOf({ ...settings, freezing: 'none' }),
      labels,
      source: dataInWords(settings, images?.name ?? null),
      scenes: data.kind === 'pictographs' ? data : null,
    });
  } catch (error) {
    return warn('optimise', messageOf(error));
  }
  const id = newId();
  setState({ id, begun: Date.now(), state, weights: [], settings, data, next: null });
  await keepPictures('search', id, data).catch(() => {});
  await go(data, referenceWeights);
}

/** Goes on with the search on screen. */
export async function resumeSearch(): Promise<void> {
  const { id, state } = getState();
  if (!state) return;
  const kept = getState().data ?? (id ? await keptPictures('search', id).catch(() => undefined) : null);
  const data = kept ?? state.scenes ?? droppedPictures(state);
  if (!data) {
    return warn(
      'optimise',
      `The pictures of this search are not at hand: choose them under “Data”, folders ${state.labels.join(', ')}, and go on then.`,
    );
  }
  setState({ data });
  if (!id) await adopt(data);
  await go(data);
}

/** The pictures that were dropped here, where they are of the classes of a search. */
function droppedPictures({ labels }: SearchState): TrainingData | null {
  const { settings, images } = useOptimise.getState();
  const folders = images?.summary.classes.map(({ folder }) => folder) ?? [];
  return images && folders.join('\n') === labels.join('\n')
    ? dataOf({ ...settings, data: 'images' }, images.sources)
    : null;
}

/** Keeps a search from a file as one of this browser's own, from its next network on. */
async function adopt(data: TrainingData): Promise<void> {
  const id = newId();
  setState({ id, begun: Date.now(), settings: useOptimise.getState().settings });
  await keepPictures('search', id, data).catch(() => {});
}

/** What is fetched before a search is opened; thrown errors end it. */
type Before = (signal: AbortSignal) => Promise<void>;

async function go(data: TrainingData, before: Before = async () => {}): Promise<void> {
  setState({ phase: 'opening', note: null, progress: { text: 'Opening', fraction: null } });
  await work.run((signal) => search(data, signal, before));
}

/** The weights that a reference is given with, where it is not trained. */
async function referenceWeights(signal: AbortSignal): Promise<void> {
  const { state, settings } = getState();
  if (!state || !settings || state.options.referenceEpochs > 0) return;
  const weights = await startWeights(state.architecture, settings, signal);
  const found = new Set(weights?.map(({ name }) => name));
  const missing = weightShapesOf(layoutOf(state.architecture)).find(({ name }) => !found.has(name));
  if (!weights || missing) {
    throw new Error(
      weights
        ? `${settings.start} has nothing that fits ${missing?.name}, so it is no reference as it is. Give the reference epochs, or choose the architecture of ${settings.start}`
        : 'a reference of 0 epochs is a network with the weights that it has. Choose them under “Start from”, or give it epochs',
    );
  }
  setState({ weights: [{ network: GIVEN, weights }] });
}

async function search(data: TrainingData, signal: AbortSignal, before: Before): Promise<void> {
  let release = () => {};
  try {
    await before(signal);
    const { id } = getState();
    if (id) {
      release = await hold('search', id);
      remember('search', id);
      await takeNewer(id);
    }
    const { settings, weights } = getState();
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
    warn(
      'optimise',
      error instanceof ClaimedError
        ? 'This search is open in another tab: go on with it there.'
        : `The search ended: ${messageOf(error)}`,
    );
  } finally {
    release();
  }
}

/** Another tab may have gone on with a search since it was put on this screen. */
async function takeNewer(id: string): Promise<void> {
  const stored = await keptValue<StoredSearch>('search', id).catch(() => undefined);
  const { state } = getState();
  if (stored && state && stored.state.networks.length > state.networks.length) {
    setState({ state: stored.state, weights: stored.weights });
  }
}

async function close(phase: 'over' | 'stopped', note: string): Promise<void> {
  const notKept = await keepSearch().catch(() => null);
  await trainer.call('closeSearch', {}).catch(() => {});
  setState({ phase, progress: null, note: notKept ? `${note} ${notKept}` : note, told: performance.now() });
}

/** Takes the weights that are still needed out of the worker and puts all on the disk. @returns why not, null where it is kept */
async function keepSearch(): Promise<string | null> {
  const weights = await trainer.call('searchWeights', { networks: 'all' });
  setState({ weights });
  const { id, begun, state, settings } = getState();
  if (!id || !state || !settings) return null;
  try {
    const stored: StoredSearch = { id, begun, state, weights, settings };
    await keepValue(aboutOf(stored), stored);
    return null;
  } catch (error) {
    const reason = `The search cannot be kept for another visit: ${reasonOf(error)}.`;
    setState({ note: reason, told: performance.now() });
    return reason;
  }
}

/** Gives up the network that is trained just now; what was tried before stays. */
export function stopSearch(): void {
  if (getState().phase === 'idle') return;
  setState({ phase: 'stopping' });
  work.end();
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
      id: null,
      begun: null,
      phase: phaseOf(state),
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
  } catch (error) {
    warn('optimise', `${name}: ${messageOf(error)}`);
  }
}
