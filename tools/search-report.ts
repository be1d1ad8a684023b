import {
  figureThemes,
  searchFront,
  searchFrontHeight,
  searchProfiles,
  searchProfilesHeight,
  searchTree,
} from '../src/figures';
import { runEnd } from '../src/search/next-move';
import { blocksOf } from '../src/search/removals';
import { resultOf } from '../src/search/search-results';
import { runsOf, sharedNetwork } from '../src/search/search-runs';
import { outcomeWords, searchOrderNames, verdictWords, whyWords } from '../src/search/search-sentences';
import type { SearchState } from '../src/search/search-state';
import { percent, table } from '../src/training/export/report-text';
import {
  searchFrontData,
  searchProfilesData,
  searchTreeData,
  summaryRows,
} from '../src/workspaces/optimise/search/search-view';
import { drawnFigure } from './train-figure';

const WIDTH = 720;

/** The figures of a search by the names of their files, as the texts of SVG files. */
export function searchFigures(state: SearchState): Map<string, string> {
  const figures = new Map<string, string>();
  const theme = figureThemes.light;
  for (const quantity of ['parameters', 'multiplyAdds'] as const) {
    const data = searchFrontData(state, quantity);
    const size = { width: WIDTH, height: searchFrontHeight(WIDTH, data) };
    const name = quantity === 'parameters' ? 'front-parameters.svg' : 'front-multiply-adds.svg';
    figures.set(
      name,
      drawnFigure((document) => searchFront(document, data, size, theme)),
    );
  }
  for (const seed of state.options.seeds) {
    if (!sharedNetwork(state, seed, 'reference')) continue;
    const tree = searchTreeData(state, null, seed);
    figures.set(
      `tree-seed-${seed}.svg`,
      drawnFigure((document) => searchTree(document, tree, { width: WIDTH, height: 0 }, theme)),
    );
    const profiles = searchProfilesData(state, seed);
    if (!profiles) continue;
    const size = { width: WIDTH, height: searchProfilesHeight(WIDTH, profiles) };
    figures.set(
      `profiles-seed-${seed}.svg`,
      drawnFigure((document) => searchProfiles(document, profiles, size, theme)),
    );
  }
  return figures;
}

/** What a search found, as Markdown: design, verdict, means over seeds, what every run came to, every step. */
export function searchReport(state: SearchState, figures: readonly string[]): string {
  return [
    `# Search: ${state.architecture.title}`,
    designText(state),
    '## Verdict',
    'By parameters:',
    ...verdictWords(state, 'parameters').map((sentence) => `- ${sentence}`),
    'By multiply-adds:',
    ...verdictWords(state, 'multiplyAdds').map((sentence) => `- ${sentence}`),
    '## Means and deviations over the seeds',
    summaryTable(state),
    '## What every run came to',
    runTable(state),
    ...figures.map((name) => `![${name.replace('.svg', '').replaceAll('-', ' ')}](${name})`),
    '## Every step',
    stepTable(state),
  ]
    .join('\n\n')
    .concat('\n');
}

const budgetWords = ({ budget }: SearchState['options']) =>
  budget.kind === 'minutes'
    ? `${budget.minutes} minutes for the whole search, divided evenly among the seeds and spent in rounds of one training of every order`
    : `${budget.trainings} trainings for each order and seed`;

function designText({ options, recipe, source, backend, architecture }: SearchState): string {
  const { profile } = options;
  const start = options.warmStart
    ? `from their parent's weights at ${options.warmLearningRate} of the learning rate`
    : 'from random weights';
  return [
    `${source}. Trained on ${backend ?? 'nothing yet'}. ${blocksOf(architecture).length} blocks, ${options.direction === 'prune' ? 'pruned' : 'grown towards'}.`,
    `References: ${options.referenceEpochs} epochs, ${recipe.optimiser.kind === 'adam' ? 'Adam' : 'SGD'}, learning rate ${recipe.learningRate}, batches of ${recipe.batch}. The others: ${options.epochs} epochs, ${start}.`,
    `A network is kept where its validation accuracy is within ${percent(options.tolerance)} of the reference. Budget: ${budgetWords(options)}.`,
    `Entropy: ${profile.measure}, ${profile.levels} levels, ${profile.grid} grid, ${profile.method} of ${profile.pictures} validation pictures, ${options.beyondNull ? `beyond a null model of ${profile.shuffles} shuffles` : 'without a null model'}.`,
    'Networks are chosen by one half of the held-out pictures; accuracies in the tables are of the other half unless they say otherwise.',
  ].join('\n');
}

function summaryTable(state: SearchState): string {
  const rows = summaryRows(state);
  return table(
    [
      'Order',
      'Seeds',
      'Blocks',
      'Parameters',
      'Multiply-adds',
      'Latency',
      'Test accuracy',
      'Validation accuracy',
      'Trainings',
      'Minutes',
    ],
    rows.map((row) => [
      row.order,
      String(row.seeds),
      row.blocks,
      row.parameters,
      row.multiplyAdds,
      row.latency,
      row.test,
      row.validation,
      row.trainings,
      row.minutes,
    ]),
  );
}

const whole = (value: number) => value.toLocaleString('en-GB');

const endings = {
  'no-candidate': 'nothing left to try',
  budget: 'budget spent',
  reached: 'reference reached',
} as const;

function runTable(state: SearchState): string {
  const rows = runsOf(state).map((run) => {
    const result = resultOf(run);
    const end = runEnd(state, run);
    return [
      String(run.seed),
      searchOrderNames[run.order],
      result.architecture.stages.map(({ blocks }) => blocks.length).join(' + '),
      whole(result.parameters),
      whole(result.multiplyAdds),
      `${result.latency.toFixed(2)} ms`,
      percent(result.test.accuracy),
      percent(run.reference.test.accuracy),
      `${run.steps.length - run.refused.size} of ${run.steps.length}`,
      end ? endings[end] : 'not finished',
    ];
  });
  return table(
    [
      'Seed',
      'Order',
      'Blocks by stage',
      'Parameters',
      'Multiply-adds',
      'Latency',
      'Test accuracy',
      'Reference',
      'Kept',
      'Ended',
    ],
    rows,
  );
}

function stepTable(state: SearchState): string {
  const rows = state.networks.map((network) => [
    network.id,
    whyWords(network, state.options),
    outcomeWords(network, sharedNetwork(state, network.seed, 'reference')),
    percent(network.test.accuracy),
    whole(network.parameters),
    `${(network.milliseconds / 1000).toFixed(0)} s`,
  ]);
  return table(['Network', 'Why', 'What came of it', 'Test accuracy', 'Parameters', 'Time'], rows);
}
