import { isDeepStrictEqual } from 'node:util';
import { type PairedInterval, pairedInterval } from '../src/search/paired-interval';
import { table } from '../src/training/export/report-text';
import type { TrainingReport } from '../src/training/export/training-report';
import { UsageError } from './command-line';

const rules = {
  none: 'No freezing',
  clock: 'By the clock',
  entropy: 'By entropy',
} as const;
type Rule = keyof typeof rules;

const ruleOf = ({ recipe }: TrainingReport): Rule => recipe.freezing?.by ?? 'none';

/**
 * Trainings that froze blocks beside those with the same seed that did not, as Markdown: accuracy, processor time and the differences
 * with their 95 % intervals where there are two seeds or more.
 * @throws UsageError where they differ in more than seed and freezing, or a seed has no training without
 */
export function comparedTrainings(reports: readonly TrainingReport[]): string {
  const plain = reports.filter((report) => ruleOf(report) === 'none');
  if (plain.length === 0) throw new UsageError('None of these trainings was made without freezing.');
  const design = designOf(plain[0]);
  if (!reports.every((report) => isDeepStrictEqual(designOf(report), design)))
    throw new UsageError('These trainings differ in more than their seeds and what they freeze.');
  const [head, ...rows] = [
    [
      'Freezing',
      'Seeds',
      'Blocks frozen in the last epoch',
      'Accuracy',
      'Points lost',
      'Processor time',
      'Time saved',
    ],
    ...(Object.keys(rules) as Rule[]).flatMap((rule) => {
      const own = reports.filter((report) => ruleOf(report) === rule);
      return own.length > 0 ? [rowOf(rule, own, plain)] : [];
    }),
  ];
  return table(head, rows);
}

const designOf = ({ architecture, recipe, source, data, evaluatedOn }: TrainingReport) => ({
  ...{ architecture, source, train: data.train, heldOut: data.heldOut, evaluatedOn },
  recipe: { ...recipe, seed: null, freezing: null },
});

function rowOf(rule: Rule, own: readonly TrainingReport[], plain: readonly TrainingReport[]): string[] {
  const pairs = own.map((report) => {
    const beside = plain.find(({ recipe }) => recipe.seed === report.recipe.seed);
    if (!beside) throw new UsageError(`Seed ${report.recipe.seed} has no training without freezing.`);
    return { report, beside };
  });
  const lost = pairs.map(
    ({ report, beside }) => 100 * (beside.evaluation.accuracy - report.evaluation.accuracy),
  );
  const saved = pairs.flatMap(({ report, beside }) =>
    report.processorSeconds && beside.processorSeconds
      ? [100 * (1 - report.processorSeconds / beside.processorSeconds)]
      : [],
  );
  const times = own.flatMap(({ processorSeconds }) => processorSeconds ?? []);
  // What is decided after an epoch holds for the next one.
  const frozen = own.map(({ history }) => history.epochs.at(-2)?.frozen?.length ?? 0);
  return [
    rules[rule],
    own.map(({ recipe }) => recipe.seed).join(', '),
    rule === 'none' ? '' : frozen.join(', '),
    `${(100 * meanOf(own.map(({ evaluation }) => evaluation.accuracy))).toFixed(2)} %`,
    rule === 'none' ? '' : difference(lost, 2, ''),
    times.length === own.length ? `${meanOf(times).toFixed(0)} s` : 'not known',
    rule === 'none' ? '' : saved.length === own.length ? difference(saved, 0, ' %') : 'not known',
  ];
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function difference(values: readonly number[], digits: number, unit: string): string {
  const mean = `${meanOf(values).toFixed(digits)}${unit}`;
  if (values.length < 2) return mean;
  const { low, high }: PairedInterval = pairedInterval(values);
  return `${mean} (${low.toFixed(digits)} to ${high.toFixed(digits)}${unit})`;
}
