import { StudyFileError } from '../../src/study/file/study-file';
import { areOneStudy, studyOf } from '../../src/study/run/chunks';
import type { Study } from '../../src/study/study-data';
import { readResults, writeResults } from './results';
import { type Event, summaryOf } from './study-events';

/**
 * Puts the shards of a study together.
 * @throws StudyFileError where they do not belong together
 */
export async function mergeStudies(
  files: readonly string[],
  out: string,
  tell: (event: Event) => void,
): Promise<void> {
  const studies: Study[] = [];
  for (const file of files) studies.push(await readResults(file));
  const [first] = studies;
  const other = studies.findIndex((_, index) => !areOneStudy(studies.slice(0, index + 1)));
  if (other >= 0) {
    throw new StudyFileError(`${files[other]} has other settings or another network than ${files[0]}.`);
  }
  const { images: _, numbers: __, failures: ___, ...head } = studies.find(({ scaling }) => scaling) ?? first;
  const merged = studyOf(head, studies);
  const twice = merged.images.find(({ path }, index) => merged.images[index + 1]?.path === path);
  if (twice) throw new StudyFileError(`"${twice.path}" is in more than one of the files.`);
  await writeResults(out, merged);
  tell({ event: 'done', out, ...summaryOf(merged) });
}
