import * as tf from '@tensorflow/tfjs-core';
import type { LayerRun } from './run-layers';

const attributes = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' };

/** 2 x 2 pooling of stride 2. Of equal values the first in reading order takes the gradient on WebAssembly and the CPU. */
export function runPooling(by: 'max' | 'average', x: tf.Tensor4D): LayerRun {
  const output = tf.tidy(() => (by === 'max' ? tf.maxPool(x, 2, 2, 'valid') : tf.avgPool(x, 2, 2, 'valid')));
  return {
    output,
    pull: (dy, towardsInput) => {
      if (!towardsInput) return { inputs: [null], weights: {} };
      const inputs: tf.NamedTensorMap = by === 'max' ? { dy, input: x, output } : { dy, input: x };
      const name = by === 'max' ? tf.MaxPoolGrad : tf.AvgPoolGrad;
      const dx = tf.tidy(() => tf.engine().runKernel(name, inputs, attributes) as tf.Tensor);
      return { inputs: [dx], weights: {} };
    },
  };
}
