import type { TrainingData } from '../engine/training/protocol';
import { reasonOf } from '../storage/store-error';
import { keep, kept } from './kept';
import { type StoredTraining, useTraining } from './training-store';

/** Weights and history; and the pictures, which do not change and can be large. */
const TRAINING = 'training';
const PICTURES = 'training-data';

export const keptTraining = () => kept<StoredTraining>(TRAINING);
export const keptPictures = () => kept<TrainingData>(PICTURES);

/** Puts the training on screen on the disk; where there is no room, the page says so and goes on. */
export async function keepTraining(finished: boolean): Promise<void> {
  const { run, weights: last } = useTraining.getState();
  if (run && last) await put(TRAINING, { run, last, finished } satisfies StoredTraining, 'The training');
}

export const keepPictures = (data: TrainingData): Promise<void> => put(PICTURES, data, 'The pictures');

async function put(name: string, value: unknown, what: string): Promise<void> {
  try {
    await keep(name, value);
  } catch (error) {
    const note = `${what} cannot be kept for another visit: ${reasonOf(error)}.`;
    useTraining.setState({ note, told: performance.now() });
  }
}
