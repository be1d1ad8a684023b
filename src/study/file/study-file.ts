import { loadCode } from '../../code/missing-code';
import { studyColumnsOf } from '../study-columns';
import type { Study } from '../study-data';
import { decodeColumn, encodeColumn } from './column-text';
import { checkHead, checkStudy, StudyFileError } from './study-schema';

export { isStudyName, studyEnding } from './study-file-name';
export { StudyFileError } from './study-schema';

/** The study as one file: JSON, its columns as base64 of little-endian float64, packed by gzip. */
export async function serialiseStudy(study: Study): Promise<Blob> {
  const numbers = studyColumnsOf(study.settings).map((name) => [name, encodeColumn(study.numbers[name])]);
  const json = JSON.stringify({ ...study, numbers: Object.fromEntries(numbers) });
  return through(new Blob([json]), new CompressionStream('gzip'), 'application/gzip');
}

/**
 * Opens a saved study: packed or plain, or a table in Parquet.
 * @throws StudyFileError
 */
export async function parseStudy(file: Blob): Promise<Study> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (start.length === 0) throw new StudyFileError('This file is empty.');
  if (String.fromCharCode(...start) === 'PAR1') {
    const { studyFromParquet } = await loadCode(() => import('./parquet'));
    return studyFromParquet(file);
  }
  return parseJson(await textOf(file, start));
}

async function textOf(file: Blob, [first, second]: Uint8Array): Promise<string> {
  if (first !== 0x1f || second !== 0x8b) return file.text();
  try {
    return await (await through(file, new DecompressionStream('gzip'))).text();
  } catch {
    throw new StudyFileError('This file is damaged or cut off. Save the study again.');
  }
}

function parseJson(text: string): Study {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StudyFileError('This file is no study: it is neither JSON nor Parquet, or it breaks off.');
  }
  const head = checkHead(json);
  const { images, failures, numbers } = json as Record<'images' | 'failures' | 'numbers', unknown>;
  const columns = studyColumnsOf(head.settings).map((name) => [name, columnIn(numbers, name)]);
  return checkStudy(head, { images, failures, numbers: Object.fromEntries(columns) });
}

function columnIn(numbers: unknown, name: string): Float64Array | undefined {
  const text = (numbers as Record<string, unknown> | undefined)?.[name];
  if (typeof text !== 'string') return undefined;
  try {
    return decodeColumn(text);
  } catch {
    throw new StudyFileError(`The column "${name}" is no base64. Save the study again.`);
  }
}

async function through(
  content: Blob,
  stream: CompressionStream | DecompressionStream,
  type = '',
): Promise<Blob> {
  const result = await new Response(content.stream().pipeThrough(stream)).blob();
  return result.slice(0, result.size, type);
}
