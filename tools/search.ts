import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { backendTitle } from '../src/backend/backend-names';
import { pictographClasses } from '../src/pictographs';
import { beginSearch } from '../src/search/begin-search';
import { nextMove, recorded } from '../src/search/next-move';
import { parseSearch, type SearchFile, serialiseSearch } from '../src/search/search-file';
import { sharedNetwork } from '../src/search/search-runs';
import { outcomeWords, verdictWords, whyWords } from '../src/search/search-sentences';
import {
  type SearchOptions,
  type SearchOrder,
  type SearchState,
  searchOrders,
} from '../src/search/search-state';
import { type Arguments, readArguments, UsageError } from './command-line';
import { searchDesign, searchedArchitecture, searchRecipe, searchScenes } from './search-design';
import { searchFigures, searchReport } from './search-report';
import { openTrainingPage, type TrainingPage } from './training-page';

const root = path.resolve(import.meta.dirname, '..');

const usage = `npm run search -- pictographs [options]

Prunes or grows a network for Pictographs by superization, and by the controls under the same budget. Goes on where it was when OUT has a search.

  --out OUT                 folder of the result; default trained/search
  --seeds COUNT             default ${searchDesign.seeds.length}
  --minutes MINUTES         for the whole search; default ${searchDesign.budget.kind === 'minutes' ? searchDesign.budget.minutes : ''}
  --trainings COUNT         for each order and seed, instead of minutes
  --orders ORDERS           of ${searchOrders.join(',')}; default all
  --tolerance POINTS        default ${100 * searchDesign.tolerance}
  --epochs COUNT            of each network; default ${searchDesign.epochs}
  --reference-epochs COUNT  default ${searchDesign.referenceEpochs}
  --train COUNT             scenes an epoch; default ${searchScenes.train}
  --held-out COUNT          scenes held out, half to choose and half to report; default ${searchScenes.heldOut}
  --pictures COUNT          whose entropy is measured; default ${searchDesign.profile.pictures}
  --grow                    from one block a stage upwards instead of pruning
  --cold                    random weights for every network
  --no-null                 counts falls of entropy without those of the null model
  --fresh                   forgets the search in OUT
  --no-build                takes the page as it was last built`;

const log = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), {
    valued: [
      'out',
      'seeds',
      'minutes',
      'trainings',
      'orders',
      'tolerance',
      'epochs',
      'reference-epochs',
      'train',
      'held-out',
      'pictures',
    ],
    switches: ['grow', 'cold', 'no-null', 'fresh', 'no-build', 'help'],
  });
  if (given.isSet('help') || given.words.join() !== 'pictographs') throw new UsageError(usage);
  const out = path.resolve(root, given.value('out') ?? 'trained/search');
  mkdirSync(out, { recursive: true });
  const file = path.join(out, 'search-weights.json');
  const scenes = {
    train: given.number('train') ?? searchScenes.train,
    heldOut: given.number('held-out') ?? searchScenes.heldOut,
  };
  const asked = beginSearch({
    options: optionsOf(given),
    architecture: searchedArchitecture,
    recipe: searchRecipe,
    labels: [...pictographClasses],
    source: `Pictographs of ${searchedArchitecture.side} pixels, ${scenes.train} new ones an epoch, ${scenes.heldOut} held out`,
  });
  const start = given.isSet('fresh') ? null : searchIn(file, asked);
  const page = await openTrainingPage({ build: !given.isSet('no-build') });
  try {
    await search(page, out, file, start ?? { state: asked, weights: new Map(), made: '' }, scenes);
  } finally {
    await page.close();
  }
}

