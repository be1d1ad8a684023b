import type * as tf from '@tensorflow/tfjs-core';

/** Sizes of a tensor without its batch: [h, w, c] for feature maps, [c] for vectors. */
export type Shape = readonly number[];

/** A weight before it is uploaded or after: all that shape inference needs. */
export interface Shaped {
  readonly shape: Shape;
}

/** Whether a gradient reads the inputs of its operation, and the output. */
export interface BackwardReads {
  readonly inputs: boolean;
  readonly output: boolean;
}

export const readsNothing: BackwardReads = { inputs: false, output: false };
export const readsInputs: BackwardReads = { inputs: true, output: false };
export const readsOutput: BackwardReads = { inputs: false, output: true };

/** Where an operation stands, and the direction it goes on in. */
export interface Along {
  readonly inputs: tf.Tensor[];
  readonly tangents: tf.Tensor[];
  readonly output: tf.Tensor;
  /** Of the output: `push` of the inputs' tangents. */
  readonly tangent: tf.Tensor;
}

/**
 * What a node computes, on tensors whose first axis is the batch. All feature maps are NHWC.
 * Both functions may be given any batch size; what they return is owned by the caller.
 */
export interface Operation {
  forward(inputs: tf.Tensor[]): tf.Tensor;
  /**
   * Gradients with respect to each input, of the inputs' shapes; never those of the weights.
   * @param dy gradient of the score with respect to `output`, same shape as `output`
   */
  backward(dy: tf.Tensor, inputs: tf.Tensor[], output: tf.Tensor): tf.Tensor[];
  /**
   * `backward` of an operation of one input, added to what others hand to that, where one kernel does both; else null.
   * @param sum stays the caller's
   */
  backwardOnto?(sum: tf.Tensor, dy: tf.Tensor, input: tf.Tensor, output: tf.Tensor): tf.Tensor | null;
  /**
   * What the output becomes more by, as the inputs become more by small tangents: J v (forward mode, Wengert 1964). Left out where the
   * operation is linear in its inputs, and `forward` of the tangents is the same.
   * @param tangents of the inputs' shapes
   */
  push?(tangents: tf.Tensor[], inputs: tf.Tensor[], output: tf.Tensor): tf.Tensor;
  /**
   * What `backward` of the same dy becomes more by, as inputs and output become more by their tangents. Left out where an operation is
   * linear piece by piece: its gradient stays.
   */
  bend?(dy: tf.Tensor, along: Along): tf.Tensor[];
  /**
   * F(x) - J(x) x: what the output holds beyond what is linear in the inputs, as its summands: that of a bias, and that of an
   * activation behind it; each broadcasts to the output. Left out where there is nothing of it (Srinivas and Fleuret 2019).
   */
  biases?(inputs: tf.Tensor[], output: tf.Tensor): tf.Tensor[];
  /** Neither `push` nor `bend` nor `biases` are known: what needs them is refused. */
  readonly isOpaque?: boolean;
  /** Which numbers `backward` reads, beside dy; shapes can always be read. All where it is left out. */
  readonly backwardReads?: BackwardReads;
  /** Frees what the operation derived from its weights; the weights themselves belong to the network. */
  dispose?(): void;
}

/** A shape or a parameter that does not fit; a sentence without its subject, which the builder adds. */
export class MisfitError extends Error {
  override name = 'MisfitError';
}

/** The one input's shape, checked to be a feature map. */
export function featureMap([shape]: readonly Shape[]): [number, number, number] {
  if (shape.length !== 3) throw new MisfitError(`needs a feature map, but reads [${shape}]`);
  return [shape[0], shape[1], shape[2]];
}

export const sizeOf = (shape: Shape) => shape.reduce((product, size) => product * size, 1);
