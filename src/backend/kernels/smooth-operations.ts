import * as tf from '@tensorflow/tfjs-core';
import { ATTENTION, type AttentionAttributes } from './attention-kernel';
import { SMOOTH_FUNCTION, SMOOTH_FUNCTION_GRADIENT, type SmoothFunction } from './function-kernels';
import { BENT_PRODUCT } from './product-kernels';
import { runOwn } from './replace-kernel';
import {
  LAYER_NORMALISATION,
  LAYER_NORMALISATION_GRADIENT,
  type LayerNormalisationAttributes,
  SOFTMAX_GRADIENT,
} from './row-kernels';

/**
 * What transformers do between their products, each in one kernel on WebAssembly. All return null
 * elsewhere, and the caller writes them as operations of TensorFlow.js.
 */

function run(
  name: string,
  inputs: Record<string, tf.Tensor | null>,
  attributes: object = {},
): tf.Tensor | null {
  const given = Object.entries(inputs).filter((entry): entry is [string, tf.Tensor] => entry[1] !== null);
  const isOwn = tf.getBackend() === 'wasm' && given.every(([, { dtype }]) => dtype === 'float32');
  if (!isOwn) return null;
  return runOwn(name, Object.fromEntries(given), attributes);
}

/** f(x), number by number. */
export const smoothFunction = (which: SmoothFunction, x: tf.Tensor) => run(SMOOTH_FUNCTION, { x }, { which });

/** dy f'(x), all of one shape. */
export const smoothFunctionGradient = (which: SmoothFunction, dy: tf.Tensor, x: tf.Tensor) =>
  run(SMOOTH_FUNCTION_GRADIENT, { dy, x }, { which });

/** y (dy - sum(dy y)) along the last axis, y being the output of a softmax. */
export const softmaxGradient = (dy: tf.Tensor, y: tf.Tensor) => run(SOFTMAX_GRADIENT, { dy, y });

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + shift for every row of so many numbers.
 * @param scale and `shift`, as many numbers as a row
 */
export const normalisedRows = (
  x: tf.Tensor,
  scale: tf.Tensor | null,
  shift: tf.Tensor | null,
  attributes: LayerNormalisationAttributes,
) => run(LAYER_NORMALISATION, { x, scale, shift }, attributes);

/** The gradient of that towards x. */
export const normalisedRowsGradient = (
  dy: tf.Tensor,
  x: tf.Tensor,
  scale: tf.Tensor | null,
  attributes: LayerNormalisationAttributes,
) => run(LAYER_NORMALISATION_GRADIENT, { dy, x, scale }, attributes);

/** f(a b + bias), where the sums do not come to be by themselves; a is [rows, depth], b [depth, columns], bias [columns]. */
export const bentProduct = (which: SmoothFunction, a: tf.Tensor2D, b: tf.Tensor2D, bias: tf.Tensor | null) =>
  run(BENT_PRODUCT, { a, b, bias }, { which });

/** What attention reads: queries, keys and values may lie in one tensor. */
export interface Attended {
  readonly queries: tf.Tensor;
  readonly keys: tf.Tensor;
  readonly values: tf.Tensor;
  /** Two at most, see `attention-kernel.ts`. */
  readonly shifts: readonly tf.Tensor[];
}

/** softmax(scale Q K^T + shifts) V, where the weights do not come to be by themselves. */
export const attended = (
  { queries, keys, values, shifts: [shift, second] }: Attended,
  attributes: AttentionAttributes,
) =>
  run(ATTENTION, { queries, keys, values, shift: shift ?? null, second: second ?? null }, { ...attributes });
