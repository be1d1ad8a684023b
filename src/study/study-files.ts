import { loadCode } from '../code/missing-code';
import { messageOf } from '../explain/messages';
import { download, fileName } from '../export';
import type { NamedFile } from '../files/named-file';
import { warn } from '../state/alerts';
import { savedAsFile, showComparison, showStudy } from './controller';
import type { Study } from './study-data';
import { isStudyName, parseStudy, StudyFileError, serialiseStudy, studyEnding } from './study-file';
import { useStudy } from './study-store';

/** What a study leaves as. */
export const studyKinds = {
  study: 'Study file',
  csv: 'CSV',
  parquet: 'Parquet',
} as const;
export type StudyKind = keyof typeof studyKinds;

/** Whether a file is a study rather than a picture. */
export const isStudyFile = ({ path }: NamedFile): boolean => isStudyName(path);

/** Opens a study from a file; its pictures need not be there. */
export async function openStudyFile(file: NamedFile): Promise<void> {
  if (useStudy.getState().running) {
    warn('study', 'A study is running: cancel it, or wait for it to end, before another one is opened.');
    return;
  }
  await withStudyIn(file, (study) => showStudy(study, null));
}

/** Sets a study from a file against the one on screen. */
export const compareWithFile = (file: NamedFile): Promise<void> => withStudyIn(file, showComparison);

async function withStudyIn({ path, blob }: NamedFile, show: (study: Study) => void): Promise<void> {
  try {
    show(await parseStudy(blob));
  } catch (error) {
    if (!(error instanceof StudyFileError)) throw error;
    warn('study', `${path}: ${error.message}`);
  }
}

/** Saves the study on screen. */
export async function exportStudy(study: Study, kind: StudyKind): Promise<void> {
  try {
    const parts = ['study', study.model.name, study.settings.method];
    if (kind === 'study') {
      await save(await serialiseStudy(study), fileName(parts, studyEnding));
      savedAsFile(study);
    } else if (kind === 'csv') {
      const { studyCsv } = await loadCode(() => import('./study-csv'));
      await save(studyCsv(study), fileName(parts, 'csv'));
    } else {
      const { studyParquet } = await loadCode(() => import('./parquet'));
      await save(new Blob([studyParquet(study)]), fileName(parts, 'parquet'));
    }
  } catch (error) {
    warn('study', `The study could not be exported: ${messageOf(error)}.`);
  }
}

const save = async (blob: Blob, name: string) =>
  download(new Uint8Array(await blob.arrayBuffer()), blob.type || 'application/octet-stream', name);
