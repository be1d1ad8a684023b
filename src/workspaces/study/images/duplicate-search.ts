import { createStudyPool, type StudyPool } from '../../../engine/study/pool';
import { ofSplit } from '../../../study/run/choose-pictures';
import { findDuplicates, leftOutOf } from '../../../study/run/duplicates';
import type { LeftOut } from '../../../study/study-data';
import { messageOf } from '../../../text/message-of';
import { type OpenImages, useStudy } from '../run/study-store';

const { getState, setState } = useStudy;

let search: { groups: Promise<string[][]>; controller: AbortController } | null = null;

/** Looks for duplicates among the images that were just opened; what came before is given up. */
export function searchDuplicates({ set }: OpenImages): void {
  search?.controller.abort();
  const controller = new AbortController();
  const { signal } = controller;
  const tell = (duplicates: OpenImages['duplicates']) => {
    const { images } = getState();
    if (!signal.aborted && images) setState({ images: { ...images, duplicates } });
  };
  const groups = inWorker((digest) =>
    findDuplicates(set.entries, digest, (done, of) => tell({ state: 'looking', done, of }), signal),
  );
  search = { groups, controller };
  groups.then(
    (found) => tell({ state: 'found', groups: found }),
    (error) => tell({ state: 'unknown', reason: messageOf(error) }),
  );
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
  const groups = await search?.groups;
  return leftOutOf(groups ?? [], ofSplit(set.entries, split));
}
