import * as tf from '@tensorflow/tfjs-core';
import type { WeightShape } from '../architecture/parameter-layout';
import type { ParameterPlaces } from '../architecture/parameters';
import { disposeState, type TrainingState } from '../state';
import type { FrozenFront } from './frozen-front';

/** A front, and which numbers of a state belong to it. */
export interface FrozenParts {
  readonly front: FrozenFront;
  /** The later state with all of the front as it was before: weights, moments and running statistics; frees the later one. */
  keep(before: TrainingState, after: TrainingState): TrainingState;
  /** Frees what it made; the front stays the caller's. */
  dispose(): void;
}

type Place = ParameterPlaces['learned'][number];

export function frozenParts(places: ParameterPlaces, front: FrozenFront): FrozenParts {
  const learns = maskOf(places.learned, front);
  const changes = maskOf(places.statistics, front);
  const blend = (mask: tf.Tensor1D, after: tf.Tensor1D, before: tf.Tensor1D) =>
    (mask.size === 0 ? after.clone() : tf.tidy(() => tf.where(mask, after, before))) as tf.Tensor1D;
  return {
    front,
    keep(before, after) {
      const kept: TrainingState = {
        step: after.step,
        learned: blend(learns, after.learned, before.learned),
        moments: after.moments.map((moment, i) => blend(learns, moment, before.moments[i])),
        statistics: blend(changes, after.statistics, before.statistics),
      };
      disposeState(after);
      return kept;
    },
    dispose: () => tf.dispose([learns, changes]),
  };
}

/** True where a number belongs to no frozen layer. */
function maskOf(places: readonly Place[], { weights }: FrozenFront): tf.Tensor1D {
  const end = places.reduce((total, { size }) => total + size, 0);
  const mask = new Uint8Array(end).fill(1);
  for (const { name, start, size } of places) if (weights.has(name)) mask.fill(0, start, start + size);
  return tf.tensor1d(mask, 'bool');
}

/** Zeros for the weights of the front, whose gradients nobody computed; owned by the owner of the others. */
export function withZeros(
  places: readonly (WeightShape & { size: number })[],
  { weights }: FrozenFront,
  tensors: Map<string, tf.Tensor>,
): void {
  for (const { name, shape } of places) if (weights.has(name)) tensors.set(name, tf.zeros(shape));
}
