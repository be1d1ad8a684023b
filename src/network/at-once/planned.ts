import type * as tf from '@tensorflow/tfjs-core';
import type { AtOnce } from '../network';
import type { Weight } from '../network-graph';
import type { Operation } from '../ops/operation';

/** Some nodes that are computed at once, by their names, where nobody reads what lies between. */
export interface PlannedAtOnce {
  /** The last of them, whose output it is. */
  readonly name: string;
  /** The others, which nobody reads but they. */
  readonly skips: readonly string[];
  /** What is read. */
  readonly inputs: readonly string[];
  /** What computes it from tensors of a batch. */
  create(
    tensorOf: (weight: Weight) => tf.Tensor,
    operationOf: (node: string) => Operation,
  ): Pick<AtOnce, 'forward' | 'backward'>;
}
