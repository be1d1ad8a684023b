import type { MeasureLabel } from '../../figures';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { type Study, studyTargets } from '../study-data';

/** Whose class the maps are computed for. */
export type Target = (typeof studyTargets)[number];

/** A number that every picture has at every layer. */
export interface StudyColumn {
  /** As in the study's numbers. */
  readonly id: string;
  readonly name: string;
  readonly unit: 'bits' | 'ratio' | 'count';
  /** The column of its null model's mean; null where it has none. */
  readonly null: string | null;
}

const measureOf = (id: EntropyMeasure) =>
  ENTROPY_MEASURES.find((measure) => measure.id === id) as (typeof ENTROPY_MEASURES)[number];

/** The chosen entropies, as columns. */
export const measureColumns = (study: Pick<Study, 'settings'>): StudyColumn[] =>
  study.settings.measures.map((id) => {
    const { name, unit } = measureOf(id);
    return { id, name, unit, null: `${id} null` };
  });

/** All numbers that can be drawn by layer. */
export const studyColumns = (study: Pick<Study, 'settings'>): StudyColumn[] => [
  ...measureColumns(study),
  ...study.settings.measures.map(
    (id): StudyColumn => ({
      id: `${id} structure`,
      name: `Structure, ${measureOf(id).name}`,
      unit: 'ratio',
      null: null,
    }),
  ),
  { id: 'signs', name: 'Signs', unit: 'count', null: 'signs null' },
  { id: 'supersigns', name: 'Supersigns', unit: 'count', null: null },
  { id: 'largest share', name: 'Share of the largest sign', unit: 'ratio', null: null },
  { id: 'class formation', name: 'Class formation', unit: 'bits', null: 'class formation null' },
  { id: 'complex formation', name: 'Complex formation', unit: 'bits', null: 'complex formation null' },
];

/** "Shannon entropy, bits" */
export const columnTitle = ({ name, unit }: StudyColumn): string =>
  unit === 'bits' ? `${name}, bits` : name;

/** The number's label on a chart; counts are not on the scale of ratios. */
export const columnLabel = ({ name, unit }: StudyColumn): MeasureLabel => ({ name, unit });

/**
 * A column by layer: element i of each series is the number of picture i, for the class of `target`; NaN where there is none.
 * @param images indices of the pictures wanted; all unless given
 */
export function seriesOf(
  study: Study,
  column: string,
  target: Target,
  images: readonly number[] = study.images.map((_, i) => i),
): Float64Array[] {
  const values = study.numbers[column];
  const layers = study.layers.length;
  const at = studyTargets.indexOf(target);
  return study.layers.map((_, layer) =>
    values
      ? Float64Array.from(images, (image) => values[(image * studyTargets.length + at) * layers + layer])
      : new Float64Array(images.length).fill(Number.NaN),
  );
}

/** a - b, element by element. */
export const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]);

/** a + b, element by element. */
export const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]);