function optionsOf(given: Arguments): SearchOptions {
  const [minutes, trainings] = [given.number('minutes'), given.number('trainings')];
  const count = given.number('seeds') ?? searchDesign.seeds.length;
  const orders = given.value('orders')?.split(',') ?? searchDesign.orders;
  const unknown = orders.filter((order) => !searchOrders.includes(order as SearchOrder));
  if (unknown.length > 0)
    throw new UsageError(`There is no order ${unknown.join()}; there are ${searchOrders.join(', ')}.`);
  const tolerance = given.number('tolerance');
  return {
    ...searchDesign,
    direction: given.isSet('grow') ? 'grow' : 'prune',
    warmStart: !given.isSet('cold'),
    beyondNull: !given.isSet('no-null'),
    seeds: Array.from({ length: count }, (_, i) => i + 1),
    orders: orders as SearchOrder[],
    tolerance: tolerance === null ? searchDesign.tolerance : tolerance / 100,
    epochs: given.number('epochs') ?? searchDesign.epochs,
    referenceEpochs: given.number('reference-epochs') ?? searchDesign.referenceEpochs,
    budget:
      trainings !== null
        ? { kind: 'trainings', trainings }
        : minutes !== null
          ? { kind: 'minutes', minutes }
          : searchDesign.budget,
    profile: { ...searchDesign.profile, pictures: given.number('pictures') ?? searchDesign.profile.pictures },
  };
}

/** @throws UsageError where it is another search */
function searchIn(file: string, asked: SearchState): SearchFile | null {
  if (!existsSync(file)) return null;
  const found = parseSearch(readFileSync(file, 'utf8'));
  const design = ({ networks: _, backend: __, ...rest }: SearchState) => rest;
  if (!isDeepStrictEqual(design(found.state), design(asked))) {
    throw new UsageError(
      `${file} is of a search with another design. Give another --out, or --fresh to begin anew.`,
    );
  }
  return found;
}

async function search(
  page: TrainingPage,
  out: string,
  file: string,
  start: SearchFile,
  scenes: { train: number; heldOut: number },
): Promise<void> {
  const opened = await page.ask('openSearch', {
    backend: 'auto',
    data: { kind: 'pictographs', seed: 1, ...scenes, endless: true },
    state: start.state,
    weights: [...start.weights].map(([network, weights]) => ({ network, weights: [...weights] })),
  });
  let state: SearchState = { ...start.state, backend: backendTitle(opened.backend) };
  log(
    `${state.source}; on ${state.backend}; ${state.options.seeds.length} seeds, ${state.options.orders.join(', ')}`,
  );
  const weights = new Map(start.weights);
  if (state.networks.length > 0) log(`goes on after ${state.networks.length} networks`);
  for (let move = nextMove(state); move; move = nextMove(state)) {
    log(`${move.id}: ${whyWords(move, state.options)}`);
    const { network, held } = await page.ask('advanceSearch', {});
    if (!network) break;
    state = recorded(state, move, network);
    log(
      `  ${outcomeWords(network, sharedNetwork(state, network.seed, 'reference'))} ${(network.milliseconds / 1000).toFixed(0)} s`,
    );
    for (const id of weights.keys()) if (!held.includes(id)) weights.delete(id);
    const missing = held.filter((id) => !weights.has(id));
    for (const each of await page.ask('searchWeights', { networks: missing })) {
      weights.set(each.network, each.weights);
    }
    keep(file, serialiseSearch({ state, weights, made: new Date().toISOString() }));
  }
  const figures = searchFigures(state);
  for (const [figure, text] of figures) writeFileSync(path.join(out, figure), text);
  writeFileSync(
    path.join(out, 'search.json'),
    serialiseSearch({ state, weights: new Map(), made: new Date().toISOString() }),
  );
  writeFileSync(path.join(out, 'README.md'), searchReport(state, [...figures.keys()]));
  for (const sentence of verdictWords(state, 'parameters')) log(sentence);
  log(
    `written to ${path.relative(root, out)}: README.md, search.json, search-weights.json, ${[...figures.keys()].join(', ')}`,
  );
}

/** Written beside and then moved, so that a crash leaves the one before. */
function keep(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
