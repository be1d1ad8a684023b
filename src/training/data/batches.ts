import { type Random, seededRandom } from '../../semiotics';
import { seedFor } from '../seeds';
import type { Recipe } from '../training-methods';
import { networkInput } from './augment';
import type { Dataset } from './dataset';

/** The pictures of one step, as the network reads them. */
export interface TrainingBatch {
  /** n x side x side x 3 */
  input: Float32Array;
  labels: Int32Array;
}

/** Batches of a training, by step: what a step sees depends on the seed and its number alone. */
export interface Batches {
  /** Pictures in each. */
  size: number;
  stepsPerEpoch: number;
  read(step: number): Promise<TrainingBatch>;
}

/**
 * Every epoch goes through the pictures in an order of its own; those that do not fill a batch at its end are left for the others,
 * because a batch normalisation over a handful of pictures is noise.
 */
export function batchesOf(data: Dataset, recipe: Pick<Recipe, 'batch' | 'seed' | 'augmentation'>): Batches {
  const pictures = data.summary.train;
  const size = Math.min(recipe.batch, pictures);
  const stepsPerEpoch = Math.floor(pictures / size);
  const { seed, augmentation } = recipe;
  let order: { epoch: number; pictures: Uint32Array } | null = null;
  const orderOf = (epoch: number) => {
    if (order?.epoch !== epoch)
      order = { epoch, pictures: shuffledNumbers(pictures, seededRandom(seedFor(seed, 'order', epoch))) };
    return order.pictures;
  };
  return {
    size,
    stepsPerEpoch,
    async read(step) {
      const start = (step % stepsPerEpoch) * size;
      const chosen = orderOf(Math.floor(step / stepsPerEpoch)).subarray(start, start + size);
      const first = data.endless ? Math.floor(step / stepsPerEpoch) * pictures : 0;
      const numbers = Array.from(chosen, (number) => first + number);
      const { pixels, labels } = await data.read('train', numbers);
      const random = seededRandom(seedFor(seed, 'augmentation', step));
      return { input: networkInput(pixels, data.side, augmentation, random), labels };
    },
  };
}

/** 0 .. count - 1, every order equally likely. */
export function shuffledNumbers(count: number, random: Random): Uint32Array {
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = held;
  }
  return numbers;
}
