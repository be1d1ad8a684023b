import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { messageOf } from '../../text/message-of';
import { areOneStudy, type StudyHead } from '../run/chunks';
import { studyColumnsOf } from '../study-columns';
import { type Study, type StudyImage, type StudyNumbers, studyTargets } from '../study-data';
import { checkHead, checkStudy, StudyFileError } from './study-schema';
import {
  DOUBT_COLUMNS,
  NUMBER_COLUMN,
  type TableColumn,
  tableColumns,
  tableName,
  tableRows,
} from './study-table';

/** Key of the file's metadata under which the study says of itself what its rows do not. */
const METADATA_KEY = 'supersign';
/** The same stands in every row, so that tables put together by other programs still open; packed, it takes no room. */
const STUDY_COLUMN = 'study';
/** Why a picture has no numbers; its row holds nothing else. */
const FAILURE_COLUMN = 'failure';
const ROWS_OF_GROUP = 100_000;

type Value = string | number | boolean | null;
type ColumnType = TableColumn['type'];

/**
 * The study as a table in Parquet: a row for each picture, class and layer, and one for each picture that failed.
 * Opens again with `studyFromParquet`, and so do several of these files put together.
 */
export function studyParquet(study: Study): ArrayBuffer {
  const { images: _, numbers: __, failures, ...head } = study;
  const text = JSON.stringify(head);
  const columns = tableColumns(study);
  const names = [...columns.map(({ name }) => name), FAILURE_COLUMN, STUDY_COLUMN];
  const types: ColumnType[] = [...columns.map(({ type }) => type), 'STRING', 'STRING'];
  const sources = (valuesOf: (column: number) => Value[]): ColumnSource[] =>
    names.map((name, column) => ({ name, type: types[column], data: valuesOf(column) }));
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: sources(() => []) }),
    kvMetadata: [{ key: METADATA_KEY, value: text }],
    createdBy: `supersign ${study.app.version}`,
  });
  const rows = tableRows(study);
  for (let at = 0; at < rows.length; at += ROWS_OF_GROUP) {
    const group = rows.slice(at, at + ROWS_OF_GROUP);
    const columnData = sources((column) =>
      group.map((row) =>
        column < columns.length ? columns[column].value(row) : names[column] === STUDY_COLUMN ? text : null,
      ),
    );
    parquet.write({ columnData, rowGroupSize: ROWS_OF_GROUP });
  }
  if (failures.length > 0) {
    const known: Record<string, (failure: Study['failures'][number]) => string> = {
      path: ({ path }) => path,
      [FAILURE_COLUMN]: ({ reason }) => reason,
      [STUDY_COLUMN]: () => text,
    };
    const columnData = sources((column) => failures.map((each) => known[names[column]]?.(each) ?? null));
    parquet.write({ columnData, rowGroupSize: ROWS_OF_GROUP });
  }
  parquet.finish();
  return writer.getBuffer();
}

/**
 * The study of a table: one written here, or several put together, their rows in any order.
 * @throws StudyFileError
 */
export async function studyFromParquet(file: Blob): Promise<Study> {
  const source: AsyncBuffer = {
    byteLength: file.size,
    slice: (start, end) => file.slice(start, end).arrayBuffer(),
  };
  const metadata = await readable(() => parquetMetadataAsync(source));
  const read = (names: readonly string[]) => readColumns(source, metadata, names);
  const present = new Set(metadata.schema.slice(1).map(({ name }) => name));
  const head = headOf(
    present.has(STUDY_COLUMN) ? (await read([STUDY_COLUMN]))[STUDY_COLUMN] : [],
    metadata.key_value_metadata?.find(({ key }) => key === METADATA_KEY)?.value,
  );
  const numberNames = studyColumnsOf(head.settings);
  const wanted = [...described, ...numberNames.map(tableName)];
  const missing = wanted.find((name) => !present.has(name));
  if (missing)
    throw new StudyFileError(`This table has no column "${missing}". Keep all columns of a study.`);
  const optional = [FAILURE_COLUMN, NUMBER_COLUMN, ...Object.values(DOUBT_COLUMNS)].filter((name) =>
    present.has(name),
  );
  return assemble(head, await read([...wanted, ...optional]), numberNames);
}

/** Columns that a study is put together from, beside its numbers. */
const described = [
  ...[
    'path',
    'sha256',
    'width',
    'height',
    'true_class',
    'predicted_class',
    'probability',
    'true_probability',
  ],
  ...['target', 'layer_index'],
];

