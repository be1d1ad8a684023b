import type * as tf from '@tensorflow/tfjs-core';

export interface Normalised<X extends tf.Tensor> {
  output: X;
  mean: tf.Tensor1D;
  /** Of the batch itself, divided by the number of its places, not by one less. */
  variance: tf.Tensor1D;
}

export interface NormalisationGradient<X extends tf.Tensor> {
  dx: X;
  dScale: tf.Tensor1D;
  dOffset: tf.Tensor1D;
}

export interface AdamState<X extends tf.Tensor> {
  value: X;
  /** Moments, of the value's shape; zeros before the first step. */
  first: X;
  second: X;
}

export interface DescentState<X extends tf.Tensor> {
  value: X;
  /** Of the value's shape; zeros before the first step. */
  velocity: X;
}
