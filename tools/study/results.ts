import { openAsBlob } from 'node:fs';
import { studyParquet } from '../../src/study/file/parquet';
import { studyCsv } from '../../src/study/file/study-csv';
import { parseStudy, StudyFileError, serialiseStudy } from '../../src/study/file/study-file';
import type { Study } from '../../src/study/study-data';
import { replaceFile } from '../replace-file';

/** Writes a study as the file's name says; it appears as a whole or not at all. */
export async function writeResults(file: string, study: Study): Promise<void> {
  replaceFile(file, new Uint8Array(await contentOf(file, study)));
}

async function contentOf(file: string, study: Study): Promise<ArrayBuffer> {
  if (file.endsWith('.parquet')) return studyParquet(study);
  return (file.endsWith('.csv') ? studyCsv(study) : await serialiseStudy(study)).arrayBuffer();
}

/** @throws StudyFileError, the file's name before what is wrong with it */
export async function readResults(file: string): Promise<Study> {
  try {
    return await parseStudy(await openAsBlob(file));
  } catch (error) {
    throw new StudyFileError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
