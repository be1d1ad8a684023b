import { type Study, type StudyNumbers, studyTargets } from '../study-data';
import { emptyNumbers, type StudyChunk, type StudyHead } from './chunks';

/** A study that is under way: results are added, and at any time it is a study. */
export interface GrowingStudy {
  add(chunk: StudyChunk): void;
  /**
   * What there is so far, in the order in which it came. Nothing is copied: its columns lie in memory that more is written
   * behind, so that what was taken from a column stays true of the next study (`summary/columns.ts`).
   */
  study(head: StudyHead): Study;
}

/**
 * @param most pictures that can come
 * @param refused files of the set that are no pictures
 */
export function createGrowingStudy(
  head: StudyHead,
  most: number,
  refused: Readonly<StudyChunk['failures']>,
): GrowingStudy {
  const numbers = emptyNumbers(head, most);
  const rows = studyTargets.length * head.layers.length;
  const images: StudyChunk['images'] = [];
  const failures = [...refused];
  return {
    add(chunk) {
      for (const name of Object.keys(numbers)) numbers[name].set(chunk.numbers[name], images.length * rows);
      images.push(...chunk.images);
      failures.push(...chunk.failures);
    },
    study: (now) => ({
      ...now,
      images: [...images],
      numbers: upTo(numbers, images.length * rows),
      failures: [...failures],
    }),
  };
}

const upTo = (numbers: StudyNumbers, length: number): StudyNumbers =>
  Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, values.subarray(0, length)]));