/** What the rows say of their study; all of them must say the same, but for the machine they were made on. */
function headOf(said: readonly unknown[], metadata: string | undefined): StudyHead {
  const texts = [...new Set(said.filter((text) => typeof text === 'string'))];
  if (texts.length === 0 && metadata !== undefined) texts.push(metadata);
  if (texts.length === 0) {
    throw new StudyFileError(
      'This table is no Supersign study: it has no column "study". Choose a file saved with "Save study", or tables of studies put together with all their columns.',
    );
  }
  const heads = texts.map((text) => {
    try {
      return checkHead(JSON.parse(text as string));
    } catch (error) {
      if (error instanceof StudyFileError) throw error;
      throw new StudyFileError('The column "study" of this table is damaged.');
    }
  });
  if (!areOneStudy(heads)) {
    throw new StudyFileError(
      'The rows of this table belong to studies with different settings or networks. Open them one by one, and compare them here.',
    );
  }
  return heads.find(({ scaling }) => scaling) ?? heads[0];
}

function assemble(head: StudyHead, table: Record<string, unknown[]>, numberNames: readonly string[]): Study {
  const layers = head.layers.length;
  const places = new Map<string, number>();
  const failures: Study['failures'] = [];
  const images: Record<string, unknown>[] = [];
  table.path.forEach((path, row) => {
    const reason = table[FAILURE_COLUMN]?.[row];
    if (typeof path !== 'string') throw new StudyFileError(`Row ${row} of this table names no picture.`);
    if (typeof reason === 'string') failures.push({ path, reason });
    else if (!places.has(path)) {
      places.set(path, images.length);
      images.push({
        path,
        sha256: table.sha256[row],
        width: numberIn(table.width[row]),
        height: numberIn(table.height[row]),
        trueClass: numberIn(table.true_class[row]),
        predicted: numberIn(table.predicted_class[row]),
        probability: numberIn(table.probability[row]),
        trueProbability: numberIn(table.true_probability[row]),
        value: numberIn(table[NUMBER_COLUMN]?.[row]) ?? undefined,
        ...doubtIn(table, row),
      });
    }
  });
  // By path, as a study has them, whatever the order of the rows.
  const order = images.map((_, index) => index);
  order.sort((a, b) => ((images[a].path as string) < (images[b].path as string) ? -1 : 1));
  order.forEach((index, place) => {
    places.set(images[index].path as string, place);
  });
  const rows = images.length * studyTargets.length * layers;
  const numbers: StudyNumbers = Object.fromEntries(
    numberNames.map((name) => [name, new Float64Array(rows).fill(Number.NaN)]),
  );
  const filled = new Uint8Array(rows);
  table.path.forEach((path, row) => {
    if (typeof table[FAILURE_COLUMN]?.[row] === 'string') return;
    const target = studyTargets.indexOf(table.target[row] as (typeof studyTargets)[number]);
    const layer = numberIn(table.layer_index[row]) ?? -1;
    if (target < 0 || !(layer >= 0 && layer < layers)) {
      throw new StudyFileError(`Row ${row} of this table is of no class or layer of the study.`);
    }
    const at = ((places.get(path as string) ?? 0) * studyTargets.length + target) * layers + layer;
    if (filled[at]) {
      throw new StudyFileError(`"${path}" is in it twice. Put each part of a study in only once.`);
    }
    filled[at] = 1;
    for (const name of numberNames) numbers[name][at] = numberIn(table[tableName(name)][row]) ?? Number.NaN;
  });
  return checkStudy(head, {
    images: order.map((index) => images[index]),
    failures: failures.sort((a, b) => (a.path < b.path ? -1 : 1)),
    numbers,
  });
}

/** What a picture's rows tell where trust was measured. */
function doubtIn(
  table: Record<string, unknown[]>,
  row: number,
): Pick<StudyImage, 'doubt' | 'maskShare' | 'maskNote'> {
  const [entropy, energy, maskShare] = [
    DOUBT_COLUMNS.entropy,
    DOUBT_COLUMNS.energy,
    DOUBT_COLUMNS.maskShare,
  ].map((name) => numberIn(table[name]?.[row]));
  const maskNote = table[DOUBT_COLUMNS.maskNote]?.[row];
  return {
    ...(entropy !== null && energy !== null ? { doubt: { entropy, energy } } : {}),
    ...(maskShare !== null ? { maskShare } : {}),
    ...(typeof maskNote === 'string' ? { maskNote } : {}),
  };
}

/** Programs turn whole numbers with gaps into doubles, and gaps into NaN. */
function numberIn(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}

async function readColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
): Promise<Record<string, unknown[]>> {
  const length = Number(metadata.num_rows);
  const table: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, Array(length)]));
  await readable(() =>
    parquetRead({
      file,
      metadata,
      columns: [...names],
      onChunk({ columnName, columnData, rowStart }) {
        for (let i = 0; i < columnData.length; i++) table[columnName][rowStart + i] = columnData[i];
      },
    }),
  );
  return table;
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = messageOf(error);
    throw new StudyFileError(
      /codec/i.test(why)
        ? `This Parquet file is packed in a way that cannot be undone here (${why}). Write it with Snappy or without packing.`
        : `This Parquet file is damaged (${why}). Save the study again.`,
    );
  }
}
