import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backendTitle } from '../../src/backend/backend-names';
import type { HeadlessData } from '../../src/headless/headless-training';
import { cutCosts } from '../../src/search/filters/shrunk-groups';
import { mergeSearches } from '../../src/search/merge-searches';
import { nextMove, recorded } from '../../src/search/next-move';
import { parseSearch, type SearchFile, serialiseSearch } from '../../src/search/search-file';
import { sharedNetwork } from '../../src/search/search-runs';
import { outcomeWords, verdictWords, whyWords } from '../../src/search/search-sentences';
import { type SearchState, searchOrders, searchUnits } from '../../src/search/search-state';
import { root } from '../bundled';
import { readArguments, UsageError } from '../command-line';
import { filterDesign, filterScenes, searchDesign, searchScenes } from '../search-design';
import { goneOnWith, planOf, searchArguments } from '../search-plan';
import { searchFigures, searchReport } from '../search-report';
import { type TrainingPage, withTrainingPage } from '../training-page';
import { keepFile } from './keep-file';

export const searchUsage = `npx supersign search pictographs [options]
npx supersign search photos10 --data ARCHIVE [options]
npx supersign search merge SEARCH... [--out OUT]

Prunes or grows a network by superization, and by controls under the same budget. Goes on where it was when OUT has a search.
For photos10, and for pictographs with --bundled, the reference is the bundled network with its weights; else it is trained.
"merge" makes one search of the files search-weights.json of several shards.

  --out OUT                 folder of the result; default trained/search
  --unit UNIT               what goes in a step: ${searchUnits.join(' or ')}; default blocks
  --bundled                 the bundled network at its own size, not the smaller one that is trained first
  --data ARCHIVE            zip of class folders, for photographs
  --seeds COUNT             default ${searchDesign.seeds.length}, and 1 where the reference is given
  --minutes MINUTES         for the whole search; default ${searchDesign.budget.kind === 'minutes' ? searchDesign.budget.minutes : ''}
  --trainings COUNT         for each order and seed, instead of minutes; default for filters ${filterDesign.budget.kind === 'trainings' ? filterDesign.budget.trainings : ''}
  --order ORDERS            of ${searchOrders.join(',')}; default the first ${searchDesign.orders.length}, of filters all
  --tolerance POINTS        default ${100 * searchDesign.tolerance}
  --epochs COUNT            of each network; default ${searchDesign.epochs}, of filters ${filterDesign.epochs}
  --reference-epochs COUNT  default ${searchDesign.referenceEpochs}
  --final-epochs COUNT      more for what a run comes to; default ${searchDesign.finalEpochs}, of filters ${filterDesign.finalEpochs}
  --rate SHARE              of the learning rate, after a step; default ${searchDesign.warmLearningRate}, of filters ${filterDesign.warmLearningRate}
  --cut PERCENT             of the cost that a step over filters takes; default ${100 * filterDesign.shrink.cut}
  --cost COST               that a step saves: ${cutCosts.join(', ')}; default ${filterDesign.shrink.of}; both: their mean share
  --most PERCENT            of a layer's filters that go in one step, at most; default ${100 * filterDesign.shrink.most}
  --distil SHARE            of the reference's answers in the loss, 0 for none; default 0, of filters ${filterDesign.distillation?.weight}
  --temperature NUMBER      of these answers; default ${filterDesign.distillation?.temperature}
  --train COUNT             scenes an epoch; default ${searchScenes.train}
  --held-out COUNT          scenes held out, half to choose and half to report; default ${searchScenes.heldOut}, of filters ${filterScenes.heldOut}
  --pictures COUNT          whose entropy is measured; default ${searchDesign.profile.pictures}
  --networks COUNT          then stops; the same command goes on
  --shard I/N               the I-th of N parts of the runs, each a seed and an order
  --grow                    from one block a stage upwards instead of pruning
  --cold                    random weights for every network
  --no-null                 counts falls of entropy without those of the null model
  --fresh                   forgets the search in OUT
  --no-build                in a clone: takes the page as it was last built`;

