import {
  figureThemes,
  searchFront,
  searchFrontHeight,
  searchProfiles,
  searchProfilesHeight,
  searchTree,
} from '../src/figures';
import type { CutCost } from '../src/search/filters/shrunk-groups';
import { runEnd } from '../src/search/next-move';
import { blocksOf } from '../src/search/removals';
import { resultOf } from '../src/search/search-results';
import { runsOf, sharedNetwork } from '../src/search/search-runs';
import { outcomeWords, searchOrderNames, verdictWords, whyWords } from '../src/search/search-sentences';
import type { SearchState, TriedNetwork } from '../src/search/search-state';
import { counted } from '../src/text/counted';
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
    : `${counted(budget.trainings, 'training')} for each order and seed`;

const costWords: Record<CutCost, string> = {
  both: 'cost is gone, which is the mean of the shares of parameters and multiply-adds',
  parameters: 'parameters are gone',
  'multiply-adds': 'multiply-adds are gone',
};

const cutWords = ({ shrink }: SearchState['options']) =>
  `A step takes out filters until ${percent(shrink.cut)} of the ${costWords[shrink.of ?? 'both']}, of no layer more than ${percent(shrink.most)} of its filters. Where a step over several layers is put back, the next one takes half as much; a layer that alone was put back is left as it is.`;

function designText({ options, recipe, source, backend, architecture }: SearchState): string {
  const { profile, unit, distillation, finalEpochs, referenceEpochs } = options;
  const references =
    referenceEpochs === 0
      ? 'The reference is given with its weights.'
      : `References: ${counted(referenceEpochs, 'epoch')}.`;
  const atLast = finalEpochs > 0 ? `; what a run has come to, ${counted(finalEpochs, 'epoch')} more` : '';
  const taught =
    distillation &&
    `${percent(distillation.weight)} of the loss are the answers of the reference, at temperature ${distillation.temperature}; the labels are the rest.`;
  const start = options.warmStart
    ? `from their parent's weights at ${options.warmLearningRate} of the learning rate`
    : 'from random weights';
  return [
    `${source}. Trained on ${backend ?? 'nothing yet'}. ${counted(blocksOf(architecture).length, 'block')}, ${options.direction === 'prune' ? `pruned by ${unit}` : 'grown towards'}.`,
    `${references} ${recipe.optimiser.kind === 'adam' ? 'Adam' : 'SGD'}, learning rate ${recipe.learningRate}, batches of ${recipe.batch}. The others: ${counted(options.epochs, 'epoch')}, ${start}${atLast}.`,
    ...(taught ? [taught] : []),
    ...(unit === 'filters' ? [cutWords(options)] : []),
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
      'Front area',
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
      row.front,
      row.trainings,
      row.minutes,
    ]),
  );
}

const whole = (value: number) => value.toLocaleString('en-GB');

/** Blocks of every stage, or their widths where filters go. */
const shapeOf = ({ options }: SearchState, { architecture }: TriedNetwork) =>
  architecture.stages
    .map(({ blocks }) =>
      options.unit === 'filters' ? blocks.map(({ width }) => width).join(' ') : blocks.length,
    )
    .join(options.unit === 'filters' ? ', ' : ' + ');

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
      shapeOf(state, result),
      whole(result.parameters),
      whole(result.multiplyAdds),
      `${result.latency.toFixed(2)} ms`,
      percent(result.test.accuracy),
      percent(run.reference.test.accuracy),
      `${run.steps.filter(({ verdict }) => verdict === 'kept').length} of ${run.steps.length}`,
      end ? endings[end] : 'not finished',
    ];
  });
  return table(
    [
      'Seed',
      'Order',
      state.options.unit === 'filters' ? 'Widths by stage' : 'Blocks by stage',
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
    whole(network.multiplyAdds),
    `${(network.milliseconds / 1000).toFixed(0)} s`,
  ]);
  return table(
    ['Network', 'Why', 'What came of it', 'Test accuracy', 'Parameters', 'Multiply-adds', 'Time'],
    rows,
  );
}
