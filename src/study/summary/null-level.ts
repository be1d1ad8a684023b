import { type Band, holm } from '../statistics';
import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { claimLevel } from './change';
import { minus, type StudyColumn, seriesOf, type Target } from './number-columns';

/** How a measure stands to its null at a layer. */
export interface Level {
  layer: string;
  /** Value minus null mean. */
  beyond: Band;
  /** Of sign flips, corrected for all layers. */
  p: number;
  /** Whether it lies below its null by more than chance would have it. */
  below: boolean;
}

/** By layer; null where no picture has both. */
export async function levelsOf(
  study: Study,
  column: StudyColumn,
  target: Target,
  ask: AskStatistics,
): Promise<(Level | null)[]> {
  const values = seriesOf(study, column.id, target);
  const nulls = seriesOf(study, column.null as string, target);
  const series = values.map((each, i) => minus(each, nulls[i]));
  const { seed } = study.settings;
  const [bands, raw] = await Promise.all([ask('bands', { series, seed }), ask('paired', { series, seed })]);
  const p = holm(raw.map((value, i) => (bands[i].count > 0 ? value : Number.NaN)));
  return study.layers.map(({ name }, i) =>
    bands[i].count === 0
      ? null
      : { layer: name, beyond: bands[i], p: p[i], below: bands[i].high < 0 && p[i] < claimLevel },
  );
}
