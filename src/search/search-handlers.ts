import { type BackendName, backendTitle } from '../backend/backend-names';
import { type BackendLostError, type RunningBackend, startBackend } from '../backend/choose-backend';
import { giveUpBackend, survivingLoss } from '../backend/surviving-loss';
import type { Handlers, Task } from '../rpc/serve';
import { bufferNeeds } from '../training/buffer-needs';
import { type OpenDatasetOptions, openDataset } from '../training/data/open-dataset';
import { createSearch, type MoveProgress, type Search } from './search';
import type { SearchMethods } from './search-methods';
import { SearchError, type TriedNetwork } from './search-state';
import { sessionTrainer } from './session-trainer';

interface OpenedSearch {
  request: SearchMethods['openSearch']['request'];
  search: Search;
  backend: RunningBackend;
  /** The same search on the backend that is current now. */
  again(): Search;
}

/**
 * The answers of the training worker about a search: one search on one backend. A lost device is replaced by the next one, and the
 * network that was under way is trained anew.
 * @param decode in place of the browser's decoder of pictures, where there is none
 */
export function createSearcher({ decode }: Pick<OpenDatasetOptions, 'decode'> = {}): Handlers<SearchMethods> {
  const failed = new Map<BackendName, string>();
  let opened: OpenedSearch | null = null;

  const current = (): OpenedSearch => {
    if (!opened) throw new SearchError('No search is open.');
    return opened;
  };

  const replaceBackend = async (open: OpenedSearch, error: BackendLostError): Promise<void> => {
    giveUpBackend(open.backend, error, failed);
    const { backend, state } = open.request;
    open.backend = await startBackend(backend, failed, bufferNeeds(state));
    open.search = open.again();
  };

  const advance = (open: OpenedSearch, task: Task<MoveProgress>): Promise<TriedNetwork | null> =>
    survivingLoss(
      task.signal,
      () => open.backend,
      () => open.search.advance({ onProgress: (told) => task.report(told), pause: task.checkpoint }),
      (error) => replaceBackend(open, error),
    );

  return {
    async openSearch(request, task) {
      opened = null;
      const { state } = request;
      task.report({ text: 'Reading the pictures', fraction: null });
      const data = await openDataset(request.data, state.architecture.side, {
        decode,
        onProgress: (done, of) =>
          task.report({ text: `Reading picture ${done} of ${of}`, fraction: done / of }),
        pause: task.checkpoint,
      });
      const { classes } = data.summary;
      if (classes.join('\n') !== state.labels.join('\n')) {
        throw new SearchError(
          `The search tells apart ${state.labels.join(', ')}, but these pictures are of ${classes.join(', ')}.`,
        );
      }
      task.report({ text: 'Starting the engine', fraction: null });
      // A search only takes blocks away, so its first network is its largest.
      const backend = await startBackend(request.backend, failed, bufferNeeds(state));
      const trainer = sessionTrainer(data, state.options);
      const weights = new Map(request.weights.map((each) => [each.network, each.weights]));
      const search = createSearch({ ...state, backend: backendTitle(backend.report) }, weights, trainer);
      opened = {
        request,
        search,
        backend,
        again: () => createSearch(current().search.state, current().search.weights, trainer),
      };
      return { result: { data: data.summary, backend: backend.report, next: search.next() } };
    },

    async advanceSearch(_, task) {
      const open = current();
      const network = await advance(open, task);
      const held = [...open.search.weights.keys()];
      return { result: { network, next: open.search.next(), held } };
    },

    async searchWeights({ networks }) {
      const { weights } = current().search;
      const wanted = networks === 'all' ? [...weights.keys()] : networks;
      return {
        result: wanted.map((network) => {
          const own = weights.get(network);
          if (!own) throw new SearchError(`The weights of ${network} are not held any more.`);
          return { network, weights: [...own] };
        }),
      };
    },

    async closeSearch() {
      opened = null;
      return { result: null };
    },
  };
}
