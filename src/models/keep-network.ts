import { warn } from '../state/alerts';
import { useExplain } from '../state/explain-store';
import { type StoreError, storeErrorOf } from '../storage/store-error';
import { say } from '../text/say';
import { canKeep, forget, keep, keepLabels, keptNetworks } from './kept-networks';
import { dropOwn, isOwnNetwork, labelsOf, ownNetwork, takeKept, titleOfOwn } from './networks';

const { getState, setState } = useExplain;

/** Networks that are being written, that could not be, or that were removed, by the value of the setting `model`. */
const settled = new Set<string>();

/** A network that is opened from its files anew is kept anew, whatever became of it before. */
export const openedAnew = (model: string) => settled.delete(model);

const isKept = (model: string) => getState().models.some(({ id, bytes }) => id === model && bytes !== null);

const note = (id: string, bytes: number | null) =>
  setState({
    models: getState().models.map((entry) => (entry.id === id ? { ...entry, bytes } : entry)),
  });

/** Lists the networks of earlier visits among those to choose from. */
export async function listKept(): Promise<void> {
  const kept = await keptNetworks().catch((error: StoreError) => {
    warn('storage', say('Networks of earlier visits could not be read: {reason}.', { reason: error.reason }));
    return [];
  });
  const entries = kept.map(({ id, title, bytes, network, labels }) => ({
    id: takeKept(id, network, labels),
    title,
    bytes,
  }));
  const known = getState().models.filter(({ id }) => !entries.some((entry) => entry.id === id));
  setState({ models: [...known, ...entries] });
}

/** Keeps a network from files for the next visit; where that fails it stays open, and the page says why. */
export async function keepNetwork(model: string): Promise<void> {
  const network = ownNetwork(model);
  if (!network || settled.has(model) || isKept(model)) return;
  settled.add(model);
  const title = titleOf(model);
  if (!canKeep()) {
    setState({
      note: say('{title} is not kept for the next visit: this browser keeps no files for the page.', {
        title,
      }),
    });
    return;
  }
  try {
    note(model, await keep(network, labelsOf(model), title));
  } catch (error) {
    const bytes = network.source.files.reduce((sum, { blob }) => sum + blob.size, 0);
    const { problem, reason } = storeErrorOf(error);
    const why =
      problem === 'full'
        ? say(
            'it takes {bytes}, and the browser gives this page no more room. Remove other networks it keeps, or open the file again next time',
            { bytes: megabytes(bytes) },
          )
        : reason;
    warn('explain', say('{title} is open, but could not be kept for the next visit: {why}.', { title, why }));
  }
}

/** What a network is called in the list of networks. */
const titleOf = (model: string) =>
  getState().models.find(({ id }) => id === model)?.title ?? titleOfOwn(model);

/** Notes the names of classes that a kept network was given. */
export async function keepItsLabels(model: string): Promise<void> {
  if (!isOwnNetwork(model) || !isKept(model)) return;
  await keepLabels(titleOfOwn(model), labelsOf(model)).catch((error: StoreError) =>
    warn(
      'explain',
      say('The names of {title}’s classes are not kept for the next visit: {reason}.', {
        title: titleOf(model),
        reason: error.reason,
      }),
    ),
  );
}

/** Removes a network from the browser. The one in use stays open until another is chosen. */
export async function removeKept(model: string): Promise<void> {
  const network = ownNetwork(model);
  const isOpen = getState().settings.model === model;
  settled.add(model);
  try {
    if (network && isOpen) {
      // Its files may be the very ones that go.
      for (const file of network.source.files) file.blob = new Blob([await file.blob.arrayBuffer()]);
    }
    await forget(titleOfOwn(model));
  } catch (error) {
    warn(
      'explain',
      say('{model} could not be removed: {reason}.', {
        model: titleOf(model),
        reason: storeErrorOf(error).reason,
      }),
    );
    return;
  }
  if (isOpen) note(model, null);
  else {
    dropOwn(model);
    setState({ models: getState().models.filter(({ id }) => id !== model) });
  }
}

/** "10.3 MB", "24 kB" */
export function megabytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
