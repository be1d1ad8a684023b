import { createStudyPool, type StudyPool } from '../../../engine/study/pool';
import type { ImageSet } from '../../../picture/sets/image-set';
import { createLatestWork } from '../../../state/latest-work';
import { ofSplit } from '../../../study/run/choose-pictures';
import { findDuplicates, leftOutOf } from '../../../study/run/duplicates';
import type { LeftOut } from '../../../study/study-data';
import { messageOf } from '../../../text/message-of';
import { type OpenImages, useStudy } from '../run/study-store';

const { getState, setState } = useStudy;

const searching = createLatestWork();
/** The groups of duplicates in a set, once they are found. */
const groupsOf = new WeakMap<ImageSet, Promise<string[][]>>();

/** Looks for duplicates among the images that were just opened; what came before is given up. */
export function searchDuplicates({ set }: OpenImages): void {
  const tell = (duplicates: OpenImages['duplicates']) => {
    const { images } = getState();
    if (images) setState({ images: { ...images, duplicates } });
  };
  searching
    .run((signal) => {
      const report = (done: number, of: number) => {
        if (!signal.aborted) tell({ state: 'looking', done, of });
      };
      const groups = inWorker((digest) => findDuplicates(set.entries, digest, report, signal));
      groupsOf.set(set, groups);
      return groups;
    })
    .then((groups) => groups && tell({ state: 'found', groups }))
    .catch((error) => tell({ state: 'unknown', reason: messageOf(error) }));
}

/** One worker is enough: the files are what is waited for. */
async function inWorker<Result>(
  work: (digest: (file: Blob) => Promise<string>) => Promise<Result>,
): Promise<Result> {
  let pool: StudyPool | null = null;
  try {
    return await work((file) => {
      pool ??= createStudyPool(1);
      return pool.call('digest', { file });
    });
  } finally {
    (pool as StudyPool | null)?.end();
  }
}

/** The duplicates to leave out of a study of the open images, when they are known. */
export async function duplicatesToLeaveOut(
  { set }: OpenImages,
  split: string | null,
  tell: (text: string) => void,
): Promise<LeftOut[]> {
  tell('Looking for duplicates');
  const groups = await groupsOf.get(set);
  return leftOutOf(groups ?? [], ofSplit(set.entries, split));
}
