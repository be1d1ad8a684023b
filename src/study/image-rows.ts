import type { StudyAnswer } from '../figures/study/study-figures';
import { numberInWords } from '../text/value-in-words';
import type { Study, StudyImage } from './study-data';
import { isRight } from './summary/groups';
import { type StudyColumn, seriesOf, type Target } from './summary/number-columns';

/** A picture of a study as the table shows it. NaN where a number does not exist. */
export interface ImageRow {
  /** Position in the study. */
  image: number;
  path: string;
  /** Label of its class; null where that is not known. */
  trueLabel: string | null;
  predicted: string;
  answer: StudyAnswer;
  /** The number explained, where the network names no classes. */
  probability: number;
  /** The same as it is written. */
  said: string;
  /** At the layer that is looked at. */
  value: number;
  null: number;
  signs: number;
  largestShare: number;
  /** Steps on which superization happens. */
  superizations: number;
}

export type RowKey = Exclude<keyof ImageRow, 'image' | 'said'>;

export const answerOf = (right: boolean | null): StudyAnswer =>
  right === null ? 'unknown' : right ? 'right' : 'wrong';

const labelOf = ({ labels }: Study, index: number) => labels[index] ?? `class ${index}`;

const saidOf = ({ probability, value }: StudyImage): string => {
  if (probability !== null) return `${(100 * probability).toFixed(1)} %`;
  return value === undefined ? '–' : numberInWords(value);
};

export function imageRows(study: Study, column: StudyColumn, target: Target, layer: number): ImageRow[] {
  const at = (id: string | null) => (id === null ? null : (seriesOf(study, id, target)[layer] ?? null));
  const [values, nulls, signs, shares] = [at(column.id), at(column.null), at('signs'), at('largest share')];
  const steps = superizationsOf(study, target);
  return study.images.map((image, i) => ({
    image: i,
    path: image.path,
    trueLabel: image.trueClass === null ? null : labelOf(study, image.trueClass),
    predicted: labelOf(study, image.predicted),
    answer: answerOf(isRight(image)),
    probability: image.probability ?? image.value ?? Number.NaN,
    said: saidOf(image),
    value: values?.[i] ?? Number.NaN,
    null: nulls?.[i] ?? Number.NaN,
    signs: signs?.[i] ?? Number.NaN,
    largestShare: shares?.[i] ?? Number.NaN,
    superizations: steps[i],
  }));
}

/** For every picture, on how many steps the joint aura entropy falls by more than its null does. */
function superizationsOf(study: Study, target: Target): number[] {
  const [classes, complex, classNull, complexNull] = [
    'class formation',
    'complex formation',
    'class formation null',
    'complex formation null',
  ].map((id) => seriesOf(study, id, target));
  return study.images.map((_, i) =>
    study.layers.reduce((count, _, layer) => {
      const change = classes[layer][i] + complex[layer][i];
      const chance = classNull[layer][i] + complexNull[layer][i];
      return count + (change < Math.min(0, chance) ? 1 : 0);
    }, 0),
  );
}

export interface RowFilter {
  /** Part of a path or of a label, in any case. */
  text: string;
  /** Label of the true class; empty for all. */
  label: string;
  answer: StudyAnswer | '';
}

export interface RowOrder {
  by: RowKey;
  descending: boolean;
}

/** The rows that are wanted, in the order that is wanted; what does not exist comes last either way. */
export function arrangedRows(rows: readonly ImageRow[], filter: RowFilter, order: RowOrder): ImageRow[] {
  const text = filter.text.trim().toLowerCase();
  const kept = rows.filter(
    (row) =>
      (filter.label === '' || row.trueLabel === filter.label) &&
      (filter.answer === '' || row.answer === filter.answer) &&
      (text === '' ||
        [row.path, row.trueLabel ?? '', row.predicted].some((each) => each.toLowerCase().includes(text))),
  );
  const way = order.descending ? -1 : 1;
  return kept.sort((a, b) => {
    const [first, second] = [a[order.by], b[order.by]];
    const [missing, alsoMissing] = [isMissing(first), isMissing(second)];
    if (missing || alsoMissing) return Number(missing) - Number(alsoMissing) || a.image - b.image;
    if (first === second) return a.image - b.image;
    return way * ((first as number | string) < (second as number | string) ? -1 : 1);
  });
}

const isMissing = (value: string | number | null) => value === null || Number.isNaN(value);
