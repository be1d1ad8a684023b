import type { StudyChartLayer } from '../../../figures/study/study-figures';
import type { Study } from '../../../study/study-data';
import { columnName, type StudyColumn, studyColumns } from '../../../study/summary/number-columns';

/** The layers of a study as charts take them. */
export const chartLayers = ({ layers }: Study): StudyChartLayer[] =>
  layers.map(({ name, shape: [height, width] }) => ({ name, width, height }));

/** The number of this id, or the first there is. */
export function columnOf(study: Study, id: string | null): StudyColumn {
  const columns = studyColumns(study);
  return columns.find((column) => column.id === id) ?? columns[0];
}

/** Numbers as a list offers them. */
export const numberOptions = (numbers: readonly { id: string; name: string }[]) =>
  numbers.map((number) => ({ value: number.id, title: columnName(number) }));

/** Position of the layer of this name; the last one where there is none. */
export function layerOf({ layers }: Study, name: string | null): number {
  const found = layers.findIndex((layer) => layer.name === name);
  return found >= 0 ? found : layers.length - 1;
}
