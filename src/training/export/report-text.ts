import { countedInEnglish as counted } from '../../text/counted';
import type { Block } from '../architecture/architecture';
import type { EpochReport, Freezing, Recipe } from '../training-methods';
import type { TrainingReport } from './training-report';

/** A training report to be read, as Markdown. */
export function reportText(report: TrainingReport): string {
  return [
    `# ${cell(report.title)}`,
    `Trained with Supersign on ${cell(report.backend)}, finished ${report.made.slice(0, 16).replace('T', ' ')} UTC.`,
    '## Result',
    `Of ${counted(evaluated(report), 'picture')} (${cell(report.evaluatedOn)}) ${percent(report.evaluation.accuracy)} are named right; mean loss ${report.evaluation.loss.toFixed(4)}.`,
    '## Data',
    dataText(report),
    '## Architecture',
    architectureTable(report),
    '## Recipe',
    recipeTable(report.recipe),
    '## Epochs',
    epochTable(report),
    '## Classes',
    classTable(report),
    '## Confusion',
    confusionTable(report),
  ]
    .join('\n\n')
    .concat('\n');
}

const whole = (value: number) => value.toLocaleString('en-GB');
export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const percentOrNone = (share: number | null) => (share === null ? 'none' : percent(share));

/** Text that stays in its cell. */
const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/[|\\`*_<[]/g, '\\$&');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const evaluated = ({ evaluation }: TrainingReport) =>
  evaluation.confusion.flat().reduce((total, count) => total + count, 0);

function dataText({ data, source }: TrainingReport): string {
  const parts = [
    `${cell(source)}. ${counted(data.train, 'picture')} to train with, ${whole(data.heldOut)} held out.`,
  ];
  if (data.refused.length > 0) {
    parts.push(
      `${counted(data.refused.length, 'file')} ${data.refused.length === 1 ? 'was' : 'were'} left out:`,
    );
    parts.push(...data.refused.slice(0, 20).map(({ path, reason }) => `- ${cell(path)}: ${cell(reason)}`));
    if (data.refused.length > 20) parts.push(`- and ${data.refused.length - 20} more`);
  }
  return parts.join('\n');
}

export function architectureTable({ architecture, parameters, multiplyAdds }: TrainingReport): string {
  const { side, stages, join, hidden, classes, batchNorm, activation, padding, dropout } = architecture;
  const kindOf = (block: Block) =>
    block.kind === 'convolution' ? `${block.size} × ${block.size}` : block.kind;
  const widthOf = (block: Block) =>
    block.kind === 'residual' && block.inner !== undefined
      ? `${block.inner} inside, ${block.width}`
      : String(block.width);
  const block = (block: Block) => `\`${block.name}\` ${kindOf(block)}, ${widthOf(block)}`;
  const rows = stages.map(({ blocks, shrink }, index) => [
    String(index + 1),
    blocks.map(block).join('; '),
    { max: '2 × 2 max pooling', average: '2 × 2 average pooling', stride: 'stride 2', none: 'none' }[shrink],
  ]);
  const head = [
    join === 'average' ? 'mean over places' : 'all places joined',
    ...(dropout > 0 ? [`dropout ${dropout}`] : []),
    ...hidden.map((units) => `dense ${units}`),
    `dense ${classes}, softmax`,
  ].join(', ');
  return [
    `Reads ${side} × ${side} RGB, \`x / 127.5 - 1\`. ${activation === 'relu' ? 'ReLU' : 'tanh'}, ${padding} padding, ${batchNorm ? 'batch normalisation' : 'no normalisation'}. ${counted(parameters, 'parameter')}, ${counted(multiplyAdds, 'multiply-add')} a picture.`,
    '',
    table(['Stage', 'Blocks (name, filter, channels)', 'Ends in'], rows),
    '',
    `Then: ${head}.`,
  ].join('\n');
}

export function recipeTable(recipe: Recipe): string {
  const { optimiser, augmentation } = recipe;
  const by =
    optimiser.kind === 'adam'
      ? `Adam, beta ${optimiser.beta1} and ${optimiser.beta2}, epsilon ${optimiser.epsilon}`
      : `SGD, momentum ${optimiser.momentum}`;
  const { mirror, shift, scale, colour } = augmentation;
  const changes = [
    ...(mirror ? ['mirrored at random'] : []),
    ...(shift > 0 ? [`shifted by up to ${percent(shift)}`] : []),
    ...(scale > 0 ? [`scaled by up to ${percent(scale)}`] : []),
    ...(colour > 0 ? [`colours changed by up to ${percent(colour)}`] : []),
  ];
  return table(
    ['', ''],
    [
      ['Optimiser', by],
      [
        'Learning rate',
        `${recipe.learningRate}, ${recipe.schedule === 'one-cycle' ? 'one cycle' : 'constant'}`,
      ],
      ['Epochs, batch', `${recipe.epochs}, ${recipe.batch}`],
      ['Weight decay', String(recipe.weightDecay)],
      ['Label smoothing', String(recipe.labelSmoothing)],
      ['Augmentation', changes.length > 0 ? changes.join(', ') : 'none'],
      [
        'Early stopping',
        recipe.patience === null ? 'none' : `after ${counted(recipe.patience, 'epoch')} without gain`,
      ],
      ...(recipe.freezing ? [['Freezing', freezingWords(recipe.freezing)]] : []),
      ['Seed', String(recipe.seed)],
    ],
  );
}

const freezingWords = (freezing: Freezing): string =>
  freezing.by === 'clock'
    ? `block after block from the front, evenly from ${percent(freezing.from)} of the epochs on`
    : `blocks from the front, once the entropy of their layers moved by less than its standard error over ${counted(freezing.epochs, 'epoch')}`;

function epochTable({ history }: TrainingReport): string {
  const rows = history.epochs.map((epoch, index) => [
    String(epoch.epoch),
    ...trained(history.steps, history.epochs[index - 1], epoch),
    epoch.loss.toFixed(4),
    percent(epoch.accuracy),
  ]);
  return table(['Epoch', 'Training loss', 'Training accuracy', 'Held-out loss', 'Held-out accuracy'], rows);
}

/** Mean loss and accuracy of the steps of one epoch. */
function trained(
  steps: TrainingReport['history']['steps'],
  before: EpochReport | undefined,
  { step: end }: EpochReport,
): [string, string] {
  const own = steps.filter(({ step }) => step > (before?.step ?? 0) && step <= end);
  if (own.length === 0) return ['', ''];
  const mean = (values: number[]) => values.reduce((total, value) => total + value, 0) / values.length;
  return [mean(own.map(({ loss }) => loss)).toFixed(4), percent(mean(own.map(({ accuracy }) => accuracy)))];
}

export function classTable({ classes }: Pick<TrainingReport, 'classes'>): string {
  const rows = classes.map(({ label, pictures, recall, precision, mistakenFor }) => [
    cell(label),
    whole(pictures),
    percentOrNone(recall),
    percentOrNone(precision),
    mistakenFor ? `${cell(mistakenFor.label)} (${mistakenFor.pictures})` : 'never',
  ]);
  return table(['Class', 'Pictures', 'Named right', 'Right when named', 'Most often mistaken for'], rows);
}

export function confusionTable({ data, evaluation }: Pick<TrainingReport, 'data' | 'evaluation'>): string {
  const labels = data.classes.map(cell);
  const rows = evaluation.confusion.map((row, index) => [labels[index], ...row.map(String)]);
  return table(['True class \\ named', ...labels], rows);
}
