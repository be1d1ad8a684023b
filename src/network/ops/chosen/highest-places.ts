import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape } from '../operation';

/**
 * Places of the highest numbers on the last axis, highest first; of equal ones the first. Detectors choose their queries so. Places have no
 * gradient: what is chosen does not change with a small change of the picture.
 */
export interface HighestPlacesSpec {
  readonly type: 'highest-places';
  readonly count: number;
  /** The lowest in place of the highest. */
  readonly lowest: boolean;
}

export function highestPlacesShape({ count }: HighestPlacesSpec, [input]: readonly Shape[]): Shape {
  const length = input.at(-1) ?? 0;
  if (!(Number.isInteger(count) && count >= 1 && count <= length)) {
    throw new MisfitError(`chooses ${count} of ${length}`);
  }
  return [...input.slice(0, -1), count];
}

export const highestPlaces = ({ count, lowest }: HighestPlacesSpec): Operation => ({
  forward: ([x]) => tf.tidy(() => tf.cast(tf.topk(lowest ? tf.neg(x) : x, count).indices, 'float32')),
  push: (_, __, output) => tf.zerosLike(output),
  biases: (_, output) => [output.clone()],
  backwardReads: readsNothing,
  backward: (_, [x]) => [tf.zeros(x.shape)],
});
