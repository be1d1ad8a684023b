import type { StudyPoint } from '../../figures/study/study-figures';
import type { Band } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { type StudyColumn, seriesOf, type Target } from './number-columns';

/** A number by layer over some pictures, beside its null. Null at a layer where no picture has it. */
export interface Profile {
  points: (StudyPoint | null)[];
  null: (StudyPoint | null)[] | null;
  pictures: number;
}

/** @param images indices of the pictures; all unless given */
export async function profileOf(
  study: Study,
  column: StudyColumn,
  target: Target,
  ask: AskStatistics,
  images?: readonly number[],
): Promise<Profile> {
  const series = seriesOf(study, column.id, target, images);
  const nulls = column.null ? seriesOf(study, column.null, target, images) : [];
  const bands = await ask('bands', { series: [...series, ...nulls], seed: study.settings.seed });
  const points = bands.map(pointOf);
  return {
    points: points.slice(0, series.length),
    null: column.null ? points.slice(series.length) : null,
    pictures: series[0]?.length ?? 0,
  };
}

export const pointOf = ({ mean, low, high, count }: Band): StudyPoint | null =>
  count > 0 ? { mean, low, high } : null;
