import { type SearchFile, type SearchWeights, sameDesign } from './search-file';
import { SearchError, type SearchState, type TriedNetwork } from './search-state';

/**
 * The parts of a search as one, which can be looked at and gone on with: networks in the order of seeds and orders, those that all parts
 * of a seed share once, weights of all.
 * @param files by name
 * @throws SearchError where they are of different searches, or a reference came out differently
 */
export function mergeSearches(files: ReadonlyMap<string, SearchFile>): SearchFile {
  const [first, ...others] = [...files];
  if (!first) throw new SearchError('There is no search to merge.');
  // The first files did not hold their scenes; those of another part are theirs.
  const scenes = [...files.values()].find((file) => file.state.scenes)?.state.scenes ?? null;
  const withScenes = (state: SearchState) => ({ ...state, scenes: state.scenes ?? scenes });
  const firstName = first[0];
  const state = withScenes(first[1].state);
  for (const [name, other] of others) {
    if (!sameDesign(state, withScenes(other.state))) {
      throw new SearchError(
        `${name} is of another search than ${firstName}: options, architecture, recipe and pictures must be the same.`,
      );
    }
  }
  const networks = new Map<string, { network: TriedNetwork; from: string }>();
  const weights = new Map<string, SearchWeights extends ReadonlyMap<string, infer W> ? W : never>();
  for (const [name, file] of files) {
    for (const network of file.state.networks) {
      const known = networks.get(network.id);
      if (known) assertSame(known, { network, from: name });
      else networks.set(network.id, { network, from: name });
    }
    for (const [id, own] of file.weights) if (!weights.has(id)) weights.set(id, own);
  }
  const { seeds, orders } = state.options;
  const place = ({ seed, order }: TriedNetwork) =>
    seeds.indexOf(seed) * (orders.length + 1) + (order === null ? 0 : orders.indexOf(order) + 1);
  const all = [...networks.values()].map(({ network }) => network);
  // Stable, so that the networks of a run stay in the order in which they were tried.
  all.sort((a, b) => place(a) - place(b));
  const made = [...files.values()].map((file) => file.made).sort();
  return {
    state: { ...state, networks: all, shard: null },
    weights,
    made: made[made.length - 1],
  };
}

/** All runs of a seed are judged against one reference. */
function assertSame(
  known: { network: TriedNetwork; from: string },
  other: { network: TriedNetwork; from: string },
): void {
  const { network } = other;
  if (network.role === 'step' || network.role === 'final') {
    throw new SearchError(`${network.id} is in ${known.from} and in ${other.from}: each part once.`);
  }
  const [one, two] = [known.network, network].map(({ validation }) => validation.accuracy);
  if (one === two) return;
  throw new SearchError(
    `${network.id} names ${percent(one)} right in ${known.from}, but ${percent(two)} in ${other.from}, so that their runs were judged differently: run all parts of a seed on machines of one kind.`,
  );
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
