import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape } from '../operation';

/** Places of one axis in an order of their own, some of them several times: windows that overlap are read so. */
export interface GatherSpec {
  readonly type: 'gather';
  /** Without the batch. */
  readonly axis: number;
  /** Place of the input that becomes place i of the output. */
  readonly places: readonly number[];
}

export function gatherShape({ axis, places }: GatherSpec, [input]: readonly Shape[]): Shape {
  const isInside = (place: number) => Number.isInteger(place) && place >= 0 && place < input[axis];
  if (!(axis >= 0 && axis < input.length) || places.length === 0 || !places.every(isInside)) {
    throw new MisfitError(`picks places of axis ${axis} that [${input}] does not have`);
  }
  return input.map((size, i) => (i === axis ? places.length : size));
}

export function gather({ axis, places }: GatherSpec): Operation {
  const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
  const indices = () => tf.tensor1d(Int32Array.from(places), 'int32');
  return {
    forward: ([x]) => tf.tidy(() => tf.gather(x, indices(), axis + 1)),
    backwardReads: readsNothing,
    backward: (dy, [x]) =>
      tf.tidy(() => {
        // Places lie outermost for the sum over those that were picked several times.
        const [before, inner] = [size(x.shape.slice(0, axis + 1)), size(x.shape.slice(axis + 2))];
        const length = x.shape[axis + 1];
        const outermost = tf.transpose(tf.reshape(dy, [before, places.length, inner]), [1, 0, 2]);
        const sums = tf.unsortedSegmentSum(
          tf.reshape(outermost, [places.length, before * inner]),
          indices(),
          length,
        );
        const back = tf.transpose(tf.reshape(sums, [length, before, inner]), [1, 0, 2]);
        return [tf.reshape(back, x.shape)];
      }),
  };
}
