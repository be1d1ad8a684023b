import { trustMeasure } from '../../faithfulness/trust/trust-measures';
import type { MeasureLabel } from '../../figures';
import { saliencyMethodNames } from '../../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../semiotics';
import { say } from '../../text/say';
import { trustColumn } from '../study-columns';
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
  ...trustColumns(study),
];

/** Measures of trust, by method: each can be drawn by layer, and set against other numbers. */
function trustColumns({ settings: { trust } }: Pick<Study, 'settings'>): StudyColumn[] {
  return (trust?.methods ?? []).flatMap((method) =>
    (trust?.measures ?? []).map((measure) => ({
      id: trustColumn(method, measure),
      name: `${trustMeasure(measure).name}, ${saliencyMethodNames[method]}`,
      unit: measure === 'complexity' ? ('bits' as const) : ('ratio' as const),
      null: null,
    })),
  );
}

/** The number's name in the language of the page, part by part: "Structure, Shannon entropy". */
export const columnName = ({ name }: Pick<StudyColumn, 'name'>): string =>
  name
    .split(', ')
    .map((part) => say(part))
    .join(say(', '));

/** "Shannon entropy, bits" */
export const columnTitle = (column: StudyColumn): string =>
  column.unit === 'bits' ? say('{name}, bits', { name: columnName(column) }) : columnName(column);

/** The number's label on a chart; counts are not on the scale of ratios. */
export const columnLabel = (column: StudyColumn): MeasureLabel => ({
  name: columnName(column),
  unit: column.unit,
});

/** Columns by layer that were taken apart, by the memory of the column; see `wholeSeries`. */
const taken = new WeakMap<ArrayBufferLike, Map<string, Taken>>();

interface Taken {
  /** Pictures that are taken so far. */
  images: number;
  /** By layer, with room for as many pictures as the column's memory has. */
  series: Float64Array[];
}

/**
 * A column by layer: element i of each series is the number of picture i, for the class of `target`; NaN where there is none.
 * They are kept and handed out again: nobody writes into them.
 * @param images indices of the pictures wanted; all unless given
 */
export function seriesOf(
  study: Study,
  column: string,
  target: Target,
  images?: readonly number[],
): Float64Array[] {
  const all = wholeSeries(study, column, target);
  return images ? all.map((series) => Float64Array.from(images, (image) => series[image])) : all;
}

/**
 * The series of all pictures. A column of a study that is under way lies at the start of a memory that has room for all its
 * pictures (`growing-study.ts`): of a column that has grown only the new rows are taken apart.
 */
function wholeSeries({ numbers, images, layers }: Study, column: string, target: Target): Float64Array[] {
  const values = numbers[column];
  const count = images.length;
  if (!values) return layers.map(() => new Float64Array(count).fill(Number.NaN));
  const { buffer } = values;
  const targets = studyTargets.length;
  const kept = taken.get(buffer) ?? new Map<string, Taken>();
  taken.set(buffer, kept);
  const key = `${target} ${layers.length} ${values.byteOffset}`;
  const room = Math.max(count, Math.floor(buffer.byteLength / 8 / targets / Math.max(1, layers.length)));
  const known = kept.get(key) ?? { images: 0, series: layers.map(() => new Float64Array(room)) };
  kept.set(key, known);
  const at = studyTargets.indexOf(target);
  known.series.forEach((series, layer) => {
    for (let image = known.images; image < count; image++) {
      series[image] = values[(image * targets + at) * layers.length + layer];
    }
  });
  known.images = Math.max(known.images, count);
  return known.series.map((series) => (series.length === count ? series : series.subarray(0, count)));
}

/** a - b, element by element. */
export const minus = (a: Float64Array, b: Float64Array): Float64Array => {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
  return difference;
};

/** a + b, element by element. */
export const plus = (a: Float64Array, b: Float64Array): Float64Array => {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i] + b[i];
  return sum;
};
