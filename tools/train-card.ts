import type { NetworkManifest } from '../src/network/network-summary';
import {
  architectureTable,
  classTable,
  confusionTable,
  percent,
  recipeTable,
  table,
} from '../src/training/export/report-text';
import type { TrainingReport } from '../src/training/export/training-report';

export interface CardInput {
  id: string;
  description: string;
  report: TrainingReport;
  /** SHA-256 of the weights, hexadecimal. */
  sha256: string;
  /** Bytes of the weights. */
  bytes: number;
  command: string;
}

const whole = (value: number) => value.toLocaleString('en-GB');

/** What the page reads of a bundled network before anything else. */
export function manifestOf({ id, description, report, bytes }: CardInput): NetworkManifest {
  const { side, classes } = report.architecture;
  return {
    id,
    title: `${id}, ${classes} classes`,
    description: `${description} ${resultSentence(report)}`,
    format: 'tfjs-layers-model',
    model: 'model.json',
    bytes,
    inputShape: [side, side, 3],
    preprocessing: { scale: 1 / 127.5, offset: -1 },
    labels: report.data.classes,
  };
}

const resultSentence = ({ evaluation, evaluatedOn }: TrainingReport) =>
  `${percent(evaluation.accuracy)} of ${evaluatedOn} are named right.`;

/** The model card of a network that was trained here, as Markdown. */
export function modelCard({ id, description, report, sha256, bytes, command }: CardInput): string {
  const { architecture, data, evaluation, history } = report;
  const last = history.epochs.at(-1);
  const rows = [
    ['Input', `${architecture.side} × ${architecture.side} × 3, RGB, \`x / 127.5 - 1\``],
    ['Output', `${architecture.classes} probabilities, softmax`],
    ['Classes, in order', data.classes.join(', ')],
    ['Parameters', `${whole(report.parameters)}, float32`],
    ['Multiply-adds', `${whole(report.multiplyAdds)} a picture`],
    ['Accuracy', `${percent(evaluation.accuracy)} of ${report.evaluatedOn}`],
    ['Licence', 'Apache-2.0, as the rest of Supersign'],
  ];
  const [head, ...body] = rows;
  return [
    `# ${id}`,
    description,
    table(['', ''], [head, ...body]),
    architectureTable(report),
    '## Files',
    [
      '- `manifest.json`: what the page reads first: title, input shape, preprocessing, labels, size of the weights.',
      `- \`model.json\`, \`weights.bin\`: a TensorFlow.js LayersModel, ${whole(bytes)} bytes of weights. SHA-256 of \`weights.bin\`: \`${sha256}\`.`,
      '- `report.json`: every step and epoch of the training, the recipe, the confusion.',
      '- `curves.svg`: the figure below.',
    ].join('\n'),
    '## Training',
    `\`${command}\`, on ${report.backend}, finished ${report.made.slice(0, 10)}. ${report.source}. ${whole(data.train)} pictures an epoch${last ? `; after the last epoch ${percent(last.accuracy)} of the ${whole(data.heldOut)} held-out ones were named right, loss ${last.loss.toFixed(4)}` : ''}. No weights were chosen by the held-out pictures: those of the last step are taken.`,
    recipeTable(report.recipe),
    '![Loss and accuracy over the training](curves.svg)',
    '## Accuracy by class',
    `Of ${report.evaluatedOn}; mean loss ${evaluation.loss.toFixed(4)}.`,
    classTable(report),
    '## Confusion',
    confusionTable(report),
    '## What it is for, and what it is not',
    'It is there so that every layer of a real network can be looked at at once in any browser. It knows these classes only and gives every picture one of them, however little it looks like it. Use it to study how layers read a picture.',
  ]
    .join('\n\n')
    .concat('\n');
}
