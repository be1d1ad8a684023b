import type { Study } from '../study-data';

/** What a study leaves as. */
export const studyKinds = {
  study: 'Study file',
  csv: 'CSV',
  parquet: 'Parquet',
} as const;
export type StudyKind = keyof typeof studyKinds;

/** What the worker of a study's files can be asked. */
export interface StudyFileMethods {
  /** Fails with an error named `StudyFileError` where the file is no study. */
  read: { request: Blob; result: Study; progress: never };
  write: { request: { study: Study; kind: StudyKind }; result: Blob; progress: never };
}
