import { MAX_SIDE, MIN_SIDE, pictographClasses } from '../../pictographs';
import { paintScenes } from '../scenes/painters';
import type { TrainingData } from '../training-methods';
import { type Batch, type Dataset, DatasetError, type Split } from './dataset';

/** Worlds of held-out scenes lie so far beyond those of training: no seed that fits 32 bits reaches the other's. */
const HELD_OUT_WORLD = 2 ** 32;

/** Scenes are kept once drawn, up to so many bytes a split; beyond, they are drawn anew whenever they are read. */
const ROOM = 2 ** 29;

/** The world that a split's scenes come from. */
export const worldOf = (seed: number, split: Split): number =>
  split === 'train' ? seed : seed + HELD_OUT_WORLD;

/**
 * Scenes of the procedural world, drawn when they are first read.
 * @throws DatasetError for numbers that no data set can have
 */
export function pictographData(
  { seed, train, heldOut, endless = false }: Omit<Extract<TrainingData, { kind: 'pictographs' }>, 'kind'>,
  side: number,
): Dataset {
  if (!Number.isInteger(seed) || seed < 0 || seed >= HELD_OUT_WORLD) {
    throw new DatasetError(`The seed of pictographs is a whole number below 2^32, not ${seed}.`);
  }
  if (!(side >= MIN_SIDE && side <= MAX_SIDE)) {
    throw new DatasetError(`Pictographs are ${MIN_SIDE} to ${MAX_SIDE} pixels a side, not ${side}.`);
  }
  for (const [count, what] of [
    [train, 'for training'],
    [heldOut, 'held out'],
  ] as const) {
    if (!Number.isInteger(count) || count < pictographClasses.length) {
      throw new DatasetError(
        `At least ${pictographClasses.length} scenes are needed ${what}, one a class; ${count} were asked for.`,
      );
    }
  }
  const scenes = {
    train: drawnScenes(seed, 'train', endless ? Number.POSITIVE_INFINITY : train, side),
    heldOut: drawnScenes(seed, 'heldOut', heldOut, side),
  };
  return {
    side,
    summary: { classes: [...pictographClasses], train, heldOut, refused: [] },
    endless,
    read: (split, indices) => scenes[split](indices),
  };
}

/** Reads scenes of one split. */
function drawnScenes(
  seed: number,
  split: Split,
  count: number,
  side: number,
): (indices: readonly number[]) => Promise<Batch> {
  const size = side * side * 3;
  const world = worldOf(seed, split);
  if (!(count * size <= ROOM)) return (indices) => paintScenes(world, indices, side);
  const kept = { pixels: new Uint8Array(count * size), labels: new Int8Array(count).fill(-1) };
  return async (indices) => {
    const missing = indices.filter((index) => kept.labels[index] < 0);
    if (missing.length > 0) {
      const { pixels, labels } = await paintScenes(world, missing, side);
      missing.forEach((index, i) => {
        kept.pixels.set(pixels.subarray(i * size, (i + 1) * size), index * size);
        kept.labels[index] = labels[i];
      });
    }
    const batch = { pixels: new Uint8Array(indices.length * size), labels: new Int32Array(indices.length) };
    indices.forEach((index, i) => {
      batch.pixels.set(kept.pixels.subarray(index * size, (index + 1) * size), i * size);
      batch.labels[i] = kept.labels[index];
    });
    return batch;
  };
}