const log = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);

/**
 * Runs a search and writes what came of it, or merges several.
 * @param line what stands behind the command
 * @throws UsageError, SearchError, HeadlessError, InterruptedError
 */
export async function searchCommand(line: string[], signal: AbortSignal): Promise<void> {
  const given = readArguments(line, searchArguments);
  const [subject, ...others] = given.words;
  const out = path.resolve(given.value('out') ?? 'trained/search');
  if (subject === 'merge') return merge(out, others);
  if (subject === undefined || others.length > 0)
    throw new UsageError('Say what is searched: pictographs, photos10, or merge and files of searches.');
  const plan = planOf(root, given);
  mkdirSync(out, { recursive: true });
  const file = path.join(out, weightsFile);
  const start = (given.isSet('fresh') ? null : searchIn(file, plan.state)) ?? { ...plan, made: '' };
  const folders: Record<string, string> = plan.archive ? { '/pictures': path.dirname(plan.archive) } : {};
  const kept = `${file} holds what is done so far: the same command goes on from it.`;
  await withTrainingPage({ build: !given.isSet('no-build'), folders }, { signal, kept }, (page) =>
    search(page, out, file, start, { data: plan.data, most: given.number('networks') ?? Infinity }),
  );
}

/** The search with the weights that it needs to go on, and without any. */
const weightsFile = 'search-weights.json';
const resultFile = 'search.json';

function merge(out: string, names: readonly string[]): void {
  if (names.length === 0) throw new UsageError('Say which searches: search merge SEARCH... --out OUT');
  mkdirSync(out, { recursive: true });
  const merged = mergeSearches(
    new Map(names.map((name) => [name, parseSearch(readFileSync(path.resolve(name), 'utf8'))])),
  );
  keepFile(path.join(out, weightsFile), serialiseSearch(merged));
  report(out, merged.state);
}

/** @throws UsageError where it is another search */
function searchIn(file: string, asked: SearchState): SearchFile | null {
  if (!existsSync(file)) return null;
  const found = goneOnWith(parseSearch(readFileSync(file, 'utf8')), asked);
  if (!found) {
    throw new UsageError(
      `${file} is of a search with another design, or of another shard. Give another --out, or --fresh to begin anew.`,
    );
  }
  return found;
}

async function search(
  page: TrainingPage,
  out: string,
  file: string,
  start: SearchFile,
  { data, most }: { data: HeadlessData; most: number },
): Promise<void> {
  const opened = await page.ask('openSearch', {
    backend: 'auto',
    data,
    state: start.state,
    weights: [...start.weights].map(([network, weights]) => ({ network, weights: [...weights] })),
  });
  let state: SearchState = { ...start.state, backend: backendTitle(opened.backend) };
  log(
    `${state.source}; on ${state.backend}; ${state.options.seeds.length} seeds, ${state.options.orders.join(', ')}`,
  );
  const weights = new Map(start.weights);
  if (state.networks.length > 0) log(`goes on after ${state.networks.length} networks`);
  const before = state.networks.length;
  for (let move = nextMove(state); move; move = nextMove(state)) {
    if (state.networks.length - before >= most) break;
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
    keepFile(file, serialiseSearch({ state, weights, made: new Date().toISOString() }));
  }
  report(out, state);
}

/** Writes what a search has come to. */
function report(out: string, state: SearchState): void {
  const figures = searchFigures(state);
  const made = new Date().toISOString();
  for (const [figure, text] of figures) keepFile(path.join(out, figure), text);
  keepFile(path.join(out, resultFile), serialiseSearch({ state, weights: new Map(), made }));
  keepFile(path.join(out, 'README.md'), searchReport(state, [...figures.keys()]));
  for (const sentence of verdictWords(state, 'parameters')) log(sentence);
  log(
    `written to ${path.relative(process.cwd(), out) || '.'}: README.md, ${resultFile}, ${weightsFile}, ${[...figures.keys()].join(', ')}`,
  );
}
