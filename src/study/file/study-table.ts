import { studyColumnsOf } from '../study-columns';
import { namesClasses, type Study, studyTargets } from '../study-data';

/** A column of the long table: a row for each picture, class and layer. */
export interface TableColumn {
  name: string;
  type: 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN';
  /** What stands in the row; null where there is nothing. */
  value(row: TableRow): string | number | boolean | null;
}

/** Where a row of the table comes from, by indices. */
export interface TableRow {
  picture: number;
  target: number;
  layer: number;
}

/** `aura-matrix null sd` as `aura_matrix_null_sd`, and "++" as "pp": pandas, R and SQL take it without quotes. */
export const tableName = (column: string) => column.replace(/[ -]/g, '_').replaceAll('+', 'p');

/** The table's rows, in order. The true class has none where it is not known. */
export function tableRows({ images, layers }: Study): TableRow[] {
  const rows: TableRow[] = [];
  images.forEach(({ trueClass }, picture) => {
    const targets = trueClass === null ? 1 : studyTargets.length;
    for (let target = 0; target < targets; target++) {
      for (let layer = 0; layer < layers.length; layer++) rows.push({ picture, target, layer });
    }
  });
  return rows;
}

/** The number that is explained; there only where the output stands for no classes. */
export const NUMBER_COLUMN = 'number';

/** What is told of every picture where trust is measured. */
export const DOUBT_COLUMNS = {
  entropy: 'softmax_entropy',
  energy: 'energy',
  maskShare: 'mask_share',
  maskNote: 'mask_note',
} as const;

/** Columns of the table, in order. */
export function tableColumns(study: Study): TableColumn[] {
  const { images, labels, layers, settings, numbers, scaling } = study;
  const text = (name: string, value: TableColumn['value']): TableColumn => ({ name, type: 'STRING', value });
  const integer = (name: string, value: TableColumn['value']): TableColumn => ({
    name,
    type: 'INT32',
    value,
  });
  const double = (name: string, value: TableColumn['value']): TableColumn => ({
    name,
    type: 'DOUBLE',
    value,
  });
  const [factor, offset] = [scaling?.factor, scaling?.offset].map((list) =>
    list ? JSON.stringify(list) : null,
  );
  const label = (index: number | null) => (index === null ? null : labels[index]);
  return [
    text('path', ({ picture }) => images[picture].path),
    text('sha256', ({ picture }) => images[picture].sha256),
    integer('width', ({ picture }) => images[picture].width),
    integer('height', ({ picture }) => images[picture].height),
    integer('true_class', ({ picture }) => images[picture].trueClass),
    text('true_label', ({ picture }) => label(images[picture].trueClass)),
    integer('predicted_class', ({ picture }) => images[picture].predicted),
    text('predicted_label', ({ picture }) => labels[images[picture].predicted]),
    {
      name: 'correct',
      type: 'BOOLEAN',
      value({ picture }) {
        const { trueClass, predicted } = images[picture];
        return trueClass === null ? null : trueClass === predicted;
      },
    },
    double('probability', ({ picture }) => images[picture].probability),
    double('true_probability', ({ picture }) => images[picture].trueProbability),
    ...(namesClasses(study) ? [] : [double(NUMBER_COLUMN, ({ picture }) => images[picture].value ?? null)]),
    ...(settings.trust
      ? [
          double(DOUBT_COLUMNS.entropy, ({ picture }) => images[picture].doubt?.entropy ?? null),
          double(DOUBT_COLUMNS.energy, ({ picture }) => images[picture].doubt?.energy ?? null),
          double(DOUBT_COLUMNS.maskShare, ({ picture }) => images[picture].maskShare ?? null),
          text(DOUBT_COLUMNS.maskNote, ({ picture }) => images[picture].maskNote ?? null),
        ]
      : []),
    text('target', ({ target }) => studyTargets[target]),
    integer('layer_index', ({ layer }) => layer),
    text('layer', ({ layer }) => layers[layer].name),
    text('layer_kind', ({ layer }) => layers[layer].kind),
    integer('layer_height', ({ layer }) => layers[layer].shape[0]),
    integer('layer_width', ({ layer }) => layers[layer].shape[1]),
    integer('layer_channels', ({ layer }) => layers[layer].shape[2]),
    ...studyColumnsOf(settings).map((name) =>
      double(tableName(name), ({ picture, target, layer }) => {
        const value = numbers[name][(picture * studyTargets.length + target) * layers.length + layer];
        return Number.isNaN(value) ? null : value;
      }),
    ),
    // What the network read of a value of a picture, `value * factor + offset`: the lists are JSON, an entry a channel.
    text('scaling', () => scaling?.name ?? null),
    text('scaling_source', () => scaling?.source ?? null),
    text('scaling_factor', () => factor),
    text('scaling_offset', () => offset),
    { name: 'scaling_bgr', type: 'BOOLEAN', value: () => scaling?.bgr ?? null },
  ];
}
