import { seededRandom } from '../src/semiotics';
import { presetOf } from '../src/training/architecture/presets';
import type { Dataset } from '../src/training/data/dataset';
import { createTrainingSession } from '../src/training/session';
import type { Recipe } from '../src/training/training-methods';

export interface TrainingOptions {
  batch: number;
  /** Rows and columns of a picture. */
  side: number;
  classes: number;
  /** A batch normalisation by the batch's own statistics behind every convolution. */
  normalised: boolean;
}

/**
 * Milliseconds of each of `steps` training steps on the current backend, as a training of the product takes them: a batch of pictures
 * made into numbers, forward, backward and Adam on the bundled network's architecture; the loss is read back, so nothing is left
 * undone. Pictures and labels are random.
 */
export async function timeTrainingSteps(steps: number, options: TrainingOptions): Promise<number[]> {
  const { batch, side, classes, normalised } = options;
  const session = createTrainingSession({
    data: randomPictures(options, batch * (steps + 1)),
    architecture: { ...presetOf('photos10').architecture, side, classes, batchNorm: normalised, dropout: 0 },
    recipe: { ...recipe, batch },
    weights: null,
  });
  const times: number[] = [];
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    await session.advance(1);
    times.push(performance.now() - started);
  }
  session.dispose();
  return times;
}

const recipe: Omit<Recipe, 'batch'> = {
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 1e-3,
  schedule: 'constant',
  epochs: 1,
  weightDecay: 0,
  labelSmoothing: 0,
  augmentation: { mirror: false, shift: 0, scale: 0, colour: 0 },
  patience: null,
  seed: 1,
};

/** The same batch of noise, whichever pictures are asked for. */
function randomPictures({ batch, side, classes }: TrainingOptions, train: number): Dataset {
  const random = seededRandom(1);
  const pixels = Uint8Array.from({ length: batch * side * side * 3 }, () => random.below(256));
  const labels = Int32Array.from({ length: batch }, () => random.below(classes));
  const names = Array.from({ length: classes }, (_, i) => String(i));
  return {
    side,
    summary: { classes: names, train, heldOut: batch, refused: [] },
    read: async (_, { length }) => ({
      pixels: pixels.subarray(0, length * side * side * 3),
      labels: labels.subarray(0, length),
    }),
  };
}
