import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, type Shape, type Shaped } from '../operation';

/** Rows of a table by their number: the learnt vector of each position. Numbers have no gradient. */
export interface EmbeddingSpec<W> {
  readonly type: 'embedding';
  /** [rows, channels] */
  readonly table: W;
}

export function embeddingShape({ table }: EmbeddingSpec<Shaped>, [input]: readonly Shape[]): Shape {
  if (table.shape.length !== 2) throw new MisfitError(`has a table of shape [${table.shape}]`);
  return [...input, table.shape[1]];
}

export const embedding = ({ table }: EmbeddingSpec<tf.Tensor>): Operation => ({
  forward: ([x]) => tf.tidy(() => tf.gather(table, tf.cast(x, 'int32'))),
  push: (_, __, output) => tf.zerosLike(output),
  biases: (_, output) => [output.clone()],
  backward: (_, [x]) => [tf.zerosLike(x)],
});
