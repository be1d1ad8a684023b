import type { Architecture } from '../architecture/architecture';
import { costOf } from '../architecture/training-cost';
import type { DataSummary, Evaluation, Recipe, TrainingHistory } from '../training-methods';

export const REPORT_SCHEMA = 'supersign/training-report';
export const REPORT_VERSION = 1;

export interface ReportInput {
  title: string;
  architecture: Architecture;
  recipe: Recipe;
  /** What it was trained on, in words. */
  source: string;
  data: DataSummary;
  /** Where it was trained, such as "WebAssembly (2 threads)". */
  backend: string;
  history: TrainingHistory;
  /** Of the final weights. */
  evaluation: Evaluation;
  /** What the evaluation's pictures are, in words. */
  evaluatedOn: string;
  made: string;
  /**
   * Seconds of processor time of the browser, from the first step to the last one with the evaluations between them. Left out where it is
   * not known: in a page, and of a training that was gone on with.
   */
  processorSeconds?: number;
}

export interface ClassResult {
  label: string;
  /** Of this class. */
  pictures: number;
  /** Share of them that is named right; null without pictures. */
  recall: number | null;
  /** Share that is right of what is given this name; null where nothing is. */
  precision: number | null;
  /** What its pictures are most often taken for instead; null where none is. */
  mistakenFor: { label: string; pictures: number } | null;
}

/** All that is to be known of a training, as it is written to a file. */
export interface TrainingReport extends ReportInput {
  schema: typeof REPORT_SCHEMA;
  version: typeof REPORT_VERSION;
  parameters: number;
  multiplyAdds: number;
  classes: ClassResult[];
}

/** @throws RangeError where the confusion has not a row and a column for every class */
export function trainingReport(input: ReportInput): TrainingReport {
  const { parameters, multiplyAdds } = costOf(input.architecture);
  return {
    schema: REPORT_SCHEMA,
    version: REPORT_VERSION,
    ...input,
    parameters,
    multiplyAdds,
    classes: classResults(input.data.classes, input.evaluation.confusion),
  };
}

/**
 * Recall, precision and the commonest mistake of every class.
 * @param confusion counts, a row for each true class
 * @throws RangeError where it has not a row and a column for every label
 */
export function classResults(labels: readonly string[], confusion: readonly number[][]): ClassResult[] {
  const isSquare =
    confusion.length === labels.length && confusion.every(({ length }) => length === labels.length);
  if (!isSquare)
    throw new RangeError(`A confusion of ${labels.length} classes needs as many rows and columns.`);
  return labels.map((label, index) => {
    const pictures = sum(confusion[index]);
    const named = sum(confusion.map((row) => row[index]));
    const right = confusion[index][index];
    const wrong = confusion[index].map((count, other) => (other === index ? 0 : count));
    const most = Math.max(...wrong);
    return {
      label,
      pictures,
      recall: pictures > 0 ? right / pictures : null,
      precision: named > 0 ? right / named : null,
      mistakenFor: most > 0 ? { label: labels[wrong.indexOf(most)], pictures: most } : null,
    };
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
