import { reasonOf } from '../../../storage/store-error';
import type { TrainingData } from '../../../training/training-methods';
import * as runs from './kept-runs';
import { type StoredTraining, useTraining } from './training-store';

const KIND = 'training';

/** A training that this browser keeps. @throws StoreError */
export const keptTraining = (id: string) => runs.keptValue<StoredTraining>(KIND, id);
/** @throws StoreError */
export const keptPictures = (id: string) => runs.keptPictures(KIND, id);

const aboutOf = ({ run, last, finished }: StoredTraining): runs.AboutRun => ({
  kind: KIND,
  id: run.id,
  title: `${run.architecture.title} on ${run.source}`,
  begun: Date.parse(run.begun) || 0,
  state: finished ? `ended at step ${last.checkpoint.step}` : `step ${last.checkpoint.step} of ${run.steps}`,
});

/** Gives the training of an earlier version of the page a place of its own. */
export const adoptOldTraining = (): Promise<void> =>
  runs.adoptOld<StoredTraining>(KIND, (stored, id) => {
    const value = { ...stored, run: { ...stored.run, id } };
    return { about: aboutOf(value), value };
  });

/** Puts the training on screen on the disk; where there is no room, the page says so and goes on. */
export async function keepTraining(finished: boolean): Promise<void> {
  const { run, weights: last } = useTraining.getState();
  if (!run || !last) return;
  const stored: StoredTraining = { run, last, finished };
  await put(() => runs.keepValue(aboutOf(stored), stored), 'The training');
  // Nobody goes on with it: its pictures are not needed again.
  if (finished) await runs.dropPictures(KIND, run.id).catch(() => {});
}

export const keepPictures = (id: string, data: TrainingData): Promise<void> =>
  put(() => runs.keepPictures(KIND, id, data), 'The pictures');

async function put(work: () => Promise<unknown>, what: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    const note = `${what} cannot be kept for another visit: ${reasonOf(error)}.`;
    useTraining.setState({ note, told: performance.now() });
  }
}
