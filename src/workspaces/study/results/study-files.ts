import { download, fileName } from '../../../export';
import type { NamedFile } from '../../../files/named-file';
import { warn } from '../../../state/alerts';
import { askForFile } from '../../../study/file/files-client';
import type { StudyKind } from '../../../study/file/files-protocol';
import { isStudyName, studyEnding } from '../../../study/file/study-file-name';
import type { Study } from '../../../study/study-data';
import { messageOf } from '../../../text/message-of';
import { savedAsFile, showComparison, showStudy } from '../run/study-controller';
import { useStudy } from '../run/study-store';

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
    show(await askForFile('read', blob));
  } catch (error) {
    // Errors of a worker keep their name only.
    if (!(error instanceof Error && error.name === 'StudyFileError')) throw error;
    warn('study', `${path}: ${error.message}`);
  }
}

/** Saves the study on screen. */
export async function exportStudy(study: Study, kind: StudyKind): Promise<void> {
  try {
    const parts = ['study', study.model.name, study.settings.method];
    await save(await askForFile('write', { study, kind }), fileName(parts, endings[kind]));
    if (kind === 'study') savedAsFile(study);
  } catch (error) {
    warn('study', `The study could not be exported: ${messageOf(error)}.`);
  }
}

/** How the names of the files end. */
const endings: Record<StudyKind, string> = { study: studyEnding, csv: 'csv', parquet: 'parquet' };

const save = async (blob: Blob, name: string) =>
  download(new Uint8Array(await blob.arrayBuffer()), blob.type || 'application/octet-stream', name);
